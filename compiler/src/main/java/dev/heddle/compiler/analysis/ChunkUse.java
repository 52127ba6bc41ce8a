package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How chunks along one dimension use one buffer, from the accesses that the walk noted. */
final class ChunkUse implements BufferUse {
  private final int parameter;
  private final String name;
  private final long bytes;
  private final List<Touch> reads = new ArrayList<>();
  private final List<Touch> writes = new ArrayList<>();
  private final boolean written;
  private final Reductions.@Nullable Reduction reduction;
  private final Terms terms;
  private final int dimension;
  private final Reading reading;
  private final Writing writing;

  /**
   * @param written whether anything writes into the piece of memory that the buffer lies in
   */
  ChunkUse(
      int parameter,
      String name,
      long bytes,
      List<Touch> touches,
      boolean written,
      Reductions.@Nullable Reduction reduction,
      Terms terms,
      int dimension) {
    this.parameter = parameter;
    this.name = name;
    this.bytes = bytes;
    this.written = written;
    this.reduction = reduction;
    this.terms = terms;
    this.dimension = dimension;
    if (reduction == null) {
      touches.stream().filter(Touch::reads).forEach(reads::add);
      touches.stream().filter(Touch::writes).forEach(writes::add);
      writes.removeIf(touch -> touch.coveredByAny(writes));
    }
    reading = reads.isEmpty() ? Reading.NONE : wholly() ? Reading.WHOLE : Reading.RANGE;
    writing = howWritten();
  }

  /** Whether even the smallest chunk may read everything. */
  private boolean wholly() {
    long size = terms.shape().global()[dimension];
    if (size == LaunchShape.UNKNOWN) {
      return reads.stream().anyMatch(touch -> !dependsOnChunk(touch.offset()));
    }
    List<ByteRange> least = reads(0, 1);
    return size > 1 && least.equals(List.of(ByteRange.of(0, Math.max(bytes, 1))));
  }

  private boolean dependsOnChunk(Form form) {
    for (Term term : form.terms) {
      boolean mine = term.isId() && term.number == dimension;
      if (mine || term.operands.stream().anyMatch(this::dependsOnChunk)) {
        return true;
      }
    }
    return false;
  }

  private Writing howWritten() {
    if (reduction != null) {
      return Writing.REDUCED;
    }
    if (writes.isEmpty()) {
      return Writing.NONE;
    }
    return writes.stream().allMatch(touch -> touch.exact() && touch.kind() == Touch.Kind.WRITE)
        ? Writing.EXACT
        : Writing.MAYBE;
  }

  @Override
  public int parameter() {
    return parameter;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public Writing writing() {
    return writing;
  }

  @Override
  public Optional<AtomicOp> reduction() {
    return Optional.ofNullable(reduction).map(Reductions.Reduction::op);
  }

  @Override
  public Optional<Type> reductionType() {
    return Optional.ofNullable(reduction).map(Reductions.Reduction::type);
  }

  @Override
  public List<ByteRange> reads(long begin, long end) {
    return ranges(reads, !written, begin, end);
  }

  @Override
  public List<ByteRange> writes(long begin, long end) {
    return ranges(writes, false, begin, end);
  }

  private List<ByteRange> ranges(List<Touch> touches, boolean coarse, long begin, long end) {
    Footprint footprint = new Footprint(terms, bytes, coarse);
    if (begin < end) {
      for (Touch touch : touches) {
        footprint.add(touch, Footprint.chunk(terms, touch.box(), dimension, begin, end));
      }
    }
    return footprint.ranges();
  }

  /** What is worth knowing of this buffer, in a sentence; empty if nothing is. */
  String note() {
    if (reduction != null) {
      return name
          + " is updated by "
          + Wording.operator(reduction.op())
          + " alone: each device gets a copy of its own, combined after";
    }
    String read =
        switch (reading) {
          case NONE -> "";
          case WHOLE -> name + " is read whole by every chunk";
          case RANGE -> "";
        };
    String maybe =
        writing == Writing.MAYBE
            ? name + " is written under a condition: its old content is copied in first"
            : "";
    return read.isEmpty() || maybe.isEmpty() ? read + maybe : read + "; " + maybe;
  }

  /** Different bytes that the whole launch touches. */
  long footprint() {
    long size = terms.shape().global()[dimension];
    if (reduction != null || bytes >= Long.MAX_VALUE >> 2) {
      return reduction != null ? bytes : 0;
    }
    if (size == LaunchShape.UNKNOWN || size == 0) {
      return 0;
    }
    return sum(reads(0, size)) + sum(writes(0, size));
  }

  private static long sum(List<ByteRange> ranges) {
    return ranges.stream().mapToLong(ByteRange::bytes).sum();
  }
}
