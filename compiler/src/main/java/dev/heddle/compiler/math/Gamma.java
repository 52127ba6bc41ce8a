package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The gamma function and its logarithm, for single precision too in double precision: they are
 * rare, and their intermediate results need twice the bits of their type.
 *
 * <p>Near its zeros the logarithm in double precision is good to an absolute error of 2^-53 only.
 *
 * <p>Method: Stirling's formula from 8 on, {@code gamma y = e^S, S = (y - 1/2) (log y - 1) + c + w
 * P(w^2), w = 1 / y}; below 8 the recurrence {@code gamma x = gamma (x + 1) / x}, in a loop; and
 * for the logarithm below -8 the reflection.
 */
final class Gamma {
  /** P for y >= 8; absolute error of S 2^-64.5. */
  private static final double[] STIRLING = {
    0x1.5555555555555p-4,
    -0x1.6c16c16c1088bp-9,
    0x1.a01a015cd2f54p-11,
    -0x1.381330c6c4903p-11,
    0x1.b920335e99624p-11,
    -0x1.ee573928f023ep-10,
    0x1.45f9a439dc704p-8
  };

  private static final double LOG2_E = 0x1.71547652b82fep+0;
  private static final double LOG2_E_LOW = 0x1.777d0ffda0d24p-56;
  private static final double LN_2 = 0x1.62e42fefa39efp-1;
  private static final double LN_2_LOW = 0x1.abc9e3b39803fp-56;

  /** {@code log(2 pi / e) / 2}. */
  private static final double C = 0x1.acfe390c97d69p-2;

  private static final double C_LOW = 0x1.3494bc9001442p-56;

  /** {@code log2(2 pi / e) / 2}. */
  private static final double C2 = 0x1.3573fcf6d5af9p-1;

  private static final double C2_LOW = 0x1.0e57879459ce1p-55;

  /** From here on to the left every result vanishes. */
  private static final double LAST = -186;

  /** A factor of the recurrence below -8 is made so much smaller, lest their product overflow. */
  private static final double STEP = 0x1p-7;

  private Gamma() {}

  static Num tgamma(Num x) {
    return x.format().isSingle() ? narrow(tgammaDouble(widen(x))) : tgammaDouble(x);
  }

  static Num lgamma(Num x) {
    return x.format().isSingle() ? narrow(lgammaDouble(widen(x))) : lgammaDouble(x);
  }

  private static Num widen(Num x) {
    return new Num(x.builder(), x.builder().convert(ConvertOp.F_EXTEND, Type.F64, x.value()));
  }

  private static Num narrow(Num x) {
    return new Num(x.builder(), x.builder().convert(ConvertOp.F_TRUNC, Type.F32, x.value()));
  }

  private static Num tgammaDouble(Num x) {
    // what moves to that point keeps its fraction and whether it is odd
    Num turns = x.minus(LAST).times(0.5).truncated();
    Num near = x.lessThan(LAST).select(turns.timesPlus(-2, x), x);
    Recurrence shifted = Recurrence.of(near.greaterThan(172).select(172, near));
    Pair exponent = stirling(shifted.y(), Pair.ordered(x.constant(C2), x.constant(C2_LOW)), false);
    Num power = Exponentials.exp2(exponent.high(), exponent.low());
    Num quotient = power.over(shifted.product().high());
    Num ratio = shifted.product().low().over(shifted.product().high());
    Num mended = quotient.timesPlus(ratio.negated(), quotient);
    Num finite = quotient.abs().lessThan(Double.POSITIVE_INFINITY).select(mended, quotient);
    Num result = scaledDown(finite, shifted.count());
    Condition pole = x.lessThan(0).and(x.rint().equalTo(x));
    Num signed = x.equalTo(0).select(x.constant(1).over(x), result);
    Num right = x.greaterThan(172).select(Double.POSITIVE_INFINITY, signed);
    return pole.or(x.isNan()).select(Double.NaN, right);
  }

  /** {@code x} times the {@code count}-th power of the step, of which the last product rounds. */
  private static Num scaledDown(Num x, Num count) {
    Num half = count.times(0.5).truncated();
    return x.times(powerOfStep(half)).times(powerOfStep(count.minus(half)));
  }

  private static Num powerOfStep(Num count) {
    Format format = count.format();
    Num exponent = count.timesPlus(Math.getExponent(STEP), format.bias());
    return exponent.toInt().shiftLeft(format.fraction()).asNum();
  }

