package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.Bounds;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrParser;
import dev.heddle.compiler.verify.Verifier;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs kernels on the first OpenCL device and in the interpreter, on equal arguments. */
final class Harness {
  private static final BackendProvider.Probe PROBE =
      new OpenClProvider().probe(BackendProvider.ProbeOptions.DEFAULT);

  private Harness() {}

  static OpenClDevice device() {
    assumeFalse(PROBE.devices().isEmpty(), () -> "no OpenCL device: " + PROBE.notes());
    return (OpenClDevice) PROBE.devices().getFirst();
  }

  /** The first kernel of a text in the IR's textual form. */
  static Function parse(String text) {
    Function kernel = IrParser.parse(text).kernels().getFirst();
    Verifier.verify(kernel);
    return kernel;
  }

  /** An argument: its content is copied for each run. */
  sealed interface Argument {}

  record Buffer(byte[] content) implements Argument {}

  record Scalar(long bits) implements Argument {}

  record Local(long bytes) implements Argument {}

  record Null() implements Argument {}

  static Argument zeros(int bytes) {
    return new Buffer(new byte[bytes]);
  }

  /** An NDRange with its arguments. */
  record Case(
      Function kernel, long[] global, long[] offset, long[] local, List<Argument> arguments) {
    static Case of(Function kernel, long global, long local, Argument... arguments) {
      return new Case(
          kernel, new long[] {global}, new long[1], new long[] {local}, List.of(arguments));
    }

    static Case of(Function kernel, long[] global, long[] local, Argument... arguments) {
      return new Case(kernel, global, new long[global.length], local, List.of(arguments));
    }

    Launch.Range range() {
      return new Launch.Range(
          global.length, extended(global, 1), extended(offset, 0), extended(local, 1));
    }
  }

  private static long[] extended(long[] given, long filler) {
    long[] all = {filler, filler, filler};
    System.arraycopy(given, 0, all, 0, given.length);
    return all;
  }

  /** The buffers' bytes afterwards, in the order of the arguments, and the faults. */
  record Outcome(List<byte[]> buffers, List<Fault> faults) {}

  static Outcome interpret(Case test, CompileOptions options) {
    List<InterpLaunch.Argument> arguments = new ArrayList<>();
    List<byte[]> buffers = new ArrayList<>();
    for (Argument argument : test.arguments()) {
      arguments.add(
          switch (argument) {
            case Buffer buffer -> {
              byte[] copy = buffer.content().clone();
              buffers.add(copy);
              yield new InterpLaunch.Buffer(new ArrayMemory(copy));
            }
            case Scalar scalar -> new InterpLaunch.Scalar(scalar.bits());
            case Local local -> new InterpLaunch.Local(local.bytes());
            case Null none -> new InterpLaunch.Null();
          });
    }
    Bounds bounds = Bounds.valueOf(options.bounds().name());
    InterpResult result =
        Interpreter.run(
            test.kernel(),
            new InterpLaunch(
                test.global().length,
                test.global(),
                test.offset(),
                test.local(),
                arguments,
                java.util.Optional.empty()),
            InterpOptions.DEFAULT.withBounds(bounds));
    List<Fault> faults =
        result.faults().stream()
            .map(
                f ->
                    new Fault(
                        f.site(), f.offset(), f.size(), f.item().x(), f.item().y(), f.item().z()))
            .toList();
    return new Outcome(buffers, faults);
  }

  /** A range of work-groups. */
  record Chunk(long[] begin, long[] end) {}

  /** Runs all groups in one launch. */
  static Outcome run(Device device, Case test, CompileOptions options) {
    Launch.Range range = test.range();
    long[] end = {range.groups(0), range.groups(1), range.groups(2)};
    return run(device, test, options, List.of(new Chunk(new long[3], end)));
  }

  /** Runs the given ranges of groups, each a first and an end, one launch each. */
  static Outcome run(Device device, Case test, CompileOptions options, List<Chunk> chunks) {
    try (Executable executable = device.compile(test.kernel(), options)) {
      return run(device, executable, test, chunks);
    }
  }

  static Outcome run(Device device, Executable executable, Case test, List<Chunk> chunks) {
    try (Arena arena = Arena.ofShared()) {
      List<Launch.Argument> arguments = new ArrayList<>();
      List<DeviceBuffer> buffers = new ArrayList<>();
      List<Event> before = new ArrayList<>();
      for (Argument argument : test.arguments()) {
        arguments.add(
            switch (argument) {
              case Buffer buffer -> {
                DeviceBuffer memory = device.allocate(buffer.content().length);
                buffers.add(memory);
                before.add(device.copyIn(native_(arena, buffer.content()), memory, 0, List.of()));
                yield new Launch.Buffer(memory, buffer.content().length, 0);
              }
              case Scalar scalar -> new Launch.Scalar(scalar.bits());
              case Local local -> new Launch.Local(local.bytes());
              case Null none -> new Launch.Null();
            });
      }
      List<Event> launches = new ArrayList<>();
      for (Chunk chunk : chunks) {
        Launch launch = new Launch(test.range(), chunk.begin(), chunk.end(), arguments);
        launches.add(device.launch(executable, launch, before));
      }
      List<byte[]> contents = new ArrayList<>();
      for (DeviceBuffer buffer : buffers) {
        MemorySegment host =
            arena.allocate(Math.max(1, buffer.bytes()), 64).asSlice(0, buffer.bytes());
        device.copyOut(buffer, 0, host, launches).await();
        contents.add(host.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        buffer.close();
      }
      List<Fault> faults = new ArrayList<>();
      launches.forEach(launch -> faults.addAll(launch.await().faults()));
      return new Outcome(contents, faults);
    }
  }

  private static MemorySegment native_(Arena arena, byte[] content) {
    MemorySegment segment =
        arena.allocate(Math.max(1, content.length), 64).asSlice(0, content.length);
    return segment.copyFrom(MemorySegment.ofArray(content));
  }

  /** Asserts that device and interpreter leave the same bytes and find the same faults. */
  static void agree(Case test, CompileOptions options) {
    Outcome expected = interpret(test, options);
    Outcome actual = run(device(), test, options);
    assertSame(expected, actual, test.kernel().name());
    assertEquals(lowest(expected.faults()), lowest(actual.faults()), "lowest faulting work-item");
  }

  static void agree(Case test) {
    agree(test, CompileOptions.DEFAULT);
  }

  private static List<Fault> lowest(List<Fault> faults) {
    return faults.stream().sorted(StatusBuffer.BY_ITEM).limit(1).toList();
  }

  static void assertSame(Outcome expected, Outcome actual, String what) {
    assertEquals(expected.buffers().size(), actual.buffers().size());
    for (int i = 0; i < expected.buffers().size(); i++) {
      byte[] want = expected.buffers().get(i);
      byte[] have = actual.buffers().get(i);
      int at = Arrays.mismatch(want, have);
      assertArrayEquals(want, have, what + ", buffer " + i + ", first difference at byte " + at);
    }
  }
}
