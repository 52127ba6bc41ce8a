package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.List;
import java.util.Optional;

/** How much of a device's memory a launch takes, and how to cut it where that is too much. */
final class Footprint {
  /** Part of a device's memory that buffers may take; drivers need the rest. */
  private static final double USABLE = 0.85;

  /**
   * Bytes from the first to the last that a chunk touches.
   *
   * @param begin and {@code end}: 0 and 0 if it touches none
   */
  record Window(long begin, long end) {
    static final Window EMPTY = new Window(0, 0);

    long bytes() {
      return end - begin;
    }
  }

  /** Where windows begin: what is aligned in the buffer is so in the memory that holds a part. */
  private static final long ALIGNMENT = 256;

  private Footprint() {}

  /** The window of a buffer that a range of units touches. */
  static Window window(PreparedLaunch launch, BufferUse use, long begin, long end) {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (List<ByteRange> ranges :
        List.of(
            use.reads(launch.item(begin), launch.item(end)),
            use.writes(launch.item(begin), launch.item(end)))) {
      for (ByteRange range : ranges) {
        first = Math.min(first, range.start());
        last = Math.max(last, range.end());
      }
    }
    return first >= last ? Window.EMPTY : new Window(first & -ALIGNMENT, last);
  }

  /** Why a view can't hold even the smallest chunk, if so. */
  static Optional<String> refusal(PreparedLaunch launch, DeviceView view) {
    if (most(launch, view) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        "its memory of "
            + (view.info().memoryBytes() >> 20)
            + " MiB, at most "
            + (view.info().maxAllocationBytes() >> 20)
            + " MiB in one buffer, does not hold what the kernel needs");
  }

  /** Most units that a view can take at once; 0 if it can't take any. */
  static long most(PreparedLaunch launch, DeviceView view) {
    if (fits(launch, view.info(), launch.units())) {
      return Long.MAX_VALUE;
    }
    // what is shared is wrapped whole
    if (!launch.splittable() || view.sharesHostMemory()) {
      return 0;
    }
    long fit = 0;
    long tooMuch = launch.units();
    while (tooMuch - fit > 1) {
      long middle = (fit + tooMuch) >>> 1;
      if (fits(launch, view.info(), middle)) {
        fit = middle;
      } else {
        tooMuch = middle;
      }
    }
    return fit;
  }

  private static boolean fits(PreparedLaunch launch, DeviceInfo info, long units) {
    long sum = 0;
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      if (use != null) {
        long bytes = largest(launch, use, units);
        if (bytes > info.maxAllocationBytes()) {
          return false;
        }
        sum += bytes;
      }
    }
    return info.sharesHostMemory() || sum <= info.memoryBytes() * USABLE;
  }

  /** The largest of the windows at the start, in the middle and at the end. */
  private static long largest(PreparedLaunch launch, BufferUse use, long units) {
    long all = launch.units();
    if (units >= all) {
      return window(launch, use, 0, all).bytes();
    }
    long middle = Math.max(0, all / 2 - units / 2);
    return Math.max(
        window(launch, use, 0, Math.min(units, all)).bytes(),
        Math.max(
            window(launch, use, middle, Math.min(middle + units, all)).bytes(),
            window(launch, use, Math.max(0, all - units), all).bytes()));
  }
}
