package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The device itself: memory, copies, events, cancelling, closing. */
@Timeout(60)
class DeviceTest {
  private static final Function INCREMENT =
      Harness.parse(
          """
          kernel increment
            pointer x int 1 %0 buffer &x global 0
          {
            %1:i64 = query global_id 0
            %2:i64 = const 4
            %3:i64 = mul %1, %2
            %4:i32 = load i32 &x[%3] align 4
            %5:i32 = const 1
            %6:i32 = add %4, %5
            store i32 &x[%3] align 4, %6
            return
          }
          """);

  private static final Function ENDLESS =
      Harness.parse(
          """
          kernel endless
            pointer x int 1 %0 buffer &x global 0
          {
            %1:i64 = const 0
            %2:i32 = const 0
            loop 0 (%3:i32) = (%2) {
              %4:i32 = load i32 &x[%1] align 4
              %5:i1 = eq %4, %2
              if %5 {
                yield
              } else {
                break 0
              }
              %6:i32 = xor %3, %4
              continue 0 %6
            }
            return
          }
          """);

  private static Launch launch(long items, Launch.Argument... arguments) {
    Launch.Range range =
        new Launch.Range(
            1, new long[] {items, 1, 1}, new long[3], new long[] {Math.min(items, 64), 1, 1});
    return new Launch(range, new long[3], new long[] {range.groups(0), 1, 1}, List.of(arguments));
  }

  private static Device fresh() {
    Harness.device();
    return new OpenClProvider()
        .probe(dev.heddle.runtime.spi.BackendProvider.ProbeOptions.DEFAULT)
        .devices()
        .getFirst();
  }

  @Test
  void newBuffersAreZero() {
    try (Arena arena = Arena.ofConfined();
        DeviceBuffer buffer = Harness.device().allocate(1001)) {
      MemorySegment host = arena.allocate(1001);
      host.fill((byte) 1);
      Harness.device().copyOut(buffer, 0, host, List.of()).await();
      assertEquals(-1, host.mismatch(arena.allocate(1001)));
    }
  }

