package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.ElementType;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values and types of literals (C99 section 6.4.4 with the widths of OpenCL C). */
final class Literals {
  private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final BigInteger UINT_MAX = BigInteger.valueOf(0xffffffffL);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger ULONG_MAX = LONG_MAX.shiftLeft(1).add(BigInteger.ONE);

  private static final Pattern REAL =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?");
  private static final Pattern HEX_REAL =
      Pattern.compile("0x([0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)p[+-]?[0-9]+");
  private static final Set<String> INTEGER_SUFFIXES =
      Set.of("", "u", "l", "ul", "lu", "ll", "ull", "llu");

  private Literals() {}

  /** A number: the raw bits of a value of {@code type}. */
  record Number(CType.Scalar type, long bits) {
    boolean isFloat() {
      return type.isFloat();
    }
  }

  static Number number(Token token, Diagnostics diagnostics) {
    String text = token.text().toLowerCase(Locale.ROOT);
    boolean hex = text.startsWith("0x");
    boolean real = hex ? text.contains("p") : isReal(text);
    return real ? real(token, text, hex, diagnostics) : integer(token, text, diagnostics);
  }

  /** Whether a decimal number has a point, an exponent or the suffix of a floating type. */
  private static boolean isReal(String text) {
    int end = 0;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    if (text.indexOf('.') >= 0 && text.indexOf('.') < end) {
      return true;
    }
    return text.startsWith("e", end)
        || end == text.length() - 1 && (text.endsWith("f") || text.endsWith("h"));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Number real(Token token, String text, boolean hex, Diagnostics diagnostics) {
    boolean half = text.endsWith("h");
    boolean single = text.endsWith("f");
    String digits = single || half ? text.substring(0, text.length() - 1) : text;
    if (!(hex ? HEX_REAL : REAL).matcher(digits).matches()) {
      diagnostics.error(token.span(), "'" + token.text() + "' is not a number");
      return new Number(single ? CType.FLOAT : CType.DOUBLE, 0);
    }
    if (half) {
      int bits = Float.floatToFloat16(Float.parseFloat(digits)) & 0xffff;
      return new Number(CType.scalar(ElementType.HALF), bits);
    }
    return single
        ? new Number(CType.FLOAT, Float.floatToRawIntBits(Float.parseFloat(digits)) & 0xffffffffL)
        : new Number(CType.DOUBLE, Double.doubleToRawLongBits(Double.parseDouble(digits)));
  }

  private static Number integer(Token token, String text, Diagnostics diagnostics) {
    int radix = radix(text);
    int start = radix == 16 || radix == 2 ? 2 : radix == 8 ? 1 : 0;
    int end = start;
    while (end < text.length() && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    String suffix = text.substring(end);
    boolean known = INTEGER_SUFFIXES.contains(suffix);
    if (!known || end == start || text.length() > 100) {
      diagnostics.error(token.span(), "'" + clip(token.text()) + "' is not a number");
      return new Number(CType.INT, 0);
    }
    BigInteger value = new BigInteger(text.substring(start, end), radix);
    ElementType element = elementOf(value, suffix, radix == 10);
    if (value.compareTo(ULONG_MAX) > 0) {
      diagnostics.error(token.span(), "'" + token.text() + "' does not fit in 64 bits");
    }
    return new Number(CType.scalar(element), value.longValue());
  }

  private static String clip(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  /** The radix; 8 only where digits follow the leading zero. */
  private static int radix(String text) {
    if (text.startsWith("0x")) {
      return 16;
    }
    if (text.startsWith("0b")) {
      return 2;
    }
    return text.length() > 1 && text.charAt(0) == '0' && isDigit(text.charAt(1)) ? 8 : 10;
  }

  private static ElementType elementOf(BigInteger value, String suffix, boolean decimal) {
    boolean unsigned = suffix.contains("u");
    boolean wide = suffix.contains("l");
    if (!wide && !unsigned && value.compareTo(INT_MAX) <= 0) {
      return ElementType.INT;
    }
    if (!wide && (unsigned || !decimal) && value.compareTo(UINT_MAX) <= 0) {
      return ElementType.UINT;
    }
    return !unsigned && value.compareTo(LONG_MAX) <= 0 ? ElementType.LONG : ElementType.ULONG;
  }

  /** The value of a character literal, an int. */
  static int character(Token token, Diagnostics diagnostics) {
    byte[] bytes = unescape(token, diagnostics);
    if (bytes.length != 1) {
      diagnostics.error(token.span(), "a character literal holds one character");
    }
    return bytes.length == 0 ? 0 : bytes[0];
  }

  /** The bytes between the quotes of a character or string literal. */
  static byte[] unescape(Token token, Diagnostics diagnostics) {
    String text = token.text();
    byte[] out = new byte[text.length()];
    int length = 0;
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out[length++] = (byte) c;
        continue;
      }
      char escape = text.charAt(++i);
      int digits = escape == 'x' ? run(text, i + 1, 16, 2) : run(text, i, 8, 3);
      if (digits > 0) {
        int from = escape == 'x' ? i + 1 : i;
        int radix = escape == 'x' ? 16 : 8;
        out[length++] = (byte) Integer.parseInt(text.substring(from, from + digits), radix);
        i = from + digits - 1;
      } else {
        out[length++] = (byte) simpleEscape(token, escape, diagnostics);
      }
    }
    return java.util.Arrays.copyOf(out, length);
  }

  private static int run(String text, int from, int radix, int most) {
    int count = 0;
    while (count < most
        && from + count < text.length() - 1
        && Character.digit(text.charAt(from + count), radix) >= 0) {
      count++;
    }
    return count;
  }

  private static char simpleEscape(Token token, char escape, Diagnostics diagnostics) {
    return switch (escape) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'a' -> 0x07;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> 0x0b;
      case '\\', '\'', '"', '?' -> escape;
      default -> {
        diagnostics.error(token.span(), "unknown escape '\\" + escape + "'");
        yield escape;
      }
    };
  }
}