  private static Num lgammaDouble(Num x) {
    Num a = x.abs();
    Condition reflected = x.lessThan(-8);
    Recurrence shifted = Recurrence.of(reflected.select(a, x));
    Pair constant = Pair.ordered(x.constant(C), x.constant(C_LOW));
    Pair stirling = stirling(shifted.y(), constant, true);
    Num sine = Trigonometry.sinpi(x, Angles.reduceTurns(x)).abs();
    // |x sin(pi x)| / pi, what the reflection divides by
    Num across = a.times(sine).times(0x1.45f306dc9c883p-2);
    Num divisor = reflected.select(across, shifted.product().high());
    Num low = reflected.select(0, shifted.product().low());
    Pair log2 = Powers.log2(divisor.abs());
    Pair log = log2.plus(low.over(divisor).times(LOG2_E)).times(pair(x, LN_2, LN_2_LOW));
    Pair main = reflected.select(stirling.negated(), stirling);
    Pair sum = Pair.sum(main.high(), log.high().negated());
    Num result = sum.plus(main.low().minus(log.low())).value();
    double infinity = Double.POSITIVE_INFINITY;
    Num finite = stirling.high().lessThan(infinity).select(result, infinity);
    Condition pole = x.lessThan(0.5).and(x.rint().equalTo(x));
    Num exact = x.equalTo(1).or(x.equalTo(2)).select(0, finite);
    Num right = pole.or(a.equalTo(infinity)).select(infinity, exact);
    return x.isNan().select(Double.NaN, right);
  }

  private static Pair pair(Num like, double high, double low) {
    return new Pair(like.constant(high), like.constant(low));
  }

  /** S, in units of e or of 2. */
  private static Pair stirling(Pair y, Pair constant, boolean natural) {
    Num high = y.high();
    Num inverse = high.constant(1).over(high);
    Pair log = Powers.log2(high).plus(y.low().times(inverse).times(LOG2_E));
    Pair less =
        Pair.ordered(log.high(), high.constant(-LOG2_E)).plus(log.low().minus(LOG2_E_LOW)).normal();
    Num rest = inverse.times(inverse.squared().polynomial(STIRLING));
    Pair slope = natural ? less.times(pair(high, LN_2, LN_2_LOW)) : less;
    Pair product = Pair.sum(high, high.constant(-0.5)).plus(y.low()).times(slope);
    Pair sum = Pair.ordered(product.high(), constant.high());
    Num low = product.low().plus(constant.low());
    return sum.plus(natural ? low.plus(rest) : rest.timesPlus(LOG2_E, low)).normal();
  }

  /**
   * {@code gamma x = gamma y / product}.
   *
   * @param y at least 8
   * @param count of the factors that were made smaller by {@link #STEP}
   */
  private record Recurrence(Pair y, Pair product, Num count) {
    static Recurrence of(Num x) {
      IrBuilder builder = x.builder();
      Condition far = x.lessThan(-8);
      Num factor = far.select(STEP, x.constant(1));
      Num counted = far.select(1, x.constant(0));
      int label = builder.freshLabel();
      List<Num> state = fresh(x);
      builder.open(values(state));
      leaveIf(state.getFirst().lessThan(8).not(), label, state);
      Region body =
          builder.close(new Terminator.Continue(label, values(next(state, factor, counted))));
      List<Num> results = fresh(x);
      List<Num> initial = List.of(x, x.constant(0), x.constant(1), x.constant(0), x.constant(0));
      builder.add(new Op.Loop(values(results), label, values(initial), body, builder.span()));
      return new Recurrence(
          new Pair(results.get(0), results.get(1)),
          new Pair(results.get(2), results.get(3)),
          results.get(4));
    }

    private static List<Num> next(List<Num> state, Num factor, Num counted) {
      Pair y = new Pair(state.get(0), state.get(1));
      Pair product = new Pair(state.get(2), state.get(3));
      Pair smaller = new Pair(y.high().times(factor), y.low().times(factor));
      Pair times = product.times(smaller).normal();
      Pair sum = Pair.sum(y.high(), factor.constant(1));
      Pair above = sum.plus(y.low()).normal();
      Num count = state.get(4).plus(counted);
      return List.of(above.high(), above.low(), times.high(), times.low(), count);
    }

    private static void leaveIf(Condition condition, int label, List<Num> state) {
      IrBuilder builder = condition.builder();
      builder.open(List.of());
      Region leaves = builder.close(new Terminator.Break(label, values(state)));
      builder.open(List.of());
      Region goesOn = builder.close(new Terminator.Yield(List.of()));
      builder.add(new Op.If(List.of(), condition.value(), leaves, goesOn, builder.span()));
    }

    private static List<Num> fresh(Num like) {
      List<Num> fresh = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        fresh.add(new Num(like.builder(), like.builder().fresh(like.format().type())));
      }
      return fresh;
    }

    private static List<Value> values(List<Num> numbers) {
      return numbers.stream().map(Num::value).toList();
    }
  }
}
