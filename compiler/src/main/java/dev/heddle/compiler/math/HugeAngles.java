package dev.heddle.compiler.math;

import java.math.BigInteger;

/**
 * Reduction of angles of any size to {@code quadrant * pi/2 + r}, after Payne and Hanek.
 *
 * <p>With {@code x = M 2^s} only a window of the bits of {@code 2/pi} matters: those before it
 * contribute multiples of four quadrants, those behind it less than the result's last bit. The
 * window starts at the bit of weight 2 in the product; it is three words long, and of the product
 * with M the two leading words are kept: the quadrant in the two highest bits, then the fraction.
 */
final class HugeAngles {
  /** The first 1280 bits of {@code 2/pi} behind the binary point. */
  private static final BigInteger TWO_OVER_PI =
      new BigInteger(
          "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561"
              + "b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484"
              + "e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f"
              + "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b"
              + "3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
          16);

  private static final int BITS = 1280;

  private HugeAngles() {}

  /** Reduces a number beyond the bound of the ordinary reduction; infinity and NaN give NaN. */
  static Angles.Angle reduce(Num x) {
    Format format = x.format();
    int width = format.bits();
    int fraction = format.fraction();
    Int bits = x.bits();
    Int mantissa = bits.and((1L << fraction) - 1).or(1L << fraction);
    Int exponent = bits.shiftRight(fraction).and((1L << (width - 1 - fraction)) - 1);
    // the window starts at the bit that has weight 2 in the product, counted from one word of zeros
    Int start = exponent.minus(format.bias() + fraction + 2 - width);
    Int first = start.shiftRight(Integer.numberOfTrailingZeros(width));
    Int offset = start.and(width - 1);
    Int[] words = words(first, format);
    Int high = shifted(words[0], words[1], offset, width);
    Int middle = shifted(words[1], words[2], offset, width);
    Int low = shifted(words[2], words[3], offset, width);

    Int second = mantissa.times(middle);
    Int lower = second.plus(mantissa.timesHigh(low));
    Condition carried = lower.lessThanUnsigned(second);
    Int upper = mantissa.times(high).plus(mantissa.timesHigh(middle));
    upper = upper.plus(carried.select(upper.constant(1), upper.constant(0)));

    Int turned = upper.shiftLeft(2).or(lower.shiftRight(width - 2));
    Int roundUp = turned.shiftRight(width - 1);
    Int quadrant = upper.shiftRight(width - 2).plus(roundUp);
    Num part = turned.toNum();
    Num rest = turned.minus(part.toInt()).toNum().plus(tail(lower.shiftLeft(2), width));
    double halfPi = Math.scalb(Angles.halfPi(format), -width);
    double halfPiLow = Math.scalb(Angles.halfPiLow(format), -width);
    Num less = part.timesPlus(halfPiLow, rest.times(halfPi));
    Num r = part.timesPlus(halfPi, less);
    Num lost = part.timesPlus(halfPi, r.negated()).plus(less);
    Condition negative = bits.isNegative();
    Int signedQuadrant = negative.select(quadrant.constant(0).minus(quadrant), quadrant);
    Condition finite = x.abs().lessThan(Double.POSITIVE_INFINITY);
    Num signed = finite.select(r.signFlippedBy(x), Double.NaN);
    return new Angles.Angle(signedQuadrant, new Pair(signed, lost.signFlippedBy(x)));
  }

  private static Num tail(Int word, int width) {
    return word.toNumUnsigned().times(Math.scalb(1.0, -width));
  }

  /** The word that starts {@code offset} bits into {@code high}. */
  private static Int shifted(Int high, Int low, Int offset, int width) {
    Int rest = offset.constant(width - 1).minus(offset);
    return high.shiftLeft(offset).or(low.shiftRight(1).shiftRight(rest));
  }

  /** The four words of a word of zeros and {@code 2/pi}, from number {@code first} on. */
  private static Int[] words(Int first, Format format) {
    int last = largestFirst(format);
    Int[] words = new Int[4];
    for (int k = 0; k < 4; k++) {
      words[k] = first.constant(word(last + k, format.bits()));
      for (int i = last - 1; i >= 0; i--) {
        words[k] = first.equalTo(i).select(first.constant(word(i + k, format.bits())), words[k]);
      }
    }
    return words;
  }

  private static int largestFirst(Format format) {
    int largestExponent = 2 * format.bias();
    int start = largestExponent - (format.bias() + format.fraction() + 2 - format.bits());
    return start / format.bits();
  }

  private static long word(int index, int width) {
    return index == 0 ? 0 : TWO_OVER_PI.shiftRight(BITS - index * width).longValue();
  }
}
