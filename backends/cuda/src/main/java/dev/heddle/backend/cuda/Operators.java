package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;

/**
 * The operators of the IR as PTX, over operands that are registers or immediates. Integers of 8 and
 * 16 bits are computed in 32 and cut to size after.
 */
final class Operators {
  private final Registers registers;
  private final boolean exact;

  /**
   * @param exact whether every operation is rounded by itself and as IEEE 754 says; otherwise the
   *     compiler may contract, and division and square root are approximate
   */
  Operators(Registers registers, boolean exact) {
    this.registers = registers;
    this.exact = exact;
  }

  /**
   * @param bitsSeen whether a NaN's bits can be seen in the result
   */
  void unary(PtxCode code, UnaryOp op, Type type, String to, String a, boolean bitsSeen) {
    String suffix = RegisterClass.of(type).type();
    switch (op) {
      case NEG -> {
        code.add(wide(type) ? "neg.s64" : "neg.s32", to, a);
        cut(code, type, to);
      }
      case NOT -> {
        code.add("not." + suffix, to, a);
        cut(code, type, to);
      }
      case CLZ -> countLeading(code, type, to, a);
      case CTZ -> countTrailing(code, type, to, a);
      case POPCOUNT -> count(code, "popc", type, to, a);
      case FNEG -> sign(code, "neg", "xor", type, to, a, bitsSeen);
      case FABS -> sign(code, "abs", "and", type, to, a, bitsSeen);
      case SQRT ->
          code.add((exact || type == Type.F64 ? "sqrt.rn." : "sqrt.approx.") + suffix, to, a);
      case FLOOR -> code.add("cvt.rmi." + suffix + "." + suffix, to, a);
      case CEIL -> code.add("cvt.rpi." + suffix + "." + suffix, to, a);
      case FTRUNC -> code.add("cvt.rzi." + suffix + "." + suffix, to, a);
      case RINT -> code.add("cvt.rni." + suffix + "." + suffix, to, a);
    }
  }

  /** PTX leaves the bits open that neg and abs give to a NaN: where they count, work on them. */
  private void sign(
      PtxCode code, String direct, String logic, Type type, String to, String a, boolean bitsSeen) {
    String suffix = RegisterClass.of(type).type();
    if (!bitsSeen) {
      code.add(direct + "." + suffix, to, a);
      return;
    }
    boolean single = type == Type.F32;
    String bits = single ? registers.b32() : registers.b64();
    String width = single ? "b32" : "b64";
    long sign = single ? Integer.MIN_VALUE : Long.MIN_VALUE;
    code.add("mov." + width, bits, a);
    code.add(logic + "." + width, bits, bits, Long.toString(logic.equals("xor") ? sign : ~sign));
    code.add("mov." + width, to, bits);
  }

  private void countLeading(PtxCode code, Type type, String to, String a) {
    count(code, "clz", type, to, a);
    if (narrow(type)) {
      code.add("sub.s32", to, to, Integer.toString(32 - type.bits()));
    }
  }

  private void countTrailing(PtxCode code, Type type, String to, String a) {
    String reversed = wide(type) ? registers.b64() : registers.b32();
    String from = a;
    if (narrow(type)) {
      from = registers.b32();
      code.add("or.b32", from, a, Integer.toString(1 << type.bits()));
    }
    code.add(wide(type) ? "brev.b64" : "brev.b32", reversed, from);
    count(code, "clz", type, to, reversed);
  }

  /** A count of bits is always a 32-bit number in PTX. */
  private void count(PtxCode code, String operation, Type type, String to, String a) {
    if (!wide(type)) {
      code.add(operation + ".b32", to, a);
      return;
    }
    String count = registers.b32();
    code.add(operation + ".b64", count, a);
    code.add("cvt.u64.u32", to, count);
  }

