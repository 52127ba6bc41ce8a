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
  private final Map<Value, Trigonometry.Angle> angles;

  /** Functions whose ops go to the open region of {@code builder} and those inside it. */
  public MathFunctions(IrBuilder builder) {
    this(builder, new HashMap<>());
  }

  private MathFunctions(IrBuilder builder, Map<Value, Trigonometry.Angle> angles) {
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
    return result(op, x, new Num(builder, operands.getLast())).value();
  }

  private Num result(BuiltinOp op, Num x, Num last) {
    return switch (op) {
      case EXP -> Exponentials.exp(x);
      case EXP2 -> Exponentials.exp2(x);
      case EXP10 -> Exponentials.exp10(x);
      case EXPM1 -> Exponentials.expm1(x);
      case LOG -> Logarithms.log(x);
      case LOG2 -> Logarithms.log2(x);
      case LOG10 -> Logarithms.log10(x);
      case LOG1P -> Logarithms.log1p(x);
      case POW -> Logarithms.pow(x, last);
      case SIN -> Trigonometry.sin(x, angle(x));
      case COS -> Trigonometry.cos(angle(x));
      case TAN -> Trigonometry.tan(x, angle(x));
      case ASIN -> Trigonometry.asin(x);
      case ACOS -> Trigonometry.acos(x);
      case ATAN -> Trigonometry.atan(x);
      case ATAN2 -> Trigonometry.atan2(x, last);
      case SINH -> Exponentials.sinh(x);
      case COSH -> Exponentials.cosh(x);
      case TANH -> Exponentials.tanh(x);
      case RSQRT -> Roots.rsqrt(x);
      case CBRT -> Roots.cbrt(x);
      case HYPOT -> Roots.hypot(x, last);
      case ERF -> ErrorFunctions.erf(x);
      case ERFC -> ErrorFunctions.erfc(x);
      case FMOD -> Remainder.fmod(x, last);
    };
  }

  private Trigonometry.Angle angle(Num x) {
    Trigonometry.Angle known = angles.get(x.value());
    if (known == null) {
      known = Trigonometry.reduce(x);
      angles.put(x.value(), known);
    }
    return known;
  }
}
