package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.LaunchShape.Argument;
import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.interp.Memory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What the work-groups of a small launch really read and write, group by group. */
final class TracedRun {
  /** The bytes of one buffer parameter that a group touched. */
  record Bytes(BitSet read, BitSet written) {
    Bytes() {
      this(new BitSet(), new BitSet());
    }

    void add(Bytes other) {
      read.or(other.read);
      written.or(other.written);
    }
  }

  /** Memory that notes every byte touched, for whichever group runs. */
  private static final class Traced implements Memory {
    final ArrayMemory bytes;
    final int start;
    final int size;
    Bytes now = new Bytes();

    Traced(ArrayMemory bytes, int start, int size) {
      this.bytes = bytes;
      this.start = start;
      this.size = size;
    }

    private long read(long offset, int width) {
      now.read.set((int) offset, (int) offset + width);
      return start + offset;
    }

    private long write(long offset, int width) {
      now.written.set((int) offset, (int) offset + width);
      return start + offset;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public byte getByte(long offset) {
      return bytes.getByte(read(offset, 1));
    }

    @Override
    public short getShort(long offset) {
      return bytes.getShort(read(offset, 2));
    }

    @Override
    public int getInt(long offset) {
      return bytes.getInt(read(offset, 4));
    }

    @Override
    public long getLong(long offset) {
      return bytes.getLong(read(offset, 8));
    }

    @Override
    public void putByte(long offset, byte value) {
      bytes.putByte(write(offset, 1), value);
    }

    @Override
    public void putShort(long offset, short value) {
      bytes.putShort(write(offset, 2), value);
    }

    @Override
    public void putInt(long offset, int value) {
      bytes.putInt(write(offset, 4), value);
    }

    @Override
    public void putLong(long offset, long value) {
      bytes.putLong(write(offset, 8), value);
    }
  }

  private final Trial trial;
  private final Map<Integer, Traced> buffers = new HashMap<>();
  private final List<Map<Integer, Bytes>> groups = new ArrayList<>();
  private final BitSet faultySites = new BitSet();
  private final InterpLaunch launch;

  /**
   * @param mostInteger buffers hold integers from 0 to this one
   */
  TracedRun(Trial trial, long seed, int mostInteger) {
    this.trial = trial;
    Random random = new Random(seed);
    Map<Integer, ArrayMemory> memories = new HashMap<>();
    List<InterpLaunch.Argument> arguments = new ArrayList<>();
    for (Argument argument : trial.shape().arguments()) {
      arguments.add(bind(argument, arguments.size(), memories, random, mostInteger));
    }
    LaunchShape shape = trial.shape();
    launch =
        new InterpLaunch(
            shape.dimensions(),
            shape.global(),
            shape.offset(),
            shape.local(),
            arguments,
            Optional.empty());
    for (long group = 0; group < launch.groupCount(); group++) {
      run(group);
    }
  }

  private InterpLaunch.Argument bind(
      Argument argument,
      int parameter,
      Map<Integer, ArrayMemory> memories,
      Random random,
      int mostInteger) {
    return switch (argument) {
      case Argument.Scalar scalar -> new InterpLaunch.Scalar(scalar.bits());
      case Argument.Local local -> new InterpLaunch.Local(local.bytes());
      case Argument.Null none -> new InterpLaunch.Null();
      case Argument.Unknown unknown -> throw new IllegalArgumentException("unknown argument");
      case Argument.Buffer buffer -> {
        ArrayMemory memory =
            memories.computeIfAbsent(buffer.memory(), key -> filled(1 << 16, random, mostInteger));
        Traced traced = new Traced(memory, (int) buffer.start(), (int) buffer.bytes());
        buffers.put(parameter, traced);
        yield new InterpLaunch.Buffer(traced);
      }
    };
  }

  private static ArrayMemory filled(int size, Random random, int mostInteger) {
    ArrayMemory memory = new ArrayMemory(size);
    for (int i = 0; i < size; i += 4) {
      memory.putInt(i, random.nextInt(mostInteger + 1));
    }
    return memory;
  }

  private void run(long group) {
    buffers.values().forEach(buffer -> buffer.now = new Bytes());
    InterpResult result =
        Interpreter.run(trial.kernel(), launch.only(group), InterpOptions.DEFAULT);
    result.faults().forEach(fault -> faultySites.set(fault.site()));
    Map<Integer, Bytes> touched = new HashMap<>();
    buffers.forEach((parameter, buffer) -> touched.put(parameter, buffer.now));
    groups.add(touched);
  }

  /** Sites that faulted. */
  BitSet faultySites() {
    return faultySites;
  }

  /** Whether the race detector of the interpreter finds work-items that meet. */
  boolean races() {
    InterpResult result =
        Interpreter.run(trial.kernel(), launch, InterpOptions.DEFAULT.detecting());
    return !result.races().isEmpty();
  }

  /** Number of groups along a dimension. */
  int groups(int dimension) {
    return (int) launch.groupCount(dimension);
  }

  /** What the groups from {@code begin} to {@code end} along a dimension touched of a buffer. */
  Bytes touched(int parameter, int dimension, int begin, int end) {
    Bytes all = new Bytes();
    for (int linear = 0; linear < groups.size(); linear++) {
      int at = coordinate(linear, dimension);
      if (at >= begin && at < end) {
        all.add(groups.get(linear).get(parameter));
      }
    }
    return all;
  }

  private int coordinate(int linear, int dimension) {
    int x = groups(0);
    int y = groups(1);
    return switch (dimension) {
      case 0 -> linear % x;
      case 1 -> linear / x % y;
      default -> linear / x / y;
    };
  }
}
