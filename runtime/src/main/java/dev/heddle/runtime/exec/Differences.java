package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.ir.Parameter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Compares what two made of the buffers that a launch writes. Where chunks are proven to write
 * apart, it finds the units of work whose results differ; else the launch is one unit.
 */
final class Differences {
  /** More pieces are not told apart. */
  private static final int MOST_RANGES = 256;

  /** Units from {@code begin} to {@code end}. */
  record Range(long begin, long end) {
    boolean overlaps(long otherBegin, long otherEnd) {
      return begin < otherEnd && otherBegin < end;
    }
  }

  private final PreparedLaunch launch;
  private final List<Integer> written = new ArrayList<>();
  private final boolean apart;

  Differences(PreparedLaunch launch, Bindings bindings) {
    this.launch = launch;
    boolean reduces = false;
    for (int i = 0; i < launch.parameters(); i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      BufferUse use = launch.use(i);
      if (buffer != null && use != null && launch.code().writes(i)) {
        reduces |= use.writing() == BufferUse.Writing.REDUCED;
        written.add(i);
      }
    }
    this.apart = launch.splittable() && !reduces;
  }

  /** Whether what a unit wrote can be told from what others did. */
  boolean apart() {
    return apart;
  }

  /** The parameters whose buffers are written; one buffer may be there twice. */
  List<Integer> written() {
    return written;
  }

  /** All units. */
  Range whole() {
    return new Range(0, launch.units());
  }

  /** The units whose results differ, in order; neighbours are joined. */
  List<Range> between(IntFunction<MemorySegment> first, IntFunction<MemorySegment> second) {
    boolean equal = written.stream().allMatch(i -> first.apply(i).mismatch(second.apply(i)) < 0);
    List<Range> found = new ArrayList<>();
    if (!equal) {
      search(whole(), first, second, found);
    }
    // bytes outside of what any chunk is proven to write
    return equal || !found.isEmpty() ? found : List.of(whole());
  }

  private void search(
      Range range,
      IntFunction<MemorySegment> first,
      IntFunction<MemorySegment> second,
      List<Range> found) {
    if (equal(range, first, second)) {
      return;
    }
    if (!apart || range.end() - range.begin() == 1 || found.size() >= MOST_RANGES) {
      add(found, range);
      return;
    }
    long middle = (range.begin() + range.end()) >>> 1;
    search(new Range(range.begin(), middle), first, second, found);
    search(new Range(middle, range.end()), first, second, found);
  }

  private static void add(List<Range> found, Range range) {
    boolean joins = !found.isEmpty() && found.getLast().end() == range.begin();
    if (joins) {
      found.set(found.size() - 1, new Range(found.getLast().begin(), range.end()));
    } else {
      found.add(range);
    }
  }

  /** Whether two agree on what the units of a range wrote. */
  boolean equal(Range range, IntFunction<MemorySegment> first, IntFunction<MemorySegment> second) {
    return mismatch(range, first, second) == null;
  }

  /** A byte of a parameter's buffer. */
  private record Place(int parameter, long offset) {}

  private @org.jspecify.annotations.Nullable Place mismatch(
      Range range, IntFunction<MemorySegment> first, IntFunction<MemorySegment> second) {
    for (int parameter : written) {
      MemorySegment a = first.apply(parameter);
      MemorySegment b = second.apply(parameter);
      for (ByteRange bytes : bytes(parameter, range)) {
        for (long piece = 0; piece < bytes.count(); piece++) {
          long start = bytes.start() + piece * bytes.stride();
          long end = Math.min(a.byteSize(), start + bytes.length());
          long offset = start >= end ? -1 : MemorySegment.mismatch(a, start, end, b, start, end);
          if (offset >= 0) {
            return new Place(parameter, start + offset);
          }
        }
      }
    }
    return null;
  }

  /** The bytes of a parameter's buffer that the units of a range write. */
  List<ByteRange> bytes(int parameter, Range range) {
    BufferUse use = launch.use(parameter);
    return use == null
        ? List.of()
        : use.writes(launch.item(range.begin()), launch.item(range.end()));
  }

  /** The first element that differs, as each has it. */
  String example(
      Range range,
      String firstName,
      IntFunction<MemorySegment> first,
      String secondName,
      IntFunction<MemorySegment> second) {
    Place place = mismatch(range, first, second);
    if (place == null) {
      return "one saw a fault, the other did not";
    }
    Parameter.Pointer pointer =
        (Parameter.Pointer) launch.code().function().parameters().get(place.parameter());
    int size = pointer.element().type().bytes();
    long start = place.offset() / size * size;
    return pointer.name()
        + "["
        + start / size
        + "] is "
        + Reference.text(pointer.element(), first.apply(place.parameter()), start)
        + " on "
        + firstName
        + " and "
        + Reference.text(pointer.element(), second.apply(place.parameter()), start)
        + " on "
        + secondName;
  }
}
