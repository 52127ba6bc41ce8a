package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Conflicts.Place;
import dev.heddle.compiler.analysis.LaunchFacts.Reproducibility;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for work-items that may meet in a byte, one of them writing, without an order between them:
 * then the result may depend on the order of execution.
 */
final class RaceCheck {
  private static final int MOST_REASONS = 3;

  /** How the work-items of one group go together. */
  private record GroupOrder(SharedTerms shared, Phases local, Phases global) {}

  private final Function kernel;
  private final LaunchShape shape;
  private final Walker walker;
  private final Certifier certifier;
  private @Nullable GroupOrder groupOrder;
  private final List<String> reasons = new ArrayList<>();

  RaceCheck(Function kernel, LaunchShape shape, Walker walker, Certifier certifier) {
    this.kernel = kernel;
    this.shape = shape;
    this.walker = walker;
    this.certifier = certifier;
  }

  /** Found when first asked for: most kernels are judged without it. */
  private GroupOrder groupOrder() {
    GroupOrder order = groupOrder;
    if (order == null) {
      Uniformity uniformity = Uniformity.ofGroup(kernel);
      order =
          new GroupOrder(
              walker.sharedTerms(uniformity),
              new Phases(kernel.body(), uniformity, Op.Barrier::local),
              new Phases(kernel.body(), uniformity, Op.Barrier::global));
      groupOrder = order;
    }
    return order;
  }

  Reproducibility check() {
    for (List<Touch> touches : certifier.memories().values()) {
      checkAll(touches, false);
    }
    Map<Root, List<Touch>> local = new LinkedHashMap<>();
    for (Touch touch : walker.touches()) {
      if (touch.root().space() == AddressSpace.LOCAL) {
        local.computeIfAbsent(touch.root(), root -> new ArrayList<>()).add(touch);
      }
    }
    local.values().forEach(touches -> checkAll(touches, true));
    return new Reproducibility(reasons.isEmpty(), reasons.stream().distinct().toList());
  }

  private void checkAll(List<Touch> touches, boolean local) {
    for (int i = 0; i < touches.size(); i++) {
      for (int j = 0; j <= i && reasons.size() < MOST_REASONS; j++) {
        Touch first = touches.get(i);
        Touch second = touches.get(j);
        if ((first.writes() || second.writes()) && !commute(first, second)) {
          checkPair(first, second, local);
        }
      }
    }
  }

  /** Whether the order of two atomics does not matter. */
  private static boolean commute(Touch first, Touch second) {
    AtomicOp a = first.atomic();
    AtomicOp b = second.atomic();
    return a != null
        && b != null
        && !first.resultUsed()
        && !second.resultUsed()
        && Reductions.combining(a) == Reductions.combining(b)
        && Reductions.combining(a).commutative()
        && first.access().element() == second.access().element();
  }

  private void checkPair(Touch first, Touch second, boolean local) {
    if (shape.clamps() && !(first.proven() && second.proven())) {
      reasons.add(
          Wording.access(first.proven() ? second : first)
              + " may be out of bounds, and clamping moves it onto other work-items' places");
      return;
    }
    for (int d = 0; d < shape.dimensions(); d++) {
      if (shape.global()[d] != 1 && meet(first, second, d, local)) {
        reasons.add(describe(first, second));
        return;
      }
    }
  }

  private boolean meet(Touch first, Touch second, int dimension, boolean local) {
    if (local) {
      return meetInGroup(
          place(first), place(second), first, second, dimension, groupOrder().local());
    }
    Conflicts conflicts = certifier.conflicts();
    Place a = certifier.place(first);
    Place b = certifier.place(second);
    if (conflicts.meet(a, b, dimension, false) == null) {
      return false;
    }
    // barriers order the work-items of one group
    return conflicts.meet(a, b, dimension, true) != null
        || meetInGroup(a, b, first, second, dimension, groupOrder().global());
  }

  private boolean meetInGroup(
      Place a, Place b, Touch first, Touch second, int dimension, Phases phases) {
    return phases.meetings(first.op(), second.op()).stream()
        .anyMatch(
            trips ->
                certifier
                        .conflicts()
                        .meetInGroup(
                            a, b, dimension, term -> groupOrder().shared().shared(term, trips))
                    != null);
  }

  private static Place place(Touch touch) {
    return new Place(touch.offset(), touch.box(), touch.facts(), touch.bytes());
  }

  private static String describe(Touch first, Touch second) {
    if (first.atomic() != null || second.atomic() != null) {
      Touch atomic = first.atomic() != null ? first : second;
      return "the order of the atomics on " + Wording.access(atomic) + " may show";
    }
    if (first == second) {
      return Wording.access(first) + " is not proven to be a different place in every work-item";
    }
    return Wording.access(first)
        + " and "
        + Wording.access(second)
        + " are not proven to be different places in different work-items";
  }
}