  @Test
  void copiesCoverTheirRangesAlone() {
    Device device = Harness.device();
    try (Arena arena = Arena.ofConfined();
        DeviceBuffer buffer = device.allocate(100)) {
      MemorySegment source = arena.allocate(10);
      source.fill((byte) 7);
      Event in = device.copyIn(source, buffer, 33, List.of());
      MemorySegment all = arena.allocate(100);
      device.copyOut(buffer, 0, all, List.of(in)).await();
      for (int i = 0; i < 100; i++) {
        assertEquals(i >= 33 && i < 43 ? 7 : 0, all.get(ValueLayout.JAVA_BYTE, i), "byte " + i);
      }
      MemorySegment part = arena.allocate(5);
      device.copyOut(buffer, 40, part, List.of()).await();
      assertArrayEquals(new byte[] {7, 7, 7, 0, 0}, part.toArray(ValueLayout.JAVA_BYTE));
      MemorySegment heap = MemorySegment.ofArray(new byte[] {1, 2, 3});
      device.copyOut(buffer, 0, part, List.of(device.copyIn(heap, buffer, 1, List.of()))).await();
      assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, part.toArray(ValueLayout.JAVA_BYTE));
      assertTrue(device.copyIn(source.asSlice(0, 0), buffer, 100, List.of()).await() != null);
      assertThrows(
          IndexOutOfBoundsException.class, () -> device.copyIn(source, buffer, 91, List.of()));
      assertThrows(
          IndexOutOfBoundsException.class, () -> device.copyOut(buffer, -1, part, List.of()));
    }
  }

  @Test
  void wrappedMemoryIsTheHostsOwn() {
    Device device = Harness.device();
    org.junit.jupiter.api.Assumptions.assumeTrue(device.info().sharesHostMemory());
    try (Arena arena = Arena.ofShared();
        Executable executable = device.compile(INCREMENT, CompileOptions.DEFAULT)) {
      MemorySegment host = arena.allocate(4000, 64);
      try (DeviceBuffer buffer = device.wrap(host)) {
        Launch.Argument argument = new Launch.Buffer(buffer, 4000, 0);
        Event first = device.launch(executable, launch(1000, argument), List.of());
        device.launch(executable, launch(1000, argument), List.of(first)).await();
      }
      assertEquals(2, host.getAtIndex(ValueLayout.JAVA_INT, 0));
      assertEquals(2, host.getAtIndex(ValueLayout.JAVA_INT, 999));
    }
  }

  @Test
  void aBufferMayHoldAWindowOfItsRoot() {
    Device device = Harness.device();
    try (Arena arena = Arena.ofShared();
        Executable executable = device.compile(INCREMENT, CompileOptions.DEFAULT);
        DeviceBuffer window = device.allocate(64 * 4)) {
      Launch.Range range =
          new Launch.Range(1, new long[] {1024, 1, 1}, new long[3], new long[] {64, 1, 1});
      Launch.Argument argument = new Launch.Buffer(window, 4096, 3 * 256);
      Launch third =
          new Launch(range, new long[] {3, 0, 0}, new long[] {4, 1, 1}, List.of(argument));
      Event done = device.launch(executable, third, List.of());
      assertEquals(List.of(), done.await().faults());
      MemorySegment host = arena.allocate(256);
      device.copyOut(window, 0, host, List.of(done)).await();
      for (int i = 0; i < 64; i++) {
        assertEquals(1, host.getAtIndex(ValueLayout.JAVA_INT, i));
      }
      Launch next =
          new Launch(range, new long[] {4, 0, 0}, new long[] {5, 1, 1}, List.of(argument));
      assertEquals(
          32,
          device.launch(executable, next, List.of()).await().faults().size(),
          "beside the window");
    }
  }

  @Test
  void timesAreOnTheHostsScale() {
    Device device = Harness.device();
    try (Executable executable = device.compile(INCREMENT, CompileOptions.DEFAULT);
        DeviceBuffer buffer = device.allocate(4 << 20)) {
      Launch.Argument argument = new Launch.Buffer(buffer, 4 << 20, 0);
      device.launch(executable, launch(1 << 20, argument), List.of()).await();
      long before = System.nanoTime();
      Event.Completion done =
          device.launch(executable, launch(1 << 20, argument), List.of()).await();
      long after = System.nanoTime();
      long slack = 1_000_000;
      assertTrue(before - slack <= done.startNanos(), "starts after it was issued");
      assertTrue(done.startNanos() < done.endNanos(), "takes time");
      assertTrue(done.endNanos() <= after + slack, "ends before it is seen to end");
    }
  }

  /** An event of some other device. */
  private static final class Foreign implements Event {
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    public boolean done() {
      return latch.getCount() == 0;
    }

    @Override
    public Completion await() {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Completion(0, 0, "foreign", false, List.of());
    }

    @Override
    public void cancel() {}
  }

  @Test
  void actionsFollowEventsOfOtherDevices() throws InterruptedException {
    Device device = Harness.device();
    try (Executable executable = device.compile(INCREMENT, CompileOptions.DEFAULT);
        DeviceBuffer buffer = device.allocate(256)) {
      Foreign gate = new Foreign();
      Event late =
          device.launch(executable, launch(64, new Launch.Buffer(buffer, 256, 0)), List.of(gate));
      Event later =
          device.launch(executable, launch(64, new Launch.Buffer(buffer, 256, 0)), List.of(late));
      Thread.sleep(30);
      assertFalse(late.done());
      assertFalse(later.done());
      gate.latch.countDown();
      later.await();
      assertTrue(late.done());
    }
  }

  @Test
  void whatWaitsCanBeCancelled() {
    Device device = Harness.device();
    try (Executable executable = device.compile(INCREMENT, CompileOptions.DEFAULT);
        DeviceBuffer buffer = device.allocate(256)) {
      Foreign gate = new Foreign();
      Event late =
          device.launch(executable, launch(64, new Launch.Buffer(buffer, 256, 0)), List.of(gate));
      late.cancel();
      gate.latch.countDown();
      assertTrue(late.await().cancelled());
    }
  }

  @Test
  void anEndlessKernelIsStopped() throws InterruptedException {
    Device device = fresh();
    try (Executable executable = device.compile(ENDLESS, CompileOptions.DEFAULT);
        DeviceBuffer buffer = device.allocate(256)) {
      Launch.Argument argument = new Launch.Buffer(buffer, 256, 0);
      Event endless = device.launch(executable, launch(1000, argument), List.of());
      Thread.sleep(300);
      assertFalse(endless.done());
      long start = System.nanoTime();
      endless.cancel();
      assertTrue(endless.await().cancelled());
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1), "within a second");
      try (Executable increment = device.compile(INCREMENT, CompileOptions.DEFAULT)) {
        Event next = device.launch(increment, launch(64, argument), List.of());
        assertFalse(next.await().cancelled(), "the device is still there");
      }
    } finally {
      device.close();
    }
  }

  @Test
  void aLaunchThatHasNotBegunIsCancelled() {
    OpenClDevice shared = Harness.device();
    try (OpenClDevice distant = shared.withoutSharedStatus()) {
      for (OpenClDevice device : List.of(shared, distant)) {
        try (Executable executable = device.compile(ENDLESS, CompileOptions.DEFAULT);
            DeviceBuffer buffer = device.allocate(256)) {
          Launch.Argument argument = new Launch.Buffer(buffer, 256, 0);
          Event first = device.launch(executable, launch(1, argument), List.of());
          Event second = device.launch(executable, launch(1, argument), List.of());
          second.cancel();
          first.cancel();
          assertTrue(first.await().cancelled());
          assertTrue(second.await().cancelled());
        }
      }
    }
  }

  @Test
  void closingEndsWhatRuns() {
    Device device = fresh();
    Executable executable = device.compile(ENDLESS, CompileOptions.DEFAULT);
    DeviceBuffer buffer = device.allocate(256);
    Event endless =
        device.launch(executable, launch(8, new Launch.Buffer(buffer, 256, 0)), List.of());
    device.close();
    device.close();
    assertTrue(endless.await().cancelled());
    buffer.close();
    executable.close();
    assertThrows(IllegalStateException.class, () -> device.allocate(1));
  }

  @Test
  void tooLargeABufferIsRefusedInWords() {
    Device device = Harness.device();
    DeviceException failure =
        assertThrows(DeviceException.class, () -> device.allocate(Long.MAX_VALUE / 2));
    assertSame(DeviceException.Kind.OUT_OF_MEMORY, failure.kind());
    assertTrue(failure.getMessage().contains("opencl:0"), failure.getMessage());
  }

  @Test
  void tooLargeAWorkGroupIsALaunchFailure() {
    Device device = Harness.device();
    Function groups =
        Harness.parse(
            """
            kernel groups
              pointer x long 1 %0 buffer &x global 0
            {
              %1:i64 = query group_id 0
              %2:i64 = const 0
              store i64 &x[%2] align 8, %1
              return
            }
            """);
    try (Executable executable = device.compile(groups, CompileOptions.DEFAULT);
        DeviceBuffer buffer = device.allocate(8)) {
      long local = device.info().maxWorkGroupSize() * 2L;
      Launch.Range range =
          new Launch.Range(1, new long[] {local, 1, 1}, new long[3], new long[] {local, 1, 1});
      Launch launch =
          new Launch(
              range, new long[3], new long[] {1, 1, 1}, List.of(new Launch.Buffer(buffer, 8, 0)));
      Event event = device.launch(executable, launch, List.of());
      DeviceException failure = assertThrows(DeviceException.class, event::await);
      assertSame(DeviceException.Kind.LAUNCH, failure.kind());
      Event after = device.copyOut(buffer, 0, Arena.ofAuto().allocate(8), List.of(event));
      assertThrows(DeviceException.class, after::await, "what follows a failure fails");
    }
  }
}
