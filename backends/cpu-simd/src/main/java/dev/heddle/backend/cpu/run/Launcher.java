package dev.heddle.backend.cpu.run;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Starts launches and copies. What is short runs on the thread that waits for it, when it does:
 * waiting for another thread would take longer than the work.
 */
public final class Launcher implements AutoCloseable {
  /** Work-items of a work-group at most. */
  public static final int MAX_GROUP = 4096;

  private static final double SHORT_NANOS = 50_000;

  /** So long short work takes on a busy machine. */
  private static final double MAYBE_SHORT_NANOS = 200_000;

  /** Assumed time per work-item before a kernel has run. */
  private static final double UNKNOWN_ITEM_NANOS = 50;

  private static final double LEAST_CHUNK_NANOS = 20_000;
  private static final double MOST_CHUNK_NANOS = 2_000_000;
  private static final int CHUNKS_PER_SEAT = 32;
  private static final long SHORT_COPY = 256 << 10;

  private final Workers workers;
  private final Blocks blocks = new Blocks(16 << 10);
  private final Blocks controls = new Blocks(64);

  /**
   * @param threads how many threads may work at once, the caller's included
   */
  public Launcher(int threads) {
    workers = new Workers(threads);
  }

  public Event launch(CpuExecutable executable, Launch launch, List<Event> after) {
    boolean byGroups = executable.scalar().program().byGroups();
    if (byGroups) {
      checkGroup(launch);
    }
    long items = items(launch);
    double itemNanos = executable.tiers().leaderItemNanos();
    double nanos = items * (itemNanos > 0 ? itemNanos : UNKNOWN_ITEM_NANOS);
    double least = items * executable.tiers().leastItemNanos();
    boolean brief =
        nanos <= SHORT_NANOS || least > 0 && least <= SHORT_NANOS && nanos <= MAYBE_SHORT_NANOS;
    long perChunk = brief ? Long.MAX_VALUE : Math.max(1, (long) (items * chunkShare(nanos)));
    Grid grid =
        byGroups
            ? Grid.Groups.of(launch, Math.max(1, perChunk / groupItems(launch)))
            : Grid.Rows.of(launch, perChunk);
    int seats = brief ? 1 : workers.threads();
    LaunchJob job = new LaunchJob(executable, launch, grid, seats, after, blocks, controls);
    return start(job, brief || seats == 1);
  }

  /** What part of the whole a chunk is. */
  private double chunkShare(double nanos) {
    double chunk = nanos / (workers.threads() * CHUNKS_PER_SEAT);
    return Math.clamp(chunk, LEAST_CHUNK_NANOS, MOST_CHUNK_NANOS) / nanos;
  }

  private static void checkGroup(Launch launch) {
    if (groupItems(launch) > MAX_GROUP) {
      throw new DeviceException(
          DeviceException.Kind.LAUNCH,
          "cpu: a work-group of " + groupItems(launch) + " work-items; at most " + MAX_GROUP);
    }
  }

  private static long groupItems(Launch launch) {
    long items = 1;
    for (long size : launch.range().local()) {
      items = Math.multiplyExact(items, size);
    }
    return items;
  }

  private static long items(Launch launch) {
    long items = 1;
    for (int d = 0; d < 3; d++) {
      long local = launch.range().local()[d];
      long end = Math.min(launch.groupEnd()[d] * local, launch.range().global()[d]);
      items *= Math.max(0, end - launch.groupBegin()[d] * local);
    }
    return items;
  }

  /** Copies; both sides have the same size. */
  public Event copy(MemorySegment from, MemorySegment to, HostBuffer buffer, List<Event> after) {
    return start(
        new CopyJob(from, to, buffer, workers.threads(), after), to.byteSize() <= SHORT_COPY);
  }

  private Event start(Job job, boolean brief) {
    if (!job.after().stream().allMatch(Event::done)) {
      workers.submitAfter(job);
    } else if (job.chunks() == 0) {
      job.help();
    } else if (!brief) {
      workers.submit(job);
    }
    return job;
  }

  @Override
  public void close() {
    workers.close();
    blocks.close();
    controls.close();
  }
}
