package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.interp.Bounds;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Compares a run's results with those of the reference interpreter. It copies what the kernel may
 * write before the run; after it, the interpreter runs over the copies, whole or, for a large
 * launch whose chunks are proven to write apart, on a sample of chunks.
 */
public final class Reference implements AutoCloseable {
  /** Operations of work-items that are interpreted at most, a few seconds' worth. */
  private static final double MOST_OPERATIONS = 2e8;

  private static final int MOST_MISMATCHES = 5;

  /** Work-items in a group of a kernel that cannot see its groups. */
  private static final long UNSEEN_GROUP = 256;

  /**
   * What came of it.
   *
   * @param comparable whether anything could be compared
   * @param items work-items interpreted
   * @param bytes compared
   * @param different bytes that differ
   */
  public record Result(
      boolean comparable,
      long items,
      long bytes,
      long different,
      String message,
      List<String> mismatches) {}

  private final Arena arena = Arena.ofShared();
  private final PreparedLaunch launch;
  private final Bindings bindings;
  private final @Nullable MemorySegment[] before;
  private final List<String> mismatches = new ArrayList<>();
  private long bytes;
  private long different;

  /** Copies what the launch may write. */
  public Reference(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    this(engine.prepared(code, range, options, bindings), bindings);
  }

  /** The same for a launch that is prepared. */
  Reference(PreparedLaunch launch, Bindings bindings) {
    this.launch = launch;
    this.bindings = new Bindings(bindings.bits().clone(), bindings.buffers().clone());
    this.before = new MemorySegment[launch.parameters()];
    for (int i = 0; i < before.length; i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      if (buffer != null) {
        before[i] = content(i, buffer);
      }
    }
  }

  private MemorySegment content(int parameter, ManagedBuffer buffer) {
    int first = LaunchKey.firstAlias(bindings.buffers(), parameter);
    MemorySegment known = first < parameter ? before[first] : null;
    if (known != null) {
      return known;
    }
    MemorySegment now = buffer.read();
    if (!writes(buffer)) {
      return now;
    }
    MemorySegment copy = HostMemory.allocate(arena, buffer.bytes());
    copy.copyFrom(now);
    return copy;
  }

  private boolean writes(ManagedBuffer buffer) {
    for (int i = 0; i < launch.parameters(); i++) {
      if (bindings.buffers()[i] == buffer && launch.code().writes(i)) {
        return true;
      }
    }
    return false;
  }

  /** Interprets, and compares with what the buffers hold now. */
  public Result compare() {
    if (launch.options().math() == MathMode.FAST) {
      return refused("fast math has no reference");
    }
    double operations = launch.facts().work().operations() * Math.max(1, launch.range().items());
    if (operations <= MOST_OPERATIONS) {
      return whole();
    }
    if (!launch.splittable() || reduces()) {
      return refused(
          "too large to interpret whole, and its work-groups do not provably write apart");
    }
    return sample(MOST_OPERATIONS / operations);
  }

  /** Whether that many units can be interpreted in a few seconds. */
  boolean feasible(long units) {
    double items = launch.range().items() * ((double) units / launch.units());
    return launch.facts().work().operations() * items <= MOST_OPERATIONS;
  }

  /** Interprets a range of units over the inputs; whether they did without a fault. */
  boolean interpreted(long begin, long end) {
    return interpret(begin, end).faultCount() == 0;
  }

  /** What the interpreter has made of the buffer of a parameter that is written. */
  MemorySegment content(int parameter) {
    MemorySegment content = before[parameter];
    return content == null ? MemorySegment.NULL : content;
  }

  private Result refused(String why) {
    return new Result(false, 0, 0, 0, "not verified: " + why, List.of());
  }

