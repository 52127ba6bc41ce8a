package dev.heddle.spark.plan;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Part;
import dev.heddle.spark.plan.Chain.ChainedLaunch;
import dev.heddle.spark.task.JobSpec;
import dev.heddle.spark.task.JobSpec.Combining;
import dev.heddle.spark.task.Span;
import dev.heddle.spark.task.Spans;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each partition of a job does, needs and gives.
 *
 * @param parts one for each partition
 * @param layouts for each slot where its bytes are after the job; null where the job does not write
 *     it, or where all parts' copies are combined
 * @param reductions for each slot how the copies are combined; null where they are not
 */
public record JobPlan(
    List<JobSpec.Part> parts,
    List<@Nullable Layout> layouts,
    List<@Nullable Combining> reductions) {

  /**
   * Plans a job.
   *
   * @param bytes the size of each slot
   * @param cuts the work-items of each part, along the dimension of the split
   */
  public static JobPlan of(Chain chain, long[] bytes, List<Part> cuts) {
    return new Maker(chain, bytes, cuts).make();
  }

  /** What each part needs of a slot. */
  public List<List<Span>> needs(int slot) {
    return parts.stream().map(part -> part.windows().get(slot).needs()).toList();
  }

  private static final class Maker {
    private final Chain chain;
    private final long[] bytes;
    private final List<Part> cuts;
    private final List<@Nullable Layout> layouts = new ArrayList<>();
    private final List<@Nullable Combining> reductions = new ArrayList<>();

    Maker(Chain chain, long[] bytes, List<Part> cuts) {
      this.chain = chain;
      this.bytes = bytes;
      this.cuts = cuts;
    }

    JobPlan make() {
      for (int slot = 0; slot < bytes.length; slot++) {
        Combining reduction = chain.launches().getLast().reduction(slot);
        reductions.add(reduction);
        layouts.add(reduction == null ? layout(slot) : null);
      }
      List<JobSpec.Part> parts = new ArrayList<>();
      for (int number = 0; number < cuts.size(); number++) {
        parts.add(part(number));
      }
      return new JobPlan(parts, layouts, reductions);
    }

    private @Nullable Layout layout(int slot) {
      ChainedLaunch last = null;
      for (ChainedLaunch launch : chain.launches()) {
        last = launch.written(slot) ? launch : last;
      }
      if (last == null) {
        return null;
      }
      List<List<Span>> writes = new ArrayList<>();
      for (Part part : cuts) {
        writes.add(last.writes(slot, part));
      }
      return Layout.byWrites(writes, bytes[slot]);
    }

    private JobSpec.Part part(int number) {
      List<Part> ranges = chain.ranges(cuts.get(number), bytes.length);
      List<JobSpec.Window> windows = new ArrayList<>();
      for (int slot = 0; slot < bytes.length; slot++) {
        windows.add(window(number, slot, ranges));
      }
      List<JobSpec.Step> steps = new ArrayList<>();
      for (int step = 0; step < ranges.size(); step++) {
        int launch = chain.launches().get(step).launch();
        Part range = ranges.get(step);
        steps.add(
            chain.cut().splittable()
                ? new JobSpec.Step(launch, range.begin(), range.end())
                : new JobSpec.Step(launch, -1, -1));
      }
      return new JobSpec.Part(windows, steps);
    }

    private JobSpec.Window window(int number, int slot, List<Part> ranges) {
      if (reductions.get(slot) != null) {
        List<Span> whole = Spans.normal(List.of(new Span(0, bytes[slot])));
        return new JobSpec.Window(0, bytes[slot], List.of(), whole);
      }
      Layout layout = layouts.get(slot);
      List<Span> owned = layout == null ? List.of() : layout.owned().get(number);
      List<Span> needs = List.of();
      List<Span> made = List.of();
      List<Span> touched = owned;
      for (int step = 0; step < ranges.size(); step++) {
        ChainedLaunch launch = chain.launches().get(step);
        Part range = ranges.get(step);
        if (launch.uses(slot)) {
          needs = Spans.union(needs, Spans.difference(launch.reads(slot, range), made));
          made = Spans.union(made, launch.surelyWrites(slot, range));
          touched = Spans.union(touched, launch.writes(slot, range));
        }
      }
      needs = Spans.union(needs, Spans.difference(owned, made));
      touched = Spans.union(touched, needs);
      if (touched.isEmpty()) {
        return new JobSpec.Window(0, 0, List.of(), List.of());
      }
      long start = touched.getFirst().begin();
      start -= start % Session.WINDOW_ALIGNMENT;
      return new JobSpec.Window(start, touched.getLast().end() - start, needs, owned);
    }
  }
}
