package dev.heddle.testkit.fuzz;

import dev.heddle.backend.cuda.PtxRun;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What runs random kernels. */
interface FuzzTarget {
  String name();

  FuzzCase.Outcome run(FuzzCase test);

  /** The printed PTX in the PTX interpreter, blocks and threads in an order of their own. */
  record Ptx(int capability) implements FuzzTarget {
    @Override
    public String name() {
      return "ptx";
    }

    @Override
    public FuzzCase.Outcome run(FuzzCase test) {
      List<byte[]> buffers = test.buffers();
      PtxRun run = PtxRun.of(test.kernel(), test.options(), capability);
      List<byte[]> places =
          Arrays.asList(
              null, null, buffers.get(0), buffers.get(1), buffers.get(2), null, buffers.get(3));
      int faults =
          run.run(
              PtxRun.Shape.linear(FuzzCase.ITEMS, FuzzCase.LOCAL),
              FuzzCase.arguments(buffers),
              places,
              test.seed() + 1);
      return new FuzzCase.Outcome(buffers, faults > 0);
    }
  }

  /**
   * A device, in one launch. It is made as often as asked and the last one counts, so that code can
   * be tried which the JVM compiles only after the first.
   */
  record OnDevice(String name, Device device, int launches) implements FuzzTarget {
    @Override
    public FuzzCase.Outcome run(FuzzCase test) {
      try (Executable executable = device.compile(test.kernel(), test.options())) {
        for (int launch = 1; launch < launches; launch++) {
          launch(executable, test);
        }
        return launch(executable, test);
      }
    }

    private FuzzCase.Outcome launch(Executable executable, FuzzCase test) {
      try (Arena arena = Arena.ofShared()) {
        List<DeviceBuffer> memory = new ArrayList<>();
        List<Event> copies = new ArrayList<>();
        for (byte[] content : test.buffers()) {
          DeviceBuffer buffer = device.allocate(content.length);
          MemorySegment host = arena.allocate(content.length, 64);
          host.copyFrom(MemorySegment.ofArray(content));
          copies.add(device.copyIn(host, buffer, 0, List.of()));
          memory.add(buffer);
        }
        Event launch = device.launch(executable, launch(memory), copies);
        List<byte[]> contents = new ArrayList<>();
        for (DeviceBuffer buffer : memory) {
          MemorySegment host = arena.allocate(buffer.bytes(), 64);
          device.copyOut(buffer, 0, host, List.of(launch)).await();
          contents.add(host.toArray(ValueLayout.JAVA_BYTE));
        }
        boolean faulted = !launch.await().faults().isEmpty();
        memory.forEach(DeviceBuffer::close);
        return new FuzzCase.Outcome(contents, faulted);
      }
    }

    private static Launch launch(List<DeviceBuffer> memory) {
      List<Launch.Argument> arguments = new ArrayList<>();
      arguments.add(new Launch.Scalar(FuzzCase.N));
      arguments.add(new Launch.Scalar(Float.floatToRawIntBits(FuzzCase.A) & 0xFFFFFFFFL));
      memory.forEach(buffer -> arguments.add(new Launch.Buffer(buffer, buffer.bytes(), 0)));
      arguments.add(5, new Launch.Local(4 * FuzzCase.LOCAL));
      Launch.Range range =
          new Launch.Range(
              1, new long[] {FuzzCase.ITEMS, 1, 1}, new long[3], new long[] {FuzzCase.LOCAL, 1, 1});
      return new Launch(
          range, new long[3], new long[] {FuzzCase.ITEMS / FuzzCase.LOCAL, 1, 1}, arguments);
    }
  }
}
