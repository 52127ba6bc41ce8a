package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.List;

/**
 * Reduction of angles: {@code x = n pi/2 + r}, |r| a little above pi/4 at most, with pi/2 as the
 * sum of three numbers up to a bound (2^17 and 2^20) and by {@link HugeAngles} beyond it, in a
 * branch that is nearly never taken.
 */
final class Angles {
  private static final double TWO_OVER_PI_SINGLE = 0x1.45f306p-1;
  private static final double TWO_OVER_PI_DOUBLE = 0x1.45f306dc9c883p-1;

  private Angles() {}

  /**
   * An angle as {@code quadrant * pi/2 + r}.
   *
   * @param quadrant only its low two bits count
   */
  record Angle(Int quadrant, Pair r) {
    /** The angle a quarter turn further. */
    Angle turned() {
      return new Angle(quadrant.plus(1), r);
    }
  }

  /** pi/2 rounded to the type. */
  static double halfPi(Format format) {
    return format.pick(0x1.921fb6p+0, 0x1.921fb54442d18p+0);
  }

  /** What {@link #halfPi} lacks. */
  static double halfPiLow(Format format) {
    return format.pick(-0x1.777a5cp-25, 0x1.1a62633145c07p-54);
  }

  private static double halfPiLowest(Format format) {
    return format.pick(-0x1.ee59dap-50, -0x1.f1976b7ed8fbcp-110);
  }

  /** Reduces an angle; the result serves sine, cosine and tangent of it. */
  static Angle reduce(Num x) {
    Format format = x.format();
    Condition huge = x.abs().greaterThan(format.pick(0x1p17, 0x1p20));
    Angle near = reduceNear(x);
    x.builder().open(List.of());
    Angle far = HugeAngles.reduce(x);
    Region farRegion = x.builder().close(handedOver(far));
    x.builder().open(List.of());
    Region nearRegion = x.builder().close(handedOver(near));
    Value quadrant = x.builder().fresh(format.word());
    Value high = x.builder().fresh(format.type());
    Value low = x.builder().fresh(format.type());
    x.builder()
        .add(
            new Op.If(
                List.of(quadrant, high, low),
                huge.value(),
                farRegion,
                nearRegion,
                x.builder().span()));
    Pair r = new Pair(new Num(x.builder(), high), new Num(x.builder(), low));
    return new Angle(new Int(x.builder(), quadrant), r);
  }

  private static Terminator handedOver(Angle angle) {
    Pair r = angle.r();
    return new Terminator.Yield(
        List.of(angle.quadrant().value(), r.high().value(), r.low().value()));
  }

  /**
   * Exact but for the last product: the first remainder has no more bits than fit, and what is
   * taken off it next is either much smaller or cancels.
   */
  private static Angle reduceNear(Num x) {
    Format format = x.format();
    Num shifted = x.timesPlus(format.pick(TWO_OVER_PI_SINGLE, TWO_OVER_PI_DOUBLE), format.magic());
    Num n = shifted.minus(format.magic());
    Num first = n.timesPlus(-halfPi(format), x);
    Num second = n.times(halfPiLow(format));
    Num r = first.minus(second);
    Num lost = first.minus(r).minus(second);
    Num secondLow = n.timesPlus(halfPiLow(format), second.negated());
    Num low = n.timesPlus(-halfPiLowest(format), lost.minus(secondLow));
    return new Angle(shifted.bits(), new Pair(r, low));
  }

  /** Reduces {@code pi x}; exact but for the product with pi. An infinity gives NaN. */
  static Angle reduceTurns(Num x) {
    Format format = x.format();
    // from here on every number is an even integer
    Num large = x.constant(Math.scalb(1.0, format.fraction() + 2));
    Num a = x.abs();
    Condition whole = a.greaterThan(large).and(a.lessThan(Double.POSITIVE_INFINITY));
    Num bounded = whole.select(0, x);
    Num n = bounded.plus(bounded).rint();
    Num rest = n.timesPlus(-0.5, bounded);
    double pi = 2 * halfPi(format);
    Num high = rest.times(pi);
    Num low = rest.timesPlus(2 * halfPiLow(format), rest.timesPlus(pi, high.negated()));
    return new Angle(n.toInt(), new Pair(high, low));
  }
}
