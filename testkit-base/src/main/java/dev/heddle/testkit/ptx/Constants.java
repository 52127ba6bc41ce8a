package dev.heddle.testkit.ptx;

/** Constants as the bits of a type (ISA sections 4.5 and 6.3). */
final class Constants {
  private Constants() {}

  static long bits(Operand constant, PtxType type, int line) {
    return switch (constant) {
      case Operand.Whole whole -> whole(whole, type, line);
      case Operand.Real real -> real(real, type, line);
      default -> throw new PtxException(line, "not a constant: " + constant);
    };
  }

  private static long whole(Operand.Whole whole, PtxType type, int line) {
    if (type == PtxType.PRED ? whole.value() >>> 1 != 0 : type.isFloat()) {
      throw new PtxException(line, "the integer " + whole.value() + " as " + type.text());
    }
    long value = whole.value();
    long rest = type.bits() == 64 ? 0 : value >> (type.bits() - 1);
    // what a signed or an unsigned reading of the type can hold
    if (rest != 0 && rest != -1 && value >>> type.bits() != 0) {
      throw new PtxException(line, value + " does not fit into " + type.text());
    }
    return type.truncate(value);
  }

  private static long real(Operand.Real real, PtxType type, int line) {
    boolean fits =
        real.exact() == PtxType.PRED
            ? type == PtxType.F32 || type == PtxType.F64
            : type == real.exact() || type.isBits() && type.bits() == real.exact().bits();
    if (!fits) {
      throw new PtxException(line, "a floating-point constant of another type than " + type.text());
    }
    if (real.exact() != PtxType.PRED) {
      return real.bits();
    }
    return type == PtxType.F64
        ? Double.doubleToRawLongBits(real.value())
        : Float.floatToRawIntBits((float) real.value()) & 0xFFFFFFFFL;
  }
}
