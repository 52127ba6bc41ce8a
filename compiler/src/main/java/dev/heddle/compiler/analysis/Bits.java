package dev.heddle.compiler.analysis;

/** Which bits of a number that is not negative may be set. */
final class Bits {
  private Bits() {}

  /** A mask of the bits that may be set in a form, all of whose values are 0 or more. */
  static long possible(Form form, Context context) {
    long mask = form.constant;
    boolean apart = form.constant >= 0;
    for (int i = 0; i < form.terms.length && apart; i++) {
      Interval range = context.range(form.terms[i]);
      long coefficient = form.coefficients[i];
      apart = range.lo() >= 0 && coefficient > 0;
      long part = apart ? spread(coefficient, Interval.multiply(coefficient, range.hi())) : 0;
      // parts that share no bit are added without a carry
      apart &= (mask & part) == 0;
      mask |= part;
    }
    return apart ? mask : below(context.range(form).hi());
  }

  /** The bits from the lowest one of the coefficient to the highest one of the largest product. */
  private static long spread(long coefficient, long most) {
    return below(most) & -Long.lowestOneBit(coefficient);
  }

  /** All bits up to the highest one of {@code most}. */
  static long below(long most) {
    return most <= 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(most);
  }
}
