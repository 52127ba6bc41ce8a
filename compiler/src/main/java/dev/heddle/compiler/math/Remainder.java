package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import java.util.List;

/**
 * The remainder of a division that is rounded toward zero, which is always representable.
 *
 * <p>Method: while the rest is not below the divisor b, take off a multiple of {@code b 2^k} with a
 * k such that the quotient has few bits; a quotient that was rounded up is mended by adding it
 * again. Each trip takes all but 20 (49 in double precision) bits off the exponents' difference or
 * ends.
 */
final class Remainder {
  private Remainder() {}

  static Num fmod(Num x, Num y) {
    IrBuilder builder = x.builder();
    Condition defined = x.abs().lessThan(Double.POSITIVE_INFINITY).and(y.abs().greaterThan(0));
    Num a = defined.select(x.abs(), 0);
    Num b = defined.select(y.abs(), 1);

    int label = builder.freshLabel();
    Num rest = new Num(builder, builder.fresh(x.format().type()));
    builder.open(List.of(rest.value()));
    builder.open(List.of());
    Region done = builder.close(new Terminator.Break(label, List.of(rest.value())));
    builder.open(List.of());
    Region goesOn = builder.close(new Terminator.Yield(List.of()));
    Condition below = rest.lessThan(b);
    builder.add(new Op.If(List.of(), below.value(), done, goesOn, builder.span()));
    Num next = trip(rest, b);
    Region body = builder.close(new Terminator.Continue(label, List.of(next.value())));
    Num result = new Num(builder, builder.fresh(x.format().type()));
    builder.add(
        new Op.Loop(List.of(result.value()), label, List.of(a.value()), body, builder.span()));
    return defined.select(result.signFlippedBy(x), Double.NaN);
  }

  static Num remainder(Num x, Num y) {
    return nearest(x, y, 1).remainder();
  }

  /** The last seven bits of the quotient rounded to nearest, with its sign, as a whole number. */
  static Num quotientBits(Num x, Num y) {
    return nearest(x, y, 7).quotient();
  }

  private record Division(Num remainder, Num quotient) {}

  /**
   * Division with the quotient rounded to nearest, halves to even: the remainder after 2^bits of
   * the divisor, then one binary digit of the quotient after the other. Each difference is exact.
   */
  private static Division nearest(Num x, Num y, int bits) {
    Format format = x.format();
    Num b = y.abs();
    // multiples of a large divisor would overflow; a dividend that then underflows is below its
    // half
    Condition large = b.greaterThan(Math.scalb(1.0, format.bias() - bits));
    Num down = large.select(Math.scalb(1.0, -bits - 1), x.constant(1));
    Num divisor = b.times(down);
    Num rest = fmod(x.abs().times(down), divisor.times(1 << bits));
    Num quotient = x.constant(0);
    for (int i = bits - 1; i >= 0; i--) {
      Num multiple = divisor.times(1 << i);
      Condition fits = rest.lessThan(multiple).not();
      rest = fits.select(rest.minus(multiple), rest);
      quotient = fits.select(quotient.plus(1 << i), quotient);
    }
    Num half = quotient.times(0.5);
    Num twice = rest.plus(rest);
    Condition odd = half.rint().equalTo(half).not();
    Condition up = twice.greaterThan(divisor).or(twice.equalTo(divisor).and(odd));
    rest = up.select(rest.minus(divisor), rest);
    quotient = up.select(quotient.plus(1), quotient);
    quotient = quotient.equalTo(1 << bits).select(0, quotient);
    Num remainder =
        x.abs()
            .plus(x.abs())
            .lessThan(b)
            .select(x.abs(), rest.times(large.select(1 << bits + 1, x.constant(1))));
    return finished(x, y, remainder, quotient);
  }

  private static Division finished(Num x, Num y, Num remainder, Num quotient) {
    Condition small = x.abs().plus(x.abs()).lessThan(y.abs());
    Num whole = small.or(remainder.isNan()).select(0, quotient);
    return new Division(remainder.signFlippedBy(x), whole.signFlippedBy(x).signFlippedBy(y));
  }

  private static Num trip(Num rest, Num b) {
    Format format = rest.format();
    double step = Math.scalb(1.0, format.bias() - 1);
    Num base = raised(rest, raised(rest, b, step), step);
    Int exponentMask = rest.constant(Double.POSITIVE_INFINITY).bits();
    Num power = rest.over(base).bits().and(exponentMask).asNum();
    Num lowered = power.times(format.pick(0x1p-20, 0x1p-49));
    Num divisor = base.times(lowered.lessThan(1).select(1, lowered));
    Num quotient = rest.over(divisor).truncated();
    Num difference = quotient.negated().timesPlus(divisor, rest);
    return difference.lessThan(0).select(difference.plus(divisor), difference);
  }

  /** The divisor times a power of two, where the quotient would be infinite without. */
  private static Num raised(Num rest, Num divisor, double step) {
    Condition infinite = rest.over(divisor).equalTo(Double.POSITIVE_INFINITY);
    return infinite.select(divisor.times(step), divisor);
  }
}
