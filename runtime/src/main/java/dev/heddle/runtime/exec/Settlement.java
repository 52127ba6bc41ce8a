package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.exec.Differences.Range;
import dev.heddle.runtime.exec.Run.Work;
import dev.heddle.runtime.run.Redundancy;
import dev.heddle.runtime.run.RunException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is right where two replicas differ. A third device decides if it agrees with one of
 * the two; else the reference interpreter, which is what the kernel means, if it can do those units
 * in a few seconds. A device that was wrong is given up.
 */
final class Settlement {
  private final Engine engine;
  private final PreparedLaunch launch;
  private final Bindings bindings;
  private final Differences differences;
  private final Function<List<DeviceView>, Replica> replicas;
  private final Suspects suspects;
  private final List<Redundancy.Dispute> disputes = new ArrayList<>();
  private final Set<DeviceView> liars = new LinkedHashSet<>();
  private @Nullable Replica result;

  /**
   * @param replicas makes a replica for a team, of the inputs as they were
   */
  Settlement(
      Engine engine,
      PreparedLaunch launch,
      Bindings bindings,
      Differences differences,
      Function<List<DeviceView>, Replica> replicas) {
    this.engine = engine;
    this.launch = launch;
    this.bindings = bindings;
    this.differences = differences;
    this.replicas = replicas;
    this.suspects = new Suspects(differences, replicas);
  }

  /**
   * Compares, and has others decide; {@link #result} is right afterwards.
   *
   * @param able those who may decide, the fastest first
   * @return what had to be decided
   * @throws RunException MISMATCH if something could not be; KERNEL_FAULT if it was right to fault
   */
  List<Redundancy.Dispute> settle(Replica first, Replica second, List<DeviceView> able) {
    result = first.faulted() ? second : first;
    boolean oneFaulted = first.faulted() || second.faulted();
    List<Range> open =
        oneFaulted
            ? List.of(differences.whole())
            : differences.between(first::content, second::content);
    if (open.isEmpty()) {
      return List.of();
    }
    requireProven(first, second, open);
    open = byDevices(first, second, open, able);
    open = byReference(first, second, open);
    if (!open.isEmpty()) {
      throw undecided(
          first,
          second,
          open,
          "there is no third device to ask, or it agrees with"
              + " neither, and the reference interpreter would take too long");
    }
    for (DeviceView liar : liars) {
      engine.lose(liar, "it gave wrong bits for " + launch.code().name());
    }
    return disputes;
  }

  /** The replica that is right, once all is settled. */
  Replica result() {
    return java.util.Objects.requireNonNull(result);
  }

  /** Where a kernel may give other bits each time, a difference says nothing about the devices. */
  private void requireProven(Replica first, Replica second, List<Range> open) {
    var reproducibility = launch.facts().reproducibility();
    if (!reproducibility.proven()) {
      throw undecided(
          first,
          second,
          open,
          "the kernel is not proven to give the same bits each time ("
              + String.join("; ", reproducibility.reasons())
              + ")");
    }
  }

  private List<Range> byDevices(
      Replica first, Replica second, List<Range> disputed, List<DeviceView> able) {
    List<Range> open = disputed;
    for (DeviceView view : able) {
      if (open.isEmpty()) {
        break;
      }
      if (view.lost().isEmpty() && !took(first, second, open, view)) {
        open = by(view, first, second, open);
      }
    }
    return open;
  }

  private static boolean took(Replica first, Replica second, List<Range> ranges, DeviceView view) {
    return Stream.concat(first.work().stream(), second.work().stream())
            .anyMatch(
                work ->
                    work.view() == view
                        && ranges.stream().anyMatch(r -> r.overlaps(work.begin(), work.end())))
        || (first.faulted() && first.tried(view))
        || (second.faulted() && second.tried(view));
  }

  /** What is still open after that device has done the launch, too. */
  private List<Range> by(DeviceView view, Replica first, Replica second, List<Range> disputed) {
    try (Replica third = replicas.apply(List.of(view))) {
      third.perform();
      if (third.faulted()) {
        return faulted(view.id(), first, second, disputed);
      }
      if (third.failed()) {
        return disputed;
      }
      List<Range> open = new ArrayList<>();
      for (Range range : disputed) {
        boolean known =
            agrees(first, range, third::content) || agrees(second, range, third::content);
        if (known) {
          decide(range, first, second, view.id(), third::content);
        } else {
          open.add(range);
        }
      }
      return open;
    }
  }