  void binary(PtxCode code, BinaryOp op, Type type, String to, String a, String b) {
    String width = wide(type) ? "64" : "32";
    switch (op) {
      case ADD, SUB -> wrapping(code, op.text() + ".s" + width, type, to, a, b);
      case MUL -> wrapping(code, "mul.lo.s" + width, type, to, a, b);
      case SMULHI, UMULHI -> high(code, op == BinaryOp.SMULHI, type, to, a, b);
      case SDIV, UDIV, SREM, UREM ->
          throw new IllegalArgumentException("division needs to know its divisor");
      case AND, OR, XOR -> code.add(op.text() + "." + RegisterClass.of(type).type(), to, a, b);
      case SHL -> wrapping(code, "shl.b" + width, type, to, a, shift(code, type, b));
      case LSHR -> code.add("shr.u" + width, to, a, shift(code, type, b));
      case ASHR ->
          wrapping(code, "shr.s" + width, type, to, signed(code, type, a), shift(code, type, b));
      case ROTL -> rotate(code, type, to, a, b);
      case SMIN -> extremum(code, "min.s" + width, type, to, a, b);
      case SMAX -> extremum(code, "max.s" + width, type, to, a, b);
      case UMIN -> code.add("min.u" + width, to, a, b);
      case UMAX -> code.add("max.u" + width, to, a, b);
      case FADD -> code.add(rounded("add", type), to, a, b);
      case FSUB -> code.add(rounded("sub", type), to, a, b);
      case FMUL -> code.add(rounded("mul", type), to, a, b);
      case FDIV ->
          code.add(exact || type == Type.F64 ? rounded("div", type) : "div.full.f32", to, a, b);
      // by the PTX text: the other operand for a NaN, and +0 > -0
      case FMIN -> code.add("min." + RegisterClass.of(type).type(), to, a, b);
      case FMAX -> code.add("max." + RegisterClass.of(type).type(), to, a, b);
    }
  }

  /** Without a rounding modifier, the compiler may fuse a product and a sum. */
  private String rounded(String operation, Type type) {
    String rounding = exact || operation.equals("div") ? ".rn." : ".";
    return operation + rounding + RegisterClass.of(type).type();
  }

  void fma(PtxCode code, Type type, String to, String a, String b, String c) {
    code.add("fma.rn." + RegisterClass.of(type).type(), to, a, b, c);
  }

  private void wrapping(PtxCode code, String instruction, Type type, String to, String... from) {
    code.add(instruction, to, from[0], from[1]);
    cut(code, type, to);
  }

  private void extremum(
      PtxCode code, String instruction, Type type, String to, String a, String b) {
    wrapping(code, instruction, type, to, signed(code, type, a), signed(code, type, b));
  }

  private void high(PtxCode code, boolean signed, Type type, String to, String a, String b) {
    if (!narrow(type)) {
      code.add((signed ? "mul.hi.s" : "mul.hi.u") + type.bits(), to, a, b);
      return;
    }
    String product = registers.b32();
    String left = signed ? signed(code, type, a) : a;
    String right = signed ? signed(code, type, b) : b;
    code.add("mul.lo.s32", product, left, right);
    code.add("shr.u32", to, product, Integer.toString(type.bits()));
    cut(code, type, to);
  }

  /** PTX clamps shift counts, the IR takes them modulo the width. */
  private String shift(PtxCode code, Type type, String b) {
    String low = b;
    if (wide(type)) {
      low = registers.b32();
      code.add("cvt.u32.u64", low, b);
    }
    String masked = registers.b32();
    code.add("and.b32", masked, low, Integer.toString(type.bits() - 1));
    return masked;
  }

  private void rotate(PtxCode code, Type type, String to, String a, String b) {
    if (type == Type.I32) {
      code.add("shf.l.wrap.b32", to, a, a, b);
      return;
    }
    String left = shift(code, type, b);
    String right = registers.b32();
    code.add("sub.s32", right, Integer.toString(type.bits()), left);
    String width = wide(type) ? "64" : "32";
    String upper = wide(type) ? registers.b64() : registers.b32();
    String lower = wide(type) ? registers.b64() : registers.b32();
    code.add("shl.b" + width, upper, a, left);
    // a count of the whole width gives 0, as PTX clamps it
    code.add("shr.u" + width, lower, a, right);
    code.add("or.b" + width, to, upper, lower);
    cut(code, type, to);
  }

