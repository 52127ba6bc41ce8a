package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Static methods that are ops of the IR. What is not here is lifted from its bytecode; so is every
 * function of {@code StrictMath}, and in {@code Math} what {@code StrictMath} computes within the
 * error that {@code Math} allows.
 */
final class Intrinsics {
  private interface Form {
    Value write(Lifting lifting, List<Value> values);
  }

  private static final Map<String, Form> FORMS = new HashMap<>();

  /** Functions of {@code Math} whose bits no specification fixes. */
  private static final List<String> INEXACT =
      List.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10", "cbrt", "sinh",
          "cosh", "tanh", "expm1", "log1p");

  private static final List<String> INEXACT_OF_TWO = List.of("pow", "atan2", "hypot");

  /** Where float versions of the functions are; they are the builtins of kernels. */
  private static final String FLOAT_MATH = "dev/heddle/runtime/api/FloatMath.";

  static {
    for (String math : List.of("java/lang/Math.", "java/lang/StrictMath.")) {
      unary(math + "sqrt(D)D", UnaryOp.SQRT);
      unary(math + "abs(F)F", UnaryOp.FABS);
      unary(math + "abs(D)D", UnaryOp.FABS);
      unary(math + "floor(D)D", UnaryOp.FLOOR);
      unary(math + "ceil(D)D", UnaryOp.CEIL);
      unary(math + "rint(D)D", UnaryOp.RINT);
      FORMS.put(math + "fma(FFF)F", Intrinsics::fma);
      FORMS.put(math + "fma(DDD)D", Intrinsics::fma);
      extreme(math + "min", BinaryOp.SMIN, BinaryOp.FMIN);
      extreme(math + "max", BinaryOp.SMAX, BinaryOp.FMAX);
      binary(math + "multiplyHigh(JJ)J", BinaryOp.SMULHI);
      binary(math + "unsignedMultiplyHigh(JJ)J", BinaryOp.UMULHI);
    }
    bits("java/lang/Float.floatToRawIntBits(F)I", Type.I32);
    bits("java/lang/Float.intBitsToFloat(I)F", Type.F32);
    bits("java/lang/Double.doubleToRawLongBits(D)J", Type.I64);
    bits("java/lang/Double.longBitsToDouble(J)D", Type.F64);
    counting("bitCount", UnaryOp.POPCOUNT);
    counting("numberOfLeadingZeros", UnaryOp.CLZ);
    counting("numberOfTrailingZeros", UnaryOp.CTZ);
    binary("java/lang/Integer.divideUnsigned(II)I", BinaryOp.UDIV);
    binary("java/lang/Integer.remainderUnsigned(II)I", BinaryOp.UREM);
    binary("java/lang/Integer.rotateLeft(II)I", BinaryOp.ROTL);
    binary("java/lang/Long.divideUnsigned(JJ)J", BinaryOp.UDIV);
    binary("java/lang/Long.remainderUnsigned(JJ)J", BinaryOp.UREM);
    for (BuiltinOp op : BuiltinOp.values()) {
      if (op.ordinal() < BuiltinOp.FMOD.ordinal()) {
        String name = FLOAT_MATH + op.text() + "(" + "F".repeat(op.operands()) + ")F";
        FORMS.put(name, (l, v) -> l.ir.builtin(op, v));
      }
    }
    unary(FLOAT_MATH + "sqrt(F)F", UnaryOp.SQRT);
    unary(FLOAT_MATH + "floor(F)F", UnaryOp.FLOOR);
    unary(FLOAT_MATH + "ceil(F)F", UnaryOp.CEIL);
    unary(FLOAT_MATH + "rint(F)F", UnaryOp.RINT);
  }

  private Intrinsics() {}

  /**
   * The result of a static method that the IR has an op for; null if it has none.
   *
   * @param method owner, name and descriptor
   */
  static @Nullable Operand call(Lifting lifting, String method, List<Operand> arguments) {
    if (method.startsWith("java/util/Objects.requireNonNull(")) {
      return arguments.getFirst();
    }
    if (method.startsWith("jdk/internal/util/ArraysSupport.vectorizedMismatch(")) {
      // by its contract it may leave all elements to the loop that follows it
      Value length = new Operators(lifting).number(arguments.get(4));
      return new Operand.Scalar(lifting.ir.unary(UnaryOp.NOT, length));
    }
    Form form = FORMS.get(method);
    if (form == null) {
      return null;
    }
    Operators operators = new Operators(lifting);
    List<Value> values = arguments.stream().map(operators::number).toList();
    return new Operand.Scalar(form.write(lifting, values));
  }

  /** The method of {@code StrictMath} to lift for one of {@code Math}; null if it is lifted. */
  static @Nullable String strict(String owner, String name, String descriptor) {
    boolean one = descriptor.equals("(D)D") && INEXACT.contains(name);
    boolean two = descriptor.equals("(DD)D") && INEXACT_OF_TWO.contains(name);
    return owner.equals("java/lang/Math") && (one || two) ? "java/lang/StrictMath" : null;
  }

  private static void unary(String method, UnaryOp op) {
    FORMS.put(method, (l, v) -> l.ir.unary(op, v.getFirst()));
  }

  private static void binary(String method, BinaryOp op) {
    FORMS.put(
        method,
        (l, v) -> {
          Value left = v.getFirst();
          Value right = v.getLast();
          return l.ir.binary(op, left, right);
        });
  }

  private static void bits(String method, Type type) {
    FORMS.put(method, (l, v) -> l.convert(ConvertOp.BITCAST, type, v.getFirst()));
  }

  private static void counting(String name, UnaryOp op) {
    unary("java/lang/Integer." + name + "(I)I", op);
    FORMS.put(
        "java/lang/Long." + name + "(J)I",
        (l, v) -> l.convert(ConvertOp.TRUNC, Type.I32, l.ir.unary(op, v.getFirst())));
  }

  private static void extreme(String method, BinaryOp integer, BinaryOp floating) {
    for (char type : "IJ".toCharArray()) {
      binary(method + "(" + type + type + ")" + type, integer);
    }
    for (char type : "FD".toCharArray()) {
      String descriptor = "(" + type + type + ")" + type;
      FORMS.put(method + descriptor, (l, v) -> extreme(l, floating, v.getFirst(), v.getLast()));
    }
  }

  /** A NaN is passed on, unlike by the IR's op. */
  private static Value extreme(Lifting lifting, BinaryOp op, Value a, Value b) {
    Value chosen = lifting.ir.binary(op, a, b);
    Value bIsNan = lifting.compare(CompareOp.FNE, b, b);
    Value withB = lifting.ir.select(bIsNan, b, chosen);
    return lifting.ir.select(lifting.compare(CompareOp.FNE, a, a), a, withB);
  }

  private static Value fma(Lifting lifting, List<Value> values) {
    return lifting.ir.fma(values.get(0), values.get(1), values.get(2));
  }
}
