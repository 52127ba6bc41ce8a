package dev.heddle.runtime.exec;

import dev.heddle.runtime.exec.Differences.Range;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which of the devices that made a wrong result together was wrong: each does the launch
 * again, alone. If all are right now, one of them is wrong now and then, and all stay suspects.
 */
final class Suspects {
  private final Differences differences;
  private final Function<List<DeviceView>, Replica> replicas;

  /**
   * @param replicas makes a replica for a team, of the inputs as they were
   */
  Suspects(Differences differences, Function<List<DeviceView>, Replica> replicas) {
    this.differences = differences;
    this.replicas = replicas;
  }

  /**
   * Those of a team that are wrong again.
   *
   * @param truth what the buffers hold that the launch writes; null if it is right to fault
   */
  Set<DeviceView> among(
      Set<DeviceView> team, Range range, @Nullable IntFunction<MemorySegment> truth) {
    if (team.size() < 2) {
      return team;
    }
    Set<DeviceView> found = new LinkedHashSet<>();
    for (DeviceView view : team) {
      try (Replica alone = replicas.apply(List.of(view))) {
        alone.perform();
        if (!alone.failed() && wrong(alone, range, truth)) {
          found.add(view);
        }
      }
    }
    return found.isEmpty() ? team : found;
  }

  private boolean wrong(Replica alone, Range range, @Nullable IntFunction<MemorySegment> truth) {
    return truth == null || alone.faulted()
        ? alone.faulted() != (truth == null)
        : !differences.equal(range, alone::content, truth);
  }
}
