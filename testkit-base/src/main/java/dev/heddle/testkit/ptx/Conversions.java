package dev.heddle.testkit.ptx;

import java.util.EnumSet;
import java.util.Set;

/** The cvt instruction (ISA section 9.7.9, cvt). */
final class Conversions {
  private static final Set<PtxType> CONVERTIBLE =
      EnumSet.of(
          PtxType.U8,
          PtxType.U16,
          PtxType.U32,
          PtxType.U64,
          PtxType.S8,
          PtxType.S16,
          PtxType.S32,
          PtxType.S64,
          PtxType.F16,
          PtxType.F32,
          PtxType.F64);
  private static final long QUIET_F64 = 0x7FF8000000000000L;

  private Conversions() {}

  /** cvt{.rounding}{.sat}.to.from */
  static Operation of(Modifiers m) {
    String integral = m.takeOne("rni", "rzi", "rmi", "rpi").orElse("");
    String rounding = integral.isEmpty() ? m.takeOne("rn", "rz", "rm", "rp").orElse("") : "";
    boolean saturating = m.take("sat");
    PtxType to = m.type(CONVERTIBLE);
    PtxType from = m.type(CONVERTIBLE);
    check(m, integral, rounding, saturating, to, from);
    return Operation.of(to, compute(integral, rounding, saturating, to, from), from);
  }

  private static void check(
      Modifiers m, String integral, String rounding, boolean saturating, PtxType to, PtxType from) {
    boolean narrowing =
        to.isFloat() && (from.isInteger() || from.isFloat() && to.bits() < from.bits());
    boolean mayRoundToIntegral = from.isFloat() && (to.isInteger() || to == from);
    boolean mustRoundToIntegral = from.isFloat() && to.isInteger();
    if (rounding.isEmpty() == narrowing) {
      throw m.statement().error("a floating-point rounding is " + needed(narrowing));
    }
    if (integral.isEmpty() ? mustRoundToIntegral : !mayRoundToIntegral) {
      throw m.statement().error("an integer rounding is " + needed(mustRoundToIntegral));
    }
    if (saturating && (to.isFloat() || from.isInteger() && holds(to, from))) {
      throw m.statement().error(".sat where nothing saturates, or of a float, which is not known");
    }
  }

  private static String needed(boolean needed) {
    return needed ? "needed" : "not allowed";
  }

  /** Whether every number of one type is one of the other. */
  private static boolean holds(PtxType to, PtxType from) {
    if (to.isSigned() == from.isSigned()) {
      return to.bits() >= from.bits();
    }
    return to.isSigned() && to.bits() > from.bits();
  }

  private static Operation.Compute compute(
      String integral, String rounding, boolean saturating, PtxType to, PtxType from) {
    if (from.isInteger() && to.isInteger()) {
      return (a, _, _, _) -> saturating ? clamped(a, to, from) : from.number(a);
    }
    if (from.isInteger()) {
      return (a, _, _, _) -> ofInteger(a, rounding, to, from);
    }
    if (to.isInteger()) {
      return (a, _, _, _) -> toInteger(value(from, a), integral, to, from);
    }
    return (a, _, _, _) -> floatToFloat(a, integral, rounding, to, from);
  }

  private static long clamped(long content, PtxType to, PtxType from) {
    long value = from.number(content);
    boolean huge = !from.isSigned() && value < 0;
    long most = to.isSigned() ? (1L << (to.bits() - 1)) - 1 : to.truncate(-1);
    if (huge || to != PtxType.U64 && value > most) {
      return most;
    }
    long least = to.isSigned() ? -1L << (to.bits() - 1) : 0;
    return Math.max(value, least);
  }

  // ---- to integers

  /**
   * Clamped to the range. A NaN gives "zero if source is not .f64 and destination is not .s64,
   * .u64; otherwise 1 &lt;&lt; (BitWidth(dst) - 1)".
   */
  private static long toInteger(double value, String rounding, PtxType to, PtxType from) {
    if (Double.isNaN(value)) {
      return from != PtxType.F64 && to.bits() < 64 ? 0 : 1L << (to.bits() - 1);
    }
    double whole = integral(value, rounding);
    double top = Math.scalb(1.0, to.isSigned() ? to.bits() - 1 : to.bits());
    if (whole >= top) {
      return to.isSigned() ? (1L << (to.bits() - 1)) - 1 : to.truncate(-1);
    }
    double bottom = to.isSigned() ? -top : 0;
    if (whole < bottom) {
      return to.isSigned() ? 1L << (to.bits() - 1) : 0;
    }
    double half = Math.scalb(1.0, 63);
    return whole >= half ? (long) (whole - half) ^ Long.MIN_VALUE : (long) whole;
  }

  private static double integral(double value, String rounding) {
    return switch (rounding) {
      case "rni" -> Math.rint(value);
      case "rzi" -> value < 0 ? Math.ceil(value) : Math.floor(value);
      case "rmi" -> Math.floor(value);
      case "rpi" -> Math.ceil(value);
      default -> throw new IllegalStateException(rounding);
    };
  }

  // ---- to floats

  private static long ofInteger(long content, String rounding, PtxType to, PtxType from) {
    return Rounding.ofInteger(from.number(content), from.isSigned(), rounding, to);
  }

  private static long floatToFloat(
      long content, String integral, String rounding, PtxType to, PtxType from) {
    double value = value(from, content);
    if (Double.isNaN(value)) {
      return nan(content, to, from);
    }
    if (!integral.isEmpty()) {
      return bits(to, integral(value, integral));
    }
    if (rounding.isEmpty() || Double.isInfinite(value)) {
      return bits(to, value);
    }
    return Rounding.ofDouble(value, rounding, to);
  }

  /** Of single precision unspecified; double precision keeps payloads. */
  private static long nan(long content, PtxType to, PtxType from) {
    if (to == PtxType.F32) {
      return FloatOperations.NAN_F32;
    }
    if (to == PtxType.F16) {
      return FloatOperations.NAN_F16;
    }
    return switch (from) {
      case F64 -> content | QUIET_F64;
      case F32 -> content >>> 31 << 63 | QUIET_F64 | (content & 0x7FFFFF) << 29;
      default -> content >>> 15 << 63 | QUIET_F64 | (content & 0x3FF) << 42;
    };
  }

  private static double value(PtxType type, long content) {
    return type == PtxType.F16
        ? Float.float16ToFloat((short) content)
        : FloatOperations.number(type, content);
  }

  /** Of a value that the type holds. */
  private static long bits(PtxType type, double value) {
    return switch (type) {
      case F64 -> Double.doubleToRawLongBits(value);
      case F32 -> Float.floatToRawIntBits((float) value) & 0xFFFFFFFFL;
      default -> Float.floatToFloat16((float) value) & 0xFFFFL;
    };
  }
}
