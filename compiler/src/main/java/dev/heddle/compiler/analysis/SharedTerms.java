package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Value;
import java.util.Arrays;
import java.util.Set;

/**
 * Which terms have the same value for two work-items of a work-group that are in the same trips of
 * some loops.
 */
final class SharedTerms {
  private final Uniformity uniformity;
  private final Structure structure;
  private final Values values;

  /**
   * @param uniformity over the work-group
   */
  SharedTerms(Uniformity uniformity, Structure structure, Values values) {
    this.uniformity = uniformity;
    this.structure = structure;
    this.values = values;
  }

  boolean shared(Term term, Set<Integer> sameTrips) {
    return switch (term.kind) {
      case GROUP_ID -> true;
      case GLOBAL_ID, LOCAL_ID -> false;
      case COUNTER -> sameTrips.contains(term.number);
      case QUOTIENT, REMAINDER, MINIMUM, MAXIMUM, PRODUCT ->
          term.operands.stream()
              .allMatch(form -> Arrays.stream(form.terms).allMatch(t -> shared(t, sameTrips)));
      case CHOICE, OPAQUE -> {
        Value value = values.first(term);
        yield value != null
            && uniformity.uniform(value)
            && sameTrips.containsAll(structure.around(value));
      }
    };
  }
}