  private boolean reduces() {
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      if (use != null && use.writing() == BufferUse.Writing.REDUCED) {
        return true;
      }
    }
    return false;
  }

  private Result whole() {
    InterpResult result = interpret(0, launch.units());
    if (result.faultCount() > 0) {
      return refused("the reference faults " + result.faultCount() + " times");
    }
    for (int i = 0; i < launch.parameters(); i++) {
      if (compared(i)) {
        compare(i, 0, bytesOf(i));
      }
    }
    return result(launch.range().items(), "");
  }

  /** Whether the buffer of a parameter is to be compared: each written one once. */
  private boolean compared(int parameter) {
    ManagedBuffer buffer = bindings.buffers()[parameter];
    return buffer != null
        && LaunchKey.firstAlias(bindings.buffers(), parameter) == parameter
        && writes(buffer);
  }

  private long bytesOf(int parameter) {
    MemorySegment content = before[parameter];
    return content == null ? 0 : content.byteSize();
  }

  private Result sample(double part) {
    long count = Math.max(1, (long) (launch.units() * part));
    Random random = new Random(launch.units());
    long items = 0;
    for (long n = 0; n < count; n++) {
      // one unit of each of as many equal parts, the first and the last among them
      long begin = launch.units() / count * n;
      long span = Math.max(1, launch.units() / count);
      long unit = n == 0 ? 0 : n == count - 1 ? launch.units() - 1 : begin + random.nextLong(span);
      if (interpret(unit, unit + 1).faultCount() > 0) {
        return refused("the reference faults");
      }
      items += launch.items(unit, unit + 1);
      compareUnit(unit);
    }
    return result(items, " in a sample");
  }

  private void compareUnit(long unit) {
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      if (use == null || bindings.buffers()[i] == null) {
        continue;
      }
      for (ByteRange range : use.writes(launch.item(unit), launch.item(unit + 1))) {
        for (long piece = 0; piece < range.count(); piece++) {
          long start = range.start() + piece * range.stride();
          compare(i, start, start + range.length());
        }
      }
    }
  }

  private Result result(long items, String how) {
    List<String> reasons = launch.facts().reproducibility().reasons();
    if (different > 0 && !launch.facts().reproducibility().proven()) {
      return new Result(
          false,
          items,
          bytes,
          different,
          "not verified: "
              + different
              + " bytes differ from the reference, but the result is not"
              + " proven to be the same each time: "
              + String.join("; ", reasons),
          mismatches);
    }
    String amount = items + " work-items" + how + ", " + bytes + " bytes";
    String message =
        different == 0
            ? "verified: the same bits as the reference (" + amount + ")"
            : "wrong: " + different + " bytes differ from the reference (" + amount + ")";
    return new Result(true, items, bytes, different, message, mismatches);
  }

  private InterpResult interpret(long begin, long end) {
    Launch.Range sizes = launch.sizes();
    boolean free = !launch.code().groupsVisible();
    long[] local = sizes.local().clone();
    if (free && launch.units() == end - begin) {
      local[0] = Math.min(UNSEEN_GROUP, sizes.global()[0]);
    }
    InterpLaunch whole =
        new InterpLaunch(
            sizes.dimensions(),
            sizes.global(),
            sizes.offset(),
            local,
            arguments(),
            java.util.Optional.empty());
    InterpLaunch part = launch.units() == end - begin ? whole : whole.only(groups(begin, end));
    Bounds bounds = launch.options().bounds() == BoundsMode.CLAMP ? Bounds.CLAMP : Bounds.TRAP;
    return Interpreter.run(
        launch.code().function(), part, InterpOptions.DEFAULT.withBounds(bounds));
  }

  /** Linear ids of the groups in a range of units. */
  private long[] groups(long begin, long end) {
    Launch range = launch.launch(begin, end, List.of());
    long[] first = range.groupBegin();
    long[] last = range.groupEnd();
    long across = launch.sizes().groups(0);
    long plane = across * launch.sizes().groups(1);
    List<Long> ids = new ArrayList<>();
    for (long z = first[2]; z < last[2]; z++) {
      for (long y = first[1]; y < last[1]; y++) {
        for (long x = first[0]; x < last[0]; x++) {
          ids.add(z * plane + y * across + x);
        }
      }
    }
    return ids.stream().mapToLong(Long::longValue).toArray();
  }

  private List<InterpLaunch.Argument> arguments() {
    List<InterpLaunch.Argument> arguments = new ArrayList<>();
    SegmentMemory[] memories = new SegmentMemory[before.length];
    for (int i = 0; i < before.length; i++) {
      MemorySegment content = before[i];
      arguments.add(
          switch (launch.code().kind(i)) {
            case INTEGER, FLOAT -> new InterpLaunch.Scalar(bindings.bits()[i]);
            case LOCAL -> new InterpLaunch.Local(bindings.bits()[i]);
            case BUFFER -> {
              if (content == null) {
                yield new InterpLaunch.Null();
              }
              int first = LaunchKey.firstAlias(bindings.buffers(), i);
              memories[i] = first < i ? memories[first] : new SegmentMemory(content);
              yield new InterpLaunch.Buffer(memories[i]);
            }
          });
    }
    return arguments;
  }

  private void compare(int parameter, long begin, long end) {
    ManagedBuffer buffer = bindings.buffers()[parameter];
    MemorySegment expected = before[parameter];
    if (buffer == null || expected == null || begin >= end) {
      return;
    }
    MemorySegment found = buffer.read();
    bytes += end - begin;
    long at = begin;
    while (at < end) {
      long offset = MemorySegment.mismatch(expected, at, end, found, at, end);
      if (offset < 0) {
        return;
      }
      at = note(parameter, at + offset, expected, found);
    }
  }

  /** Notes the element around a byte that differs; gives the byte after it. */
  private long note(int parameter, long at, MemorySegment expected, MemorySegment found) {
    Parameter.Pointer pointer =
        (Parameter.Pointer) launch.code().function().parameters().get(parameter);
    int size = pointer.element().type().bytes();
    long start = at / size * size;
    different += size;
    if (mismatches.size() < MOST_MISMATCHES && start + size <= expected.byteSize()) {
      mismatches.add(
          pointer.name()
              + "["
              + start / size
              + "] is "
              + text(pointer.element(), found, start)
              + ", the reference says "
              + text(pointer.element(), expected, start));
    }
    return start + size;
  }

  /** An element as text, with its bits where they can't be seen from it. */
  static String text(ElementType element, MemorySegment memory, long at) {
    SegmentMemory bytes = new SegmentMemory(memory);
    return switch (element) {
      case BOOL, CHAR, UCHAR -> String.valueOf(bytes.getByte(at));
      case SHORT, USHORT -> String.valueOf(bytes.getShort(at));
      case INT, UINT -> String.valueOf(bytes.getInt(at));
      case LONG, ULONG -> String.valueOf(bytes.getLong(at));
      case HALF -> Float.float16ToFloat(bytes.getShort(at)) + hex(bytes.getShort(at) & 0xFFFFL);
      case FLOAT -> Float.intBitsToFloat(bytes.getInt(at)) + hex(bytes.getInt(at) & 0xFFFFFFFFL);
      case DOUBLE -> Double.longBitsToDouble(bytes.getLong(at)) + hex(bytes.getLong(at));
    };
  }

  private static String hex(long bits) {
    return " (0x" + Long.toHexString(bits) + ")";
  }

  @Override
  public void close() {
    arena.close();
  }
}
