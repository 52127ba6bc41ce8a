package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises buffers that a kernel only updates by atomics of one commutative operator, without
 * looking at their results: each device may then work on a copy of its own.
 */
final class Reductions {
  /** Such an update. */
  record Reduction(AtomicOp op, Type type) {}

  private Reductions() {}

  /** The update that all these accesses are; null if they are not all the same. */
  static @Nullable Reduction of(List<Touch> touches) {
    Reduction common = null;
    for (Touch touch : touches) {
      AtomicOp op = touch.atomic();
      if (op == null || touch.resultUsed() || !touch.offset().multipleOf(touch.bytes())) {
        return null;
      }
      Reduction mine = new Reduction(combining(op), touch.access().element());
      boolean fits = touch.root().equals(touches.getFirst().root()) && mine.op().commutative();
      if (!fits || (common != null && !common.equals(mine))) {
        return null;
      }
      common = mine;
    }
    return common;
  }

  /** Subtracting is adding as well. */
  static AtomicOp combining(AtomicOp op) {
    return op == AtomicOp.SUB ? AtomicOp.ADD : op;
  }

  /** Why atomics of a buffer are no such update, if there are any. */
  static Optional<String> objection(List<Touch> touches) {
    Touch atomic = null;
    for (Touch touch : touches) {
      if (touch.atomic() == null) {
        continue;
      }
      if (touch.resultUsed()) {
        return Optional.of("the result of " + describe(touch) + " is used");
      }
      if (!combining(touch.atomic()).commutative()) {
        return Optional.of(describe(touch) + " depends on the order of the work-items");
      }
      if (atomic != null
          && combining(Objects.requireNonNull(atomic.atomic())) != combining(touch.atomic())) {
        return Optional.of(describe(atomic) + " and " + describe(touch) + " cannot be combined");
      }
      atomic = touch;
    }
    if (atomic == null) {
      return Optional.empty();
    }
    for (Touch touch : touches) {
      if (touch.atomic() == null) {
        String what = touch.reads() ? " is read" : " is written";
        return Optional.of(Wording.access(touch) + what + " beside " + describe(atomic));
      }
    }
    return Optional.empty();
  }

  private static String describe(Touch touch) {
    return Wording.operator(java.util.Objects.requireNonNull(touch.atomic()))
        + " on "
        + Wording.access(touch);
  }
}
