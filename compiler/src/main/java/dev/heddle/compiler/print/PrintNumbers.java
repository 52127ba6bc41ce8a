package dev.heddle.compiler.print;

import dev.heddle.compiler.print.PrintFormat.Conversion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as C prints them (C99 7.19.6.1). */
final class PrintNumbers {
  private static final int MANTISSA_BITS = 52;
  private static final int MANTISSA_DIGITS = 13;
  private static final int DEFAULT_PRECISION = 6;

  private PrintNumbers() {}

  /** An integer; {@code bits} holds the value in its low bits, as the conversion keeps it. */
  static String integer(Conversion conversion, long bits) {
    long value = narrowed(conversion, bits);
    boolean negative = conversion.isSigned() && value < 0;
    String digits =
        switch (conversion.letter()) {
          case 'o' -> Long.toOctalString(value);
          case 'x' -> Long.toHexString(value);
          case 'X' -> Long.toHexString(value).toUpperCase(Locale.ROOT);
          case 'p' -> Long.toHexString(value);
          case 'u' -> Long.toUnsignedString(value);
          default -> negative ? Long.toString(value).substring(1) : Long.toString(value);
        };
    if (conversion.precision() == 0 && value == 0) {
      digits = "";
    }
    digits = "0".repeat(Math.max(0, conversion.precision() - digits.length())) + digits;
    String prefix = conversion.isSigned() ? sign(conversion, negative) : base(conversion, value);
    if (conversion.letter() == 'o' && conversion.has('#') && !digits.startsWith("0")) {
      digits = "0" + digits;
    }
    return padded(conversion, prefix, digits, conversion.precision() < 0);
  }

  private static String base(Conversion conversion, long value) {
    return switch (conversion.letter()) {
      case 'p' -> "0x";
      case 'x', 'X' -> conversion.has('#') && value != 0 ? "0" + conversion.letter() : "";
      default -> "";
    };
  }

  /** The value in the type that the length modifier names. */
  private static long narrowed(Conversion conversion, long bits) {
    int width =
        switch (conversion.length()) {
          case "hh" -> 8;
          case "h" -> 16;
          default -> conversion.kept().type().bits();
        };
    int unused = 64 - width;
    return conversion.isSigned() ? bits << unused >> unused : bits << unused >>> unused;
  }

  private static String sign(Conversion conversion, boolean negative) {
    return negative ? "-" : conversion.has('+') ? "+" : conversion.has(' ') ? " " : "";
  }

  /** Fills up to the width: blanks before or behind, or zeros between sign and digits. */
  static String padded(Conversion conversion, String prefix, String digits, boolean zeros) {
    int missing = Math.max(0, conversion.width() - prefix.length() - digits.length());
    if (conversion.has('-')) {
      return prefix + digits + " ".repeat(missing);
    }
    return zeros && conversion.has('0')
        ? prefix + "0".repeat(missing) + digits
        : " ".repeat(missing) + prefix + digits;
  }

  static String real(Conversion conversion, double value) {
    boolean negative = Math.copySign(1, value) < 0 && !Double.isNaN(value);
    double size = Math.abs(value);
    boolean upper = Character.isUpperCase(conversion.letter());
    boolean finite = Double.isFinite(size);
    String digits =
        !finite
            ? Double.isNaN(size) ? "nan" : "inf"
            : switch (Character.toLowerCase(conversion.letter())) {
              case 'f' -> fixed(size, precision(conversion), conversion.has('#'));
              case 'e' -> exponential(size, precision(conversion), conversion.has('#'));
              case 'g' -> general(size, precision(conversion), conversion.has('#'));
              default -> hexadecimal(size, conversion.precision());
            };
    String prefix = sign(conversion, negative);
    if (finite && Character.toLowerCase(conversion.letter()) == 'a') {
      prefix += upper ? "0X" : "0x";
    }
    return padded(conversion, prefix, upper ? digits.toUpperCase(Locale.ROOT) : digits, finite);
  }

  private static int precision(Conversion conversion) {
    return conversion.precision() < 0 ? DEFAULT_PRECISION : conversion.precision();
  }

  private static String fixed(double value, int precision, boolean point) {
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return point && precision == 0 ? text + "." : text;
  }

  /** The decimal exponent of a value rounded to so many digits behind the first. */
  private static int exponent(BigDecimal rounded) {
    return rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
  }

  private static BigDecimal rounded(double value, int precision) {
    return new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
  }

  private static String exponential(double value, int precision, boolean point) {
    BigDecimal rounded = rounded(value, precision);
    int exponent = exponent(rounded);
    String digits = rounded.unscaledValue().toString();
    digits = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
    String fraction = digits.substring(1, precision + 1);
    String dot = fraction.isEmpty() && !point ? "" : ".";
    return digits.charAt(0)
        + dot
        + fraction
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static String general(double value, int precision, boolean point) {
    int digits = Math.max(1, precision);
    int exponent = exponent(rounded(value, digits - 1));
    boolean plain = exponent >= -4 && exponent < digits;
    String text =
        plain ? fixed(value, digits - 1 - exponent, point) : exponential(value, digits - 1, point);
    if (point || text.indexOf('.') < 0) {
      return text;
    }
    int end = plain ? text.length() : text.indexOf('e');
    String kept = text.substring(0, end).replaceFirst("\\.?0+$", "");
    return kept + text.substring(end);
  }

  private static String hexadecimal(double value, int precision) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
    int exponent = (int) (bits >>> MANTISSA_BITS);
    long lead = exponent == 0 ? 0 : 1;
    int power = value == 0 ? 0 : Math.max(exponent, 1) - Double.MAX_EXPONENT;
    long whole = lead << MANTISSA_BITS | mantissa;
    int digits = MANTISSA_DIGITS;
    if (precision >= 0 && precision < MANTISSA_DIGITS) {
      int dropped = 4 * (MANTISSA_DIGITS - precision);
      long half = 1L << (dropped - 1);
      long rest = whole & ((1L << dropped) - 1);
      whole >>>= dropped;
      whole += rest > half || rest == half && (whole & 1) == 1 ? 1 : 0;
      digits = precision;
    }
    String fraction = digits == 0 ? "" : padHex(whole & ((1L << 4 * digits) - 1), digits);
    if (precision < 0) {
      fraction = fraction.replaceFirst("0+$", "");
    }
    fraction += "0".repeat(Math.max(0, precision - MANTISSA_DIGITS));
    String dot = fraction.isEmpty() ? "" : ".";
    return (whole >>> 4 * digits) + dot + fraction + "p" + (power < 0 ? "" : "+") + power;
  }

  private static String padHex(long value, int digits) {
    String hex = Long.toHexString(value);
    return "0".repeat(digits - hex.length()) + hex;
  }
}
