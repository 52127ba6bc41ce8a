package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes elements of captured memory segments; a segment is an array of bytes. The
 * classes of segments and layouts are known by name: the compiler itself touches no such memory.
 */
final class SegmentCalls {
  private static final String SEGMENT = "java.lang.foreign.MemorySegment";
  private static final String LAYOUTS_CLASS = "java.lang.foreign.ValueLayout";
  private static final String UNALIGNED = "_UNALIGNED";

  /** The constants of {@code ValueLayout}, less the ending of those that need no alignment. */
  private static final Map<String, ElementType> LAYOUTS =
      Map.of(
          "JAVA_BYTE", ElementType.CHAR,
          "JAVA_SHORT", ElementType.SHORT,
          "JAVA_CHAR", ElementType.USHORT,
          "JAVA_INT", ElementType.INT,
          "JAVA_LONG", ElementType.LONG,
          "JAVA_FLOAT", ElementType.FLOAT,
          "JAVA_DOUBLE", ElementType.DOUBLE);

  private record Layout(ElementType element, int alignment) {}

  private final Lifting lifting;
  private final Operators operators;

  SegmentCalls(Lifting lifting) {
    this.lifting = lifting;
    this.operators = new Operators(lifting);
  }

  /** Whether it is a class of memory segments. */
  static boolean isSegment(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      boolean found =
          at.getName().equals(SEGMENT)
              || Arrays.stream(at.getInterfaces()).anyMatch(SegmentCalls::isSegment);
      if (found) {
        return true;
      }
    }
    return false;
  }

  /** Whether the class has the constants for layouts of numbers. */
  static boolean definesLayouts(Class<?> type) {
    return type.getName().equals(LAYOUTS_CLASS);
  }

  /**
   * @param arguments the segment first
   */
  @Nullable Operand call(Operand.HostObject segment, String name, List<Operand> arguments) {
    Operand.Array bytes = lifting.inputs.deviceArray(segment.source(), byte.class);
    return switch (name) {
      case "byteSize" -> new Operand.Scalar(lifting.size(bytes));
      case "get" -> load(bytes, arguments, false);
      case "getAtIndex" -> load(bytes, arguments, true);
      case "set" -> store(bytes, arguments, false);
      case "setAtIndex" -> store(bytes, arguments, true);
      default ->
          throw new Refusal(
              "it calls "
                  + name
                  + " of a memory segment; use get, set, getAtIndex, setAtIndex and byteSize");
    };
  }

  private Operand load(Operand.Array bytes, List<Operand> arguments, boolean byIndex) {
    Layout layout = layout(arguments.get(1));
    Value offset = offset(layout, arguments.get(2), byIndex);
    return new Operand.Scalar(lifting.load(bytes, offset, layout.element(), layout.alignment()));
  }

  private @Nullable Operand store(Operand.Array bytes, List<Operand> arguments, boolean byIndex) {
    Layout layout = layout(arguments.get(1));
    Value offset = offset(layout, arguments.get(2), byIndex);
    Value value = operators.number(arguments.get(3));
    lifting.store(bytes, offset, layout.element(), layout.alignment(), value);
    return null;
  }

  private Value offset(Layout layout, Operand given, boolean byIndex) {
    Value number = operators.number(given);
    int size = layout.element().type().bytes();
    return byIndex && size > 1
        ? lifting.ir.binary(BinaryOp.MUL, number, lifting.constant(Type.I64, size))
        : number;
  }

  private static Layout layout(Operand operand) {
    if (operand instanceof Operand.HostObject object
        && object.source().capture() < 0
        && object.source().fields().size() == 1) {
      HostField field = object.source().fields().getFirst();
      String name = field.name();
      boolean unaligned = name.endsWith(UNALIGNED);
      ElementType element = LAYOUTS.get(unaligned ? name.replace(UNALIGNED, "") : name);
      if (definesLayouts(field.owner()) && element != null) {
        return new Layout(element, unaligned ? 1 : element.type().bytes());
      }
    }
    throw new Refusal(
        "it uses a memory segment with a layout that is none of ValueLayout's constants for"
            + " numbers, such as JAVA_FLOAT");
  }
}
