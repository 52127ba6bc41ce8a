package dev.heddle.testkit.ptx;

import static dev.heddle.testkit.ptx.PtxType.F32;
import static dev.heddle.testkit.ptx.PtxType.F64;
import static dev.heddle.testkit.ptx.PtxType.PRED;

import java.util.Optional;

/**
 * Floating-point arithmetic (ISA section 9.7.3). Only what rounds in one defined way is known:
 * {@code add}, {@code sub} and {@code mul} without a rounding modifier may be contracted, {@code
 * .approx} and {@code .full} are not exact, and {@code .ftz} flushes.
 *
 * <p>NaN: "Single-precision instructions return an unspecified NaN": here 0x7FFFFFFF, which
 * hardware gives. "NaN payloads are supported for double-precision instructions": here the first
 * NaN operand, made quiet, or 0xFFF8000000000000, as hardware does.
 */
final class FloatOperations {
  static final long NAN_F32 = 0x7FFFFFFFL;
  static final long NAN_F64 = 0xFFF8000000000000L;
  static final long NAN_F16 = 0x7FFF;
  private static final long QUIET_F64 = 0x0008000000000000L;
  private static final long SIGN_F32 = 0x80000000L;
  private static final long SIGN_F64 = 0x8000000000000000L;

  private FloatOperations() {}

  private interface OfFloats {
    float of(float a, float b, float c);
  }

  private interface OfDoubles {
    double of(double a, double b, double c);
  }

  static Optional<Operation> find(Modifiers m) {
    return switch (m.name()) {
      case "add" -> Optional.of(rounded(m, 2, (a, b, _) -> a + b, (a, b, _) -> a + b));
      case "sub" -> Optional.of(rounded(m, 2, (a, b, _) -> a - b, (a, b, _) -> a - b));
      case "mul" -> Optional.of(rounded(m, 2, (a, b, _) -> a * b, (a, b, _) -> a * b));
      case "div" -> Optional.of(rounded(m, 2, (a, b, _) -> a / b, (a, b, _) -> a / b));
      case "fma" -> Optional.of(rounded(m, 3, Math::fma, Math::fma));
      case "rcp" -> Optional.of(rounded(m, 1, (a, _, _) -> 1 / a, (a, _, _) -> 1 / a));
      case "sqrt" ->
          Optional.of(rounded(m, 1, (a, _, _) -> (float) Math.sqrt(a), (a, _, _) -> Math.sqrt(a)));
      case "neg" -> Optional.of(negate(m));
      case "abs" -> Optional.of(absolute(m));
      case "min" ->
          Optional.of(extreme(m, (a, b, _) -> Math.min(a, b), (a, b, _) -> Math.min(a, b)));
      case "max" ->
          Optional.of(extreme(m, (a, b, _) -> Math.max(a, b), (a, b, _) -> Math.max(a, b)));
      case "copysign" -> Optional.of(copySign(m));
      case "testp" -> Optional.of(test(m));
      default -> Optional.empty();
    };
  }

  private static Operation rounded(Modifiers m, int operands, OfFloats ofF32, OfDoubles ofF64) {
    if (!m.take("rn")) {
      throw m.statement().error("expected .rn: without it the result is not one defined value");
    }
    PtxType type = m.type(Modifiers.FLOATS);
    Operation.Compute compute =
        type == F32
            ? (a, b, c, _) -> result(ofF32.of(f32(a), f32(b), f32(c)))
            : (a, b, c, _) -> result(operands, a, b, c, ofF64.of(f64(a), f64(b), f64(c)));
    return Operation.uniform(type, operands, compute);
  }

  private static long result(float value) {
    return Float.isNaN(value) ? NAN_F32 : Float.floatToRawIntBits(value);
  }

  private static long result(int operands, long a, long b, long c, double value) {
    if (!Double.isNaN(value)) {
      return Double.doubleToRawLongBits(value);
    }
    if (Double.isNaN(f64(a))) {
      return a | QUIET_F64;
    }
    if (operands > 1 && Double.isNaN(f64(b))) {
      return b | QUIET_F64;
    }
    return operands > 2 && Double.isNaN(f64(c)) ? c | QUIET_F64 : NAN_F64;
  }

  /** "NaN inputs yield an unspecified NaN." */
  private static Operation negate(Modifiers m) {
    PtxType type = m.type(Modifiers.FLOATS);
    return Operation.uniform(
        type,
        1,
        type == F32
            ? (a, _, _, _) -> Float.isNaN(f32(a)) ? NAN_F32 : a ^ SIGN_F32
            : (a, _, _, _) -> Double.isNaN(f64(a)) ? NAN_F64 : a ^ SIGN_F64);
  }

  /** "For abs.f32, NaN input yields unspecified NaN. For abs.f64, NaN input is passed through." */
  private static Operation absolute(Modifiers m) {
    PtxType type = m.type(Modifiers.FLOATS);
    return Operation.uniform(
        type,
        1,
        type == F32
            ? (a, _, _, _) -> Float.isNaN(f32(a)) ? NAN_F32 : a & ~SIGN_F32
            : (a, _, _, _) -> Double.isNaN(f64(a)) ? a : a & ~SIGN_F64);
  }

  /** The other operand where one is NaN, canonical NaN where both are; -0 below +0. */
  private static Operation extreme(Modifiers m, OfFloats ofF32, OfDoubles ofF64) {
    PtxType type = m.type(Modifiers.FLOATS);
    if (type == F32) {
      return Operation.uniform(
          type,
          2,
          (a, b, _, _) ->
              Float.isNaN(f32(a))
                  ? Float.isNaN(f32(b)) ? NAN_F32 : b
                  : Float.isNaN(f32(b)) ? a : result(ofF32.of(f32(a), f32(b), 0)));
    }
    return Operation.uniform(
        type,
        2,
        (a, b, _, _) ->
            Double.isNaN(f64(a))
                ? Double.isNaN(f64(b)) ? NAN_F64 : b
                : Double.isNaN(f64(b))
                    ? a
                    : Double.doubleToRawLongBits(ofF64.of(f64(a), f64(b), 0)));
  }

  /** The sign of a on the magnitude of b. */
  private static Operation copySign(Modifiers m) {
    PtxType type = m.type(Modifiers.FLOATS);
    long sign = type == F32 ? SIGN_F32 : SIGN_F64;
    return Operation.uniform(type, 2, (a, b, _, _) -> a & sign | b & ~sign);
  }

  private static Operation test(Modifiers m) {
    String asked = m.need("finite", "infinite", "number", "notanumber", "normal", "subnormal");
    PtxType type = m.type(Modifiers.FLOATS);
    double smallest = type == F32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return Operation.of(
        PRED,
        (a, _, _, _) -> {
          double value = Math.abs(number(type, a));
          boolean yes =
              switch (asked) {
                case "finite" -> Double.isFinite(value);
                case "infinite" -> Double.isInfinite(value);
                case "number" -> !Double.isNaN(value);
                case "notanumber" -> Double.isNaN(value);
                case "normal" -> Double.isFinite(value) && value >= smallest;
                default -> value > 0 && value < smallest;
              };
          return yes ? 1 : 0;
        },
        type);
  }

  static double number(PtxType type, long bits) {
    return type == F64 ? f64(bits) : f32(bits);
  }

  static float f32(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  static double f64(long bits) {
    return Double.longBitsToDouble(bits);
  }
}
