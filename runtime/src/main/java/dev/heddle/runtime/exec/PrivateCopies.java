package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.runtime.run.Reduction;
import dev.heddle.runtime.spi.DeviceBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies of reduced buffers on which one lane works: they start out filled with the operator's
 * identity, and are combined with the original after the run.
 */
final class PrivateCopies implements AutoCloseable {
  private record PrivateCopy(
      BufferUse use, ManagedBuffer original, MemorySegment host, DeviceBuffer memory) {}

  private final Arena arena = Arena.ofShared();
  private final DeviceView view;
  private final List<PrivateCopy> copies = new ArrayList<>();

  PrivateCopies(DeviceView view) {
    this.view = view;
  }

  /** The lane's copy of that buffer, made when first asked for. */
  DeviceBuffer of(BufferUse use, ManagedBuffer original) {
    for (PrivateCopy copy : copies) {
      if (copy.original == original) {
        return copy.memory;
      }
    }
    MemorySegment host = HostMemory.allocate(arena, original.bytes());
    Reduction.fill(use.reduction().orElseThrow(), use.reductionType().orElseThrow(), host);
    DeviceBuffer memory;
    if (view.sharesHostMemory()) {
      memory = view.device().wrap(host);
    } else {
      memory = view.device().allocate(original.bytes());
      view.device().copyIn(host, memory, 0, List.of()).await();
    }
    copies.add(new PrivateCopy(use, original, host, memory));
    return memory;
  }

  /** Whether a failure spoils what the lane did before. */
  boolean spoilt(boolean launched) {
    return launched || view.lost().isPresent();
  }

  /**
   * Combines the originals, which must be valid on the host, with the copies.
   *
   * @param end work-items along the dimension of the split
   * @return bytes copied from the device
   */
  long combine(long end) {
    long bytes = 0;
    for (PrivateCopy copy : copies) {
      if (!view.sharesHostMemory()) {
        view.device().copyOut(copy.memory, 0, copy.host, List.of()).await();
        bytes += copy.host.byteSize();
      }
      for (ByteRange range : copy.use.writes(0, end)) {
        for (long piece = 0; piece < range.count(); piece++) {
          long start = range.start() + piece * range.stride();
          combine(copy, start, start + range.length());
        }
      }
    }
    return bytes;
  }

  private static void combine(PrivateCopy copy, long begin, long end) {
    AtomicOp op = copy.use.reduction().orElseThrow();
    Type type = copy.use.reductionType().orElseThrow();
    Reduction.combine(
        op, type, copy.original.host(begin, end - begin), copy.host.asSlice(begin, end - begin));
    copy.original.writtenOnHost(begin, end);
  }

  @Override
  public void close() {
    if (view.lost().isPresent()) {
      return; // the device may still write there
    }
    copies.forEach(copy -> copy.memory.close());
    arena.close();
  }
}