  private boolean agrees(Replica replica, Range range, IntFunction<MemorySegment> truth) {
    return !replica.faulted() && differences.equal(range, replica::content, truth);
  }

  /** The fault was one if two saw it. */
  private List<Range> faulted(String by, Replica first, Replica second, List<Range> disputed) {
    Replica right = first.faulted() ? first : second;
    if (!right.faulted()) {
      return disputed;
    }
    Replica wrong = right == first ? second : first;
    liars.addAll(suspects.among(new LinkedHashSet<>(wrong.views()), differences.whole(), null));
    liars.forEach(liar -> engine.lose(liar, "it saw no fault where " + by + " saw one"));
    throw java.util.Objects.requireNonNull(right.failure());
  }

  private List<Range> byReference(Replica first, Replica second, List<Range> disputed) {
    long units = disputed.stream().mapToLong(range -> range.end() - range.begin()).sum();
    if (disputed.isEmpty()) {
      return disputed;
    }
    try (Reference reference = new Reference(launch, bindings)) {
      if (!reference.feasible(units)) {
        return disputed;
      }
      for (Range range : disputed) {
        if (!reference.interpreted(range.begin(), range.end())) {
          return faulted(Redundancy.REFERENCE, first, second, disputed);
        }
        decide(range, first, second, Redundancy.REFERENCE, reference::content);
      }
    }
    return List.of();
  }

  /** Notes who was wrong, and mends the result. */
  private void decide(
      Range range, Replica first, Replica second, String by, IntFunction<MemorySegment> truth) {
    Set<String> devices = new LinkedHashSet<>();
    Set<DeviceView> wrong = new LinkedHashSet<>();
    for (Replica replica : List.of(first, second)) {
      Stream<DeviceView> views =
          replica.faulted()
              ? replica.views().stream()
              : replica.work().stream()
                  .filter(work -> range.overlaps(work.begin(), work.end()))
                  .map(Work::view);
      views.map(DeviceView::id).forEach(devices::add);
      wrong.addAll(wrong(range, replica, truth));
    }
    disputes.add(
        new Redundancy.Dispute(
            launch.items(range.begin(), range.end()),
            List.copyOf(devices),
            example(range, first, second),
            by,
            wrong.stream().map(DeviceView::id).toList()));
    liars.addAll(wrong);
    for (int parameter : differences.written()) {
      for (ByteRange bytes : differences.bytes(parameter, range)) {
        result().correct(parameter, bytes, truth.apply(parameter));
      }
    }
  }

  /** The devices of a replica that were wrong, of which work that is not apart tells the team. */
  private Set<DeviceView> wrong(Range range, Replica replica, IntFunction<MemorySegment> truth) {
    if (replica.faulted()) {
      return suspects.among(new LinkedHashSet<>(replica.views()), range, truth);
    }
    Set<DeviceView> wrong = new LinkedHashSet<>();
    for (Work work : replica.work()) {
      Range common =
          new Range(Math.max(range.begin(), work.begin()), Math.min(range.end(), work.end()));
      if (range.overlaps(work.begin(), work.end())
          && !differences.equal(common, replica::content, truth)) {
        wrong.add(work.view());
      }
    }
    return differences.apart() ? wrong : suspects.among(wrong, range, truth);
  }

  private String example(Range range, Replica first, Replica second) {
    if (first.faulted() || second.faulted()) {
      Replica faulted = first.faulted() ? first : second;
      return names(faulted, range)
          + " reported a fault: "
          + java.util.Objects.requireNonNull(faulted.failure()).getMessage();
    }
    return differences.example(
        range, names(first, range), first::content, names(second, range), second::content);
  }

  private static String names(Replica replica, Range range) {
    List<String> names =
        replica.work().stream()
            .filter(work -> range.overlaps(work.begin(), work.end()))
            .map(work -> work.view().id())
            .distinct()
            .toList();
    return String.join(
        ",", names.isEmpty() ? replica.views().stream().map(DeviceView::id).toList() : names);
  }

  private RunException undecided(Replica first, Replica second, List<Range> open, String why) {
    long items = 0;
    for (Range range : open) {
      items += launch.items(range.begin(), range.end());
    }
    return new RunException(
        RunException.Kind.MISMATCH,
        "%s: two devices differ on up to %,d of %,d work-items (%s), and it can't be told who is"
                .formatted(
                    launch.code().name(),
                    items,
                    launch.range().items(),
                    example(open.getFirst(), first, second))
            + " right: "
            + why
            + "; the buffers are as they were before");
  }
}
