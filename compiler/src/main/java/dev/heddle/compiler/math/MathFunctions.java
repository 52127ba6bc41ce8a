package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the sequence of a builtin function. An angle is reduced once for all that is asked of it.
 */
public final class MathFunctions {
  private final IrBuilder builder;
  private final Map<Value, Angles.Angle> angles;

  /** Functions whose ops go to the open region of {@code builder} and those inside it. */
  public MathFunctions(IrBuilder builder) {
    this(builder, new HashMap<>());
  }

  private MathFunctions(IrBuilder builder, Map<Value, Angles.Angle> angles) {
    this.builder = builder;
    this.angles = angles;
  }

  /**
   * Functions for a region inside the present one: they know its angles, it will not know theirs.
   */
  public MathFunctions inside() {
    return new MathFunctions(builder, new HashMap<>(angles));
  }

  /** Adds the sequence to the open region; its result. */
  public Value write(BuiltinOp op, List<Value> operands) {
    Num x = new Num(builder, operands.getFirst());
    Num y = new Num(builder, operands.get(Math.min(1, operands.size() - 1)));
    return result(op, x, y, new Num(builder, operands.getLast())).value();
  }

  private Num result(BuiltinOp op, Num x, Num y, Num last) {
    return switch (op) {
      case EXP -> Exponentials.exp(x);
      case EXP2 -> Exponentials.exp2(x);
      case EXP10 -> Exponentials.exp10(x);
      case EXPM1 -> Exponentials.expm1(x);
      case LOG -> Logarithms.log(x);
      case LOG2 -> Logarithms.log2(x);
      case LOG10 -> Logarithms.log10(x);
      case LOG1P -> Logarithms.log1p(x);
      case SIN -> Trigonometry.sin(x, angle(x));
      case COS -> Trigonometry.cos(angle(x));
      case TAN -> Trigonometry.tan(x, angle(x));
      case SINPI -> Trigonometry.sinpi(x, Angles.reduceTurns(x));
      case COSPI -> Trigonometry.cospi(Angles.reduceTurns(x));
      case TANPI -> Trigonometry.tanpi(x, Angles.reduceTurns(x));
      case ASIN -> Arcs.asin(x);
      case ACOS -> Arcs.acos(x);
      case ATAN -> Arcs.atan(x);
      case ASINPI -> Arcs.asinpi(x);
      case ACOSPI -> Arcs.acospi(x);
      case ATANPI -> Arcs.atanpi(x);
      case SINH -> Hyperbolics.sinh(x);
      case COSH -> Hyperbolics.cosh(x);
      case TANH -> Hyperbolics.tanh(x);
      case ASINH -> Hyperbolics.asinh(x);
      case ACOSH -> Hyperbolics.acosh(x);
      case ATANH -> Hyperbolics.atanh(x);
      case RSQRT -> Roots.rsqrt(x);
      case CBRT -> Roots.cbrt(x);
      case ERF -> ErrorFunctions.erf(x);
      case ERFC -> ErrorFunctions.erfc(x);
      case LGAMMA -> Gamma.lgamma(x);
      case TGAMMA -> Gamma.tgamma(x);
      case POW -> Powers.pow(x, y);
      case POWR -> Powers.powr(x, y);
      case POWN -> Powers.pown(x, y, last);
      case ROOTN -> Powers.rootn(x, y, last);
      case ATAN2 -> Arcs.atan2(x, y);
      case ATAN2PI -> Arcs.atan2pi(x, y);
      case HYPOT -> Roots.hypot(x, y);
      case FMOD -> Remainder.fmod(x, y);
      case REMAINDER -> Remainder.remainder(x, y);
      case REMQUO -> Remainder.quotientBits(x, y);
    };
  }

  private Angles.Angle angle(Num x) {
    Angles.Angle known = angles.get(x.value());
    if (known == null) {
      known = Angles.reduce(x);
      angles.put(x.value(), known);
    }
    return known;
  }
}
