package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The constants of the JDK's own classes, whose fields can't be read by reflection: what their
 * static initialisers write down, element by element. The JDK never changes them.
 */
final class Tables {
  /** An array while an initialiser fills it. */
  private record Filled(ElementType element, ByteBuffer content) {}

  private final Lifting lifting;

  Tables(Lifting lifting) {
    this.lifting = lifting;
  }

  static boolean isPlatform(Class<?> type) {
    return type.getModule() == Object.class.getModule();
  }

  Operand constant(Class<?> owner, String name) {
    Object value =
        ClassCode.of(owner)
            .flatMap(code -> code.method("<clinit>", "()V"))
            .flatMap(initialiser -> find(initialiser, name))
            .orElseThrow(
                () ->
                    new Refusal(
                        "it uses the static field "
                            + owner.getName()
                            + "."
                            + name
                            + ", which is no plain number or array"));
    return switch (value) {
      case Filled(ElementType element, ByteBuffer content) ->
          lifting.table(element, content.array());
      case Integer number -> lifting.integer(number);
      case Long number -> new Operand.Scalar(lifting.constant(Type.I64, number));
      case Float number ->
          new Operand.Scalar(lifting.constant(Type.F32, Float.floatToRawIntBits(number)));
      case Double number ->
          new Operand.Scalar(lifting.constant(Type.F64, Double.doubleToRawLongBits(number)));
      default ->
          throw new Refusal(
              "it uses the static field " + owner.getName() + "." + name + ", no number or array");
    };
  }

  /** What the straight-line code of an initialiser puts into the field. */
  private static Optional<Object> find(MethodModel initialiser, String name) {
    Deque<@Nullable Object> stack = new ArrayDeque<>();
    List<Optional<Object>> found = new ArrayList<>();
    for (CodeElement element : initialiser.code().orElseThrow()) {
      if (element instanceof FieldInstruction put
          && put.opcode() == Opcode.PUTSTATIC
          && put.name().equalsString(name)) {
        found.add(Optional.ofNullable(stack.peek()));
      }
      // what is on the stack where ways meet depends on the way
      boolean meeting = element instanceof LabelTarget;
      if (meeting || element instanceof Instruction && !follow(element, stack)) {
        stack.clear();
      }
    }
    // set in two places, it is one or the other
    return found.size() == 1 ? found.getFirst() : Optional.empty();
  }

  /** Whether the instruction is one of those that constants are made with. */
  private static boolean follow(CodeElement element, Deque<@Nullable Object> stack) {
    switch (element) {
      case ConstantInstruction constant -> stack.push(constant.constantValue());
      case NewPrimitiveArrayInstruction made -> {
        if (!(stack.poll() instanceof Integer length)) {
          return false;
        }
        ElementType type = Kinds.element(made.typeKind());
        ByteBuffer content = ByteBuffer.allocate(length * type.type().bytes());
        stack.push(new Filled(type, content.order(ByteOrder.LITTLE_ENDIAN)));
      }
      case StackInstruction dup when dup.opcode() == Opcode.DUP && !stack.isEmpty() ->
          stack.push(stack.peek());
      case ArrayStoreInstruction store -> {
        return store(stack);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean store(Deque<@Nullable Object> stack) {
    Object value = stack.poll();
    Object index = stack.poll();
    Object array = stack.poll();
    if (!(array instanceof Filled(ElementType element, ByteBuffer content))
        || !(index instanceof Integer at)
        || value == null) {
      return false;
    }
    switch (element) {
      case CHAR, UCHAR -> content.put(at, ((Integer) value).byteValue());
      case SHORT, USHORT -> content.putShort(2 * at, ((Integer) value).shortValue());
      case INT -> content.putInt(4 * at, (Integer) value);
      case LONG -> content.putLong(8 * at, (Long) value);
      case FLOAT -> content.putFloat(4 * at, (Float) value);
      case DOUBLE -> content.putDouble(8 * at, (Double) value);
      case BOOL, UINT, ULONG, HALF -> {
        return false;
      }
    }
    return true;
  }
}
