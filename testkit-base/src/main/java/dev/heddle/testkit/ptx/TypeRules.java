package dev.heddle.testkit.ptx;

/** Which register fits which instruction type (ISA sections 9.4 and 9.4.1, tables 26 to 28). */
final class TypeRules {
  private TypeRules() {}

  /** Same size, and bits go with everything, integers with integers, floats with themselves. */
  static boolean agree(PtxType instruction, PtxType register) {
    if (instruction == PtxType.PRED || register == PtxType.PRED) {
      return instruction == register;
    }
    return instruction.bits() == register.bits() && compatible(instruction, register);
  }

  /** For ld, st and cvt: the register may be wider, except a float with a float type. */
  static boolean agreeRelaxed(PtxType instruction, PtxType register) {
    if (instruction == PtxType.PRED || register == PtxType.PRED) {
      return false;
    }
    if (register.bits() < instruction.bits() || !compatible(instruction, register)) {
      return false;
    }
    boolean bothFloat = instruction.isFloat() && register.isFloat();
    return !bothFloat || instruction == register;
  }

  private static boolean compatible(PtxType instruction, PtxType register) {
    if (instruction.isBits() || register.isBits()) {
      return true;
    }
    return instruction.isInteger() == register.isInteger();
  }
}
