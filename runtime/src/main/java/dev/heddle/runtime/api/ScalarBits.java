package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.run.RunException;

/** The bits of numbers as scalar arguments. */
final class ScalarBits {
  private ScalarBits() {}

  static long ofInteger(String kernel, Parameter.Scalar scalar, long value) {
    ElementType element = scalar.element();
    if (element.type().isFloat()) {
      return ofNumber(kernel, scalar, value);
    }
    int width = element.type().bits();
    boolean fits =
        width == 64
            || (element.signed()
                ? value >= -(1L << (width - 1)) && value < 1L << (width - 1)
                : value >= 0 && value < 1L << width);
    // an unsigned 64-bit number above 2^63 comes as its bits, a negative one can't be told from it
    if (!fits) {
      throw RunException.usage(
          value
              + " does not fit argument "
              + scalar.name()
              + " ("
              + element.text()
              + ") of "
              + kernel);
    }
    return width == 64 ? value : value & ((1L << width) - 1);
  }

  static long ofNumber(String kernel, Parameter.Scalar scalar, double value) {
    return switch (scalar.element()) {
      case FLOAT -> Integer.toUnsignedLong(Float.floatToRawIntBits((float) value));
      case DOUBLE -> Double.doubleToRawLongBits(value);
      case HALF -> Short.toUnsignedLong(Float.floatToFloat16(roundToOdd(value)));
      case BOOL, CHAR, UCHAR, SHORT, USHORT, INT, UINT, LONG, ULONG -> {
        long whole = (long) value;
        if (whole != value || value == 0x1p63) {
          throw RunException.usage(
              "argument "
                  + scalar.name()
                  + " of "
                  + kernel
                  + " is a whole number ("
                  + scalar.element().text()
                  + "), not "
                  + value);
        }
        yield ofInteger(kernel, scalar, whole);
      }
    };
  }

  /** The float nearest below or above whose last bit is odd, so that rounding twice rounds once. */
  private static float roundToOdd(double value) {
    float nearest = (float) value;
    if (Double.isNaN(value) || nearest == value || Float.isInfinite(nearest)) {
      return nearest;
    }
    float towardsZero =
        Math.abs((double) nearest) > Math.abs(value)
            ? (value > 0 ? Math.nextDown(nearest) : Math.nextUp(nearest))
            : nearest;
    return Float.intBitsToFloat(Float.floatToRawIntBits(towardsZero) | 1);
  }
}