  /**
   * Division or remainder; by zero it gives 0.
   *
   * @param zero a predicate that says whether the divisor is zero; empty if it can't be
   * @param minusOne whether the divisor may be -1
   */
  void divide(
      PtxCode code,
      BinaryOp op,
      Type type,
      String to,
      String a,
      String b,
      String zero,
      boolean minusOne) {
    boolean signed = op == BinaryOp.SDIV || op == BinaryOp.SREM;
    boolean remainder = op == BinaryOp.SREM || op == BinaryOp.UREM;
    String width = wide(type) ? "64" : "32";
    String left = signed ? signed(code, type, a) : a;
    String divisor = signed ? signed(code, type, b) : b;
    if (!zero.isEmpty()) {
      divisor = replaced(code, type, divisor, zero);
    }
    String negated = "";
    if (signed && minusOne && !narrow(type)) {
      // what the least number divided by -1 gives is left open by PTX
      negated = registers.predicate();
      code.add("setp.eq.s" + width, negated, b, "-1");
      divisor = replaced(code, type, divisor, negated);
    }
    String operation = (remainder ? "rem." : "div.") + (signed ? "s" : "u") + width;
    code.add(operation, to, left, divisor);
    if (!negated.isEmpty() && !remainder) {
      code.when(negated, "neg.s" + width, to, a);
    }
    cut(code, type, to);
    if (!zero.isEmpty()) {
      code.when(zero, "mov.b" + width, to, "0");
    }
  }

  /** The divisor, 1 where {@code special} holds. */
  private String replaced(PtxCode code, Type type, String divisor, String special) {
    String safe = wide(type) ? registers.b64() : registers.b32();
    code.add(wide(type) ? "selp.b64" : "selp.b32", safe, "1", divisor, special);
    return safe;
  }

  void compare(PtxCode code, CompareOp op, Type type, String to, String a, String b) {
    if (type == Type.BOOL) {
      code.add("xor.pred", to, a, b);
      if (op == CompareOp.EQ) {
        code.add("not.pred", to, to);
      }
      return;
    }
    boolean signed =
        switch (op) {
          case SLT, SLE, SGT, SGE -> true;
          case EQ, NE, ULT, ULE, UGT, UGE, FEQ, FNE, FLT, FLE, FGT, FGE -> false;
        };
    String left = signed ? signed(code, type, a) : a;
    String right = signed ? signed(code, type, b) : b;
    code.add("setp." + test(op) + "." + compared(type, signed), to, left, right);
  }

  private static String compared(Type type, boolean signed) {
    if (type.isFloat()) {
      return RegisterClass.of(type).type();
    }
    return (signed ? "s" : "u") + (wide(type) ? "64" : "32");
  }

  private static String test(CompareOp op) {
    return switch (op) {
      case EQ, FEQ -> "eq";
      case NE -> "ne";
      // true also where one is NaN
      case FNE -> "neu";
      case SLT, ULT, FLT -> "lt";
      case SLE, ULE, FLE -> "le";
      case SGT, UGT, FGT -> "gt";
      case SGE, UGE, FGE -> "ge";
    };
  }

  void select(PtxCode code, Type type, String to, String condition, String yes, String no) {
    if (type == Type.BOOL) {
      String first = registers.predicate();
      String second = registers.predicate();
      code.add("and.pred", first, condition, yes);
      code.add("not.pred", second, condition);
      code.add("and.pred", second, second, no);
      code.add("or.pred", to, first, second);
      return;
    }
    code.add("selp." + RegisterClass.of(type).type(), to, yes, no, condition);
  }

  /** A register with the value, its NaN made canonical. */
  String canonical(PtxCode code, Type type, String a) {
    String suffix = RegisterClass.of(type).type();
    String nan = registers.predicate();
    String to = registers.fresh(RegisterClass.of(type));
    code.add("setp.nan." + suffix, nan, a, a);
    code.add("selp." + suffix, to, Immediates.nan(type), a, nan);
    return to;
  }

  /** A narrow integer with its sign copied into the upper bits. */
  String signed(PtxCode code, Type type, String a) {
    if (!narrow(type)) {
      return a;
    }
    String extended = registers.b32();
    code.add("bfe.s32", extended, a, "0", Integer.toString(type.bits()));
    return extended;
  }

  /** Clears the bits of a 32-bit register that a narrow integer does not have. */
  void cut(PtxCode code, Type type, String register) {
    if (narrow(type)) {
      code.add("and.b32", register, register, Integer.toString((1 << type.bits()) - 1));
    }
  }

  static boolean narrow(Type type) {
    return type == Type.I8 || type == Type.I16;
  }

  static boolean wide(Type type) {
    return type == Type.I64;
  }
}
