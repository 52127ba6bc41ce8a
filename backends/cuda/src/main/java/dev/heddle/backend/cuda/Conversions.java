package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Type;

/** The conversions of the IR as PTX. */
final class Conversions {
  private final Registers registers;
  private final Operators operators;

  Conversions(Registers registers, Operators operators) {
    this.registers = registers;
    this.operators = operators;
  }

  void convert(PtxCode code, ConvertOp op, Type from, Type to, String target, String a) {
    switch (op) {
      case TRUNC -> truncate(code, from, to, target, a);
      case SEXT -> signExtend(code, from, to, target, a);
      case ZEXT -> zeroExtend(code, from, to, target, a);
      case S_TO_F ->
          code.add(
              "cvt.rn." + name(to) + (from == Type.I64 ? ".s64" : ".s32"),
              target,
              operators.signed(code, from, a));
      case U_TO_F ->
          code.add("cvt.rn." + name(to) + (from == Type.I64 ? ".u64" : ".u32"), target, a);
      case F_TO_S -> toInteger(code, true, from, to, target, a);
      case F_TO_U -> toInteger(code, false, from, to, target, a);
      case F_EXTEND -> extend(code, from, to, target, a);
      case F_TRUNC -> narrow(code, from, to, target, a);
      case BITCAST -> code.add("mov." + (from.bits() == 64 ? "b64" : "b32"), target, a);
    }
  }

  private void truncate(PtxCode code, Type from, Type to, String target, String a) {
    String low = a;
    if (from == Type.I64) {
      low = to == Type.BOOL ? registers.b32() : target;
      code.add("cvt.u32.u64", low, a);
    }
    if (to == Type.BOOL) {
      String bit = registers.b32();
      code.add("and.b32", bit, low, "1");
      code.add("setp.ne.u32", target, bit, "0");
    } else if (Operators.narrow(to)) {
      code.add("and.b32", target, low, Integer.toString((1 << to.bits()) - 1));
    } else if (!low.equals(target)) {
      code.add("mov.b32", target, low);
    }
  }

  private void signExtend(PtxCode code, Type from, Type to, String target, String a) {
    String extended = operators.signed(code, from, a);
    if (to == Type.I64) {
      code.add("cvt.s64.s32", target, extended);
    } else {
      code.add("mov.b32", target, extended);
      operators.cut(code, to, target);
    }
  }

  private void zeroExtend(PtxCode code, Type from, Type to, String target, String a) {
    if (from == Type.BOOL) {
      code.add(to == Type.I64 ? "selp.b64" : "selp.b32", target, "1", "0", a);
    } else if (to == Type.I64) {
      code.add("cvt.u64.u32", target, a);
    } else {
      code.add("mov.b32", target, a);
    }
  }

  /**
   * PTX clamps to the range of the target. A NaN gives 0 but where one of the types has 64 bits; so
   * it is replaced by 0 there.
   */
  private void toInteger(
      PtxCode code, boolean signed, Type from, Type to, String target, String a) {
    String letter = signed ? "s" : "u";
    boolean wide = to == Type.I64;
    code.add("cvt.rzi." + letter + (wide ? "64." : "32.") + name(from), target, a);
    if (wide || from == Type.F64) {
      String nan = registers.predicate();
      code.add("setp.nan." + name(from), nan, a, a);
      code.when(nan, wide ? "mov.b64" : "mov.b32", target, "0");
    }
    if (Operators.narrow(to)) {
      saturate(code, signed, to.bits(), target);
      operators.cut(code, to, target);
    }
  }

  private static void saturate(PtxCode code, boolean signed, int bits, String target) {
    int most = (1 << (signed ? bits - 1 : bits)) - 1;
    code.add(signed ? "min.s32" : "min.u32", target, target, Integer.toString(most));
    if (signed) {
      code.add("max.s32", target, target, Integer.toString(-most - 1));
    }
  }

  private void extend(PtxCode code, Type from, Type to, String target, String a) {
    if (from == Type.F32) {
      code.add("cvt.f64.f32", target, a);
      return;
    }
    String half = registers.fresh(RegisterClass.B16);
    code.add("cvt.u16.u32", half, a);
    code.add("cvt." + name(to) + ".f16", target, half);
  }

  private void narrow(PtxCode code, Type from, Type to, String target, String a) {
    if (to == Type.F32) {
      code.add("cvt.rn.f32.f64", target, a);
      return;
    }
    String half = registers.fresh(RegisterClass.B16);
    code.add("cvt.rn.f16." + name(from), half, a);
    code.add("cvt.u32.u16", target, half);
    // the only NaN of the IR's conversions to half
    String nan = registers.predicate();
    code.add("setp.nan." + name(from), nan, a, a);
    code.when(nan, "mov.b32", target, Integer.toString(0x7E00));
  }

  private static String name(Type type) {
    return RegisterClass.of(type).type();
  }
}
