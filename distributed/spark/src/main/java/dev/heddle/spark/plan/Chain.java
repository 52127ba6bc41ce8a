package dev.heddle.spark.plan;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.Part;
import dev.heddle.spark.task.JobSpec.Argument;
import dev.heddle.spark.task.JobSpec.Combining;
import dev.heddle.spark.task.Span;
import dev.heddle.spark.task.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Launches that every part does one after the other without asking its neighbours in between: one
 * launch, or several steps of an iteration. In the earlier steps a part goes further than its own
 * work-items, by what the later ones read of its neighbours' results; so it computes some of their
 * work over again, with the same bits.
 *
 * @param launches one for each step, cut alike
 */
public record Chain(List<ChainedLaunch> launches) {
  public Chain {
    launches = List.copyOf(launches);
  }

  /**
   * A step.
   *
   * @param launch its number in the job
   * @param arguments which slot is bound to which parameter
   */
  public record ChainedLaunch(int launch, Cut cut, List<Argument> arguments) {
    public ChainedLaunch {
      arguments = List.copyOf(arguments);
    }

    private interface Ranges {
      List<dev.heddle.compiler.analysis.ByteRange> of(BufferUse use);
    }

    /** The bytes of a slot that work-items read, or leave as they were where they may write. */
    List<Span> reads(int slot, Part part) {
      List<Span> reads = spans(slot, use -> use.reads(part.begin(), part.end()));
      List<Span> kept =
          spans(
              slot,
              use ->
                  use.writing() == BufferUse.Writing.MAYBE
                      ? use.writes(part.begin(), part.end())
                      : List.of());
      return Spans.union(reads, kept);
    }

    /** The bytes of a slot that work-items write, or may write. */
    List<Span> writes(int slot, Part part) {
      return spans(slot, use -> use.writes(part.begin(), part.end()));
    }

    /** The bytes of a slot that work-items surely write. */
    List<Span> surelyWrites(int slot, Part part) {
      return spans(
          slot,
          use ->
              use.writing() == BufferUse.Writing.EXACT
                  ? use.writes(part.begin(), part.end())
                  : List.of());
    }

    private List<Span> spans(int slot, Ranges ranges) {
      List<Span> spans = List.of();
      for (int i = 0; i < arguments.size(); i++) {
        Optional<BufferUse> use = cut.uses().get(i);
        if (binds(i, slot) && use.isPresent()) {
          spans = Spans.union(spans, Spans.of(use.get().name(), ranges.of(use.get())));
        }
      }
      return spans;
    }

    private boolean binds(int parameter, int slot) {
      return arguments.get(parameter) instanceof Argument.Buffer buffer && buffer.slot() == slot;
    }

    boolean uses(int slot) {
      return arguments.stream()
          .anyMatch(argument -> argument instanceof Argument.Buffer b && b.slot() == slot);
    }

    /** Whether anything writes into the slot. */
    boolean written(int slot) {
      return anyUse(slot, use -> use.writing() != BufferUse.Writing.NONE);
    }

    private boolean anyUse(int slot, java.util.function.Predicate<BufferUse> test) {
      for (int i = 0; i < arguments.size(); i++) {
        if (binds(i, slot) && cut.uses().get(i).filter(test).isPresent()) {
          return true;
        }
      }
      return false;
    }

    /** How copies of the slot are combined; null if parts do not work on copies. */
    @Nullable Combining reduction(int slot) {
      for (int i = 0; i < arguments.size(); i++) {
        Optional<BufferUse> use = cut.uses().get(i);
        if (binds(i, slot) && use.isPresent() && use.get().writing() == BufferUse.Writing.REDUCED) {
          return new Combining(
              use.get().reduction().orElseThrow(), use.get().reductionType().orElseThrow());
        }
      }
      return null;
    }

    Part whole() {
      return new Part(0, cut.extent());
    }
  }

  public Cut cut() {
    return launches.getFirst().cut();
  }

  /** Whether the steps may follow each other without an exchange. */
  public static boolean chainable(List<ChainedLaunch> launches, int slots) {
    for (int slot = 0; slot < slots; slot++) {
      List<Span> written = null;
      for (ChainedLaunch launch : launches) {
        if (!launch.cut().splittable() || launch.reduction(slot) != null) {
          return false;
        }
        if (launch.written(slot)) {
          List<Span> now = launch.writes(slot, launch.whole());
          if (written != null && !written.equals(now)) {
            return false;
          }
          written = now;
        }
      }
    }
    return true;
  }

  /**
   * What a part does in each step: its own work-items in the last, and in each earlier one also
   * those whose results the next one reads.
   */
  List<Part> ranges(Part part, int slots) {
    List<Part> ranges = new ArrayList<>();
    ranges.add(part);
    long reach = 0;
    for (int step = launches.size() - 1; step > 0; step--) {
      ChainedLaunch before = launches.get(step - 1);
      ChainedLaunch after = launches.get(step);
      Part range = ranges.getFirst();
      if (!suffices(before, after, slots, range, reach)) {
        reach = reach(before, after, slots, range);
      }
      ranges.addFirst(widened(range, reach, cut()));
    }
    return ranges;
  }

  /**
   * By how many work-items along the dimension of the split a part reaches into its neighbours'
   * results of the step before; 0 for a chain of one step.
   */
  public long reach(Part part, int slots) {
    return launches.size() == 1 ? 0 : reach(launches.get(0), launches.get(1), slots, part);
  }

  private static long reach(ChainedLaunch before, ChainedLaunch after, int slots, Part part) {
    long granule = after.cut().granule();
    long most = Math.ceilDiv(after.cut().extent(), granule);
    if (suffices(before, after, slots, part, 0)) {
      return 0;
    }
    long low = 0;
    long high = 1;
    while (high < most && !suffices(before, after, slots, part, high * granule)) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (suffices(before, after, slots, part, middle * granule)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high * granule;
  }

  /** Whether a part reads nothing that work-items further away than {@code reach} wrote before. */
  private static boolean suffices(
      ChainedLaunch before, ChainedLaunch after, int slots, Part part, long reach) {
    Part wide = widened(part, reach, after.cut());
    for (int slot = 0; slot < slots; slot++) {
      if (!before.written(slot)) {
        continue;
      }
      List<Span> reads = after.reads(slot, part);
      List<Span> beyond =
          Spans.union(
              before.writes(slot, new Part(0, wide.begin())),
              before.writes(slot, new Part(wide.end(), after.cut().extent())));
      if (Spans.meet(reads, beyond)) {
        return false;
      }
    }
    return true;
  }

  /** The work-items of a part, and so many more on either side, as far as there are any. */
  static Part widened(Part part, long by, Cut cut) {
    long begin = Math.max(0, part.begin() - by);
    long end = part.end() > cut.extent() - by ? cut.extent() : part.end() + by;
    return new Part(begin, Math.max(begin, end));
  }
}
