package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.Type;
import org.jspecify.annotations.Nullable;

/** The math functions that the processor has itself, for single precision and not exact. */
final class NativeMath {
  private static final String LOG2_E = "0f3FB8AA3B";
  private static final String LN_2 = "0f3F317218";

  /** Writes the instructions of one function. */
  private interface Form {
    void print(PtxCode code, Registers registers, String to, String a);
  }

  private final Registers registers;

  NativeMath(Registers registers) {
    this.registers = registers;
  }

  static boolean has(BuiltinOp op, Type type) {
    return type == Type.F32 && form(op) != null;
  }

  void print(PtxCode code, BuiltinOp op, String to, String a) {
    Form form = form(op);
    if (form == null) {
      throw new IllegalArgumentException("no processor has " + op.text() + " itself");
    }
    form.print(code, registers, to, a);
  }

  /** How the function is written; null if no processor has it. */
  private static @Nullable Form form(BuiltinOp op) {
    return switch (op) {
      case EXP ->
          (code, registers, to, a) -> {
            String scaled = registers.fresh(RegisterClass.F32);
            code.add("mul.f32", scaled, a, LOG2_E);
            code.add("ex2.approx.f32", to, scaled);
          };
      case EXP2 -> (code, registers, to, a) -> code.add("ex2.approx.f32", to, a);
      case LOG ->
          (code, registers, to, a) -> {
            code.add("lg2.approx.f32", to, a);
            code.add("mul.f32", to, to, LN_2);
          };
      case LOG2 -> (code, registers, to, a) -> code.add("lg2.approx.f32", to, a);
      case SIN, COS, RSQRT, TANH ->
          (code, registers, to, a) -> code.add(op.text() + ".approx.f32", to, a);
      case EXP10,
          EXPM1,
          LOG10,
          LOG1P,
          POW,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          CBRT,
          HYPOT,
          ERF,
          ERFC,
          FMOD,
          SINPI,
          COSPI,
          TANPI,
          ASINPI,
          ACOSPI,
          ATANPI,
          ATAN2PI,
          ASINH,
          ACOSH,
          ATANH,
          POWR,
          POWN,
          ROOTN,
          REMAINDER,
          REMQUO,
          LGAMMA,
          TGAMMA ->
          null;
    };
  }
}
