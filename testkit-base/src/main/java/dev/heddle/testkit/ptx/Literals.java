package dev.heddle.testkit.ptx;

import java.util.Locale;

/** Constants (ISA section 4.5). */
final class Literals {
  private Literals() {}

  /** A number token as an operand; the sign before it comes apart. */
  static Operand operand(Token token, boolean negative) {
    String text = token.text().toLowerCase(Locale.ROOT);
    if (text.startsWith("0f")) {
      int bits = Integer.parseUnsignedInt(text.substring(2), 16);
      checkUnsigned(token, negative);
      return new Operand.Real(Float.intBitsToFloat(bits), bits & 0xFFFFFFFFL, PtxType.F32);
    }
    if (text.startsWith("0d")) {
      long bits = Long.parseUnsignedLong(text.substring(2), 16);
      checkUnsigned(token, negative);
      return new Operand.Real(Double.longBitsToDouble(bits), bits, PtxType.F64);
    }
    if (!text.startsWith("0x") && (text.contains(".") || text.contains("e"))) {
      double value = Double.parseDouble(text);
      return new Operand.Real(negative ? -value : value, 0, PtxType.PRED);
    }
    long value = whole(token);
    return new Operand.Whole(negative ? -value : value);
  }

  private static void checkUnsigned(Token token, boolean negative) {
    if (negative) {
      throw new PtxException(token.line(), "a sign before the bits of " + token.text());
    }
  }

  static long whole(Token token) {
    String text = token.text().toLowerCase(Locale.ROOT);
    String digits = text.endsWith("u") ? text.substring(0, text.length() - 1) : text;
    try {
      if (digits.startsWith("0x")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      if (digits.startsWith("0b")) {
        return Long.parseUnsignedLong(digits.substring(2), 2);
      }
      boolean octal = digits.length() > 1 && digits.startsWith("0");
      return Long.parseUnsignedLong(digits, octal ? 8 : 10);
    } catch (NumberFormatException bad) {
      throw new PtxException(token.line(), "not an integer: " + token.text());
    }
  }
}
