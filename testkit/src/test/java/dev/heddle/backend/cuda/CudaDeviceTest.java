package dev.heddle.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.spi.Launch;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.ProbeCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device on a driver whose processor interprets PTX. */
class CudaDeviceTest {
  private final FakeGpu gpu = FakeGpu.small();
  private final FakeDriver driver = new FakeDriver(7, gpu);
  private final CudaDevice device =
      new CudaDevice(
          driver,
          new CudaDeviceFacts(0, "cuda:0", "fake", driver.facts(0)),
          new BinaryCache(Optional.empty()));
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    device.close();
    arena.close();
    assertEquals(List.of(), driver.violations());
  }

  private static Function kernel(String source) {
    SourceFile file = new SourceFile("test.cl", source);
    return Pipeline.prepareAll(OpenClCompiler.compile(List.of(file), FrontendOptions.DEFAULT), true)
        .getFirst();
  }

  private static final String TWICE =
      "kernel void twice(global const int *a, global int *b) {"
          + " size_t i = get_global_id(0); b[i] = 2 * a[i]; }";

  private MemorySegment ints(int count) {
    MemorySegment memory = arena.allocate(4L * count, 64);
    for (int i = 0; i < count; i++) {
      memory.setAtIndex(ValueLayout.JAVA_INT, i, i);
    }
    return memory;
  }

  private static Launch launch(int items, int local, List<Launch.Argument> arguments) {
    Launch.Range range =
        new Launch.Range(1, new long[] {items, 1, 1}, new long[3], new long[] {local, 1, 1});
    return new Launch(range, new long[3], new long[] {range.groups(0), 1, 1}, arguments);
  }

  private static Launch.Buffer whole(DeviceBuffer buffer) {
    return new Launch.Buffer(buffer, buffer.bytes(), 0);
  }

  private int[] read(DeviceBuffer buffer, Event after) {
    MemorySegment to = arena.allocate(buffer.bytes(), 64);
    device.copyOut(buffer, 0, to, List.of(after)).await();
    return to.toArray(ValueLayout.JAVA_INT);
  }

  @Test
  void copiesInRunsAndCopiesOut() {
    int count = 3000;
    try (Executable twice = device.compile(kernel(TWICE), CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(4 * count);
        DeviceBuffer b = device.allocate(4 * count)) {
      Event in = device.copyIn(ints(count), a, 0, List.of());
      Event run = device.launch(twice, launch(count, 64, List.of(whole(a), whole(b))), List.of(in));
      int[] result = read(b, run);
      for (int i = 0; i < count; i++) {
        assertEquals(2 * i, result[i]);
      }
      Event.Completion completion = run.await();
      assertEquals(List.of(), completion.faults());
      assertTrue(completion.endNanos() >= completion.startNanos());
    }
  }

  @Test
  void copiesOfManyPiecesArriveWhole() {
    int count = (10 << 20) + 3;
    MemorySegment host = ints(count);
    try (DeviceBuffer buffer = device.allocate(4L * count)) {
      Event in = device.copyIn(host, buffer, 0, List.of());
      assertArrayEquals(host.toArray(ValueLayout.JAVA_INT), read(buffer, in));
    }
  }

  @Test
  void newMemoryIsZero() {
    device.allocate(64).close();
    try (DeviceBuffer buffer = device.allocate(64)) {
      assertArrayEquals(new int[16], read(buffer, device.copyIn(ints(0), buffer, 0, List.of())));
    }
  }

  @Test
  void aFaultNamesSiteOffsetSizeAndWorkItem() {
    try (Executable twice = device.compile(kernel(TWICE), CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(48);
        DeviceBuffer b = device.allocate(40)) {
      Event run = device.launch(twice, launch(12, 4, List.of(whole(a), whole(b))), List.of());
      assertEquals(
          List.of(new Fault(1, 40, 40, 10, 0, 0), new Fault(1, 44, 40, 11, 0, 0)),
          run.await().faults());
      Event fine = device.launch(twice, launch(10, 5, List.of(whole(a), whole(b))), List.of());
      assertEquals(List.of(), fine.await().faults());
    }
  }

  @Test
  void memoryReadThroughOneParameterAndWrittenThroughAnotherIsSeen() {
    Function shift =
        kernel(
            "kernel void both(global const int *a, global int *b) {"
                + " b[0] = 5; b[1] = a[0] + 1; }");
    try (Executable both = device.compile(shift, CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(8)) {
      Event run = device.launch(both, launch(1, 1, List.of(whole(a), whole(a))), List.of());
      assertArrayEquals(new int[] {5, 6}, read(a, run));
      assertEquals(2, driver.compilations());
    }
  }

  @Test
  void localMemoryAndSmallerGroupsAtTheEnd() {
    Function sums =
        kernel(
            "kernel void sums(global int *out, local int *tile) { int l = get_local_id(0);"
                + " tile[l] = get_global_id(0); barrier(CLK_LOCAL_MEM_FENCE);"
                + " int s = 0; for (int k = 0; k < (int)get_local_size(0); k++) s += tile[k];"
                + " out[get_global_id(0)] = s * 1000 + get_group_id(0); }");
    try (Executable executable = device.compile(sums, CompileOptions.DEFAULT);
        DeviceBuffer out = device.allocate(4 * 10)) {
      List<Launch.Argument> arguments = List.of(whole(out), new Launch.Local(16));
      Event run = device.launch(executable, launch(10, 4, arguments), List.of());
      int a = 6000;
      int b = 22001;
      int c = 17002;
      assertArrayEquals(new int[] {a, a, a, a, b, b, b, b, c, c}, read(out, run));
    }
  }

  /** Ends if {@code step} is -1, never if it is 0. */
  private static final String FOREVER =
      "kernel void forever(global int *a, int step) {"
          + " int i = 1; while (i != 0) i += step; a[0] = i; }";

  @Test
  void aLaunchThatHasNotBegunIsCancelled() {
    try (Executable executable = device.compile(kernel(FOREVER), CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(4)) {
      List<Launch.Argument> arguments = List.of(whole(a), new Launch.Scalar(0));
      Event first = device.launch(executable, launch(1, 1, arguments), List.of());
      Event second = device.launch(executable, launch(1, 1, arguments), List.of());
      second.cancel();
      first.cancel();
      assertTrue(first.await().cancelled());
      assertTrue(second.await().cancelled());
    }
  }

  @Test
  void aKernelThatDoesNotEndIsCancelled() {
    try (Executable executable = device.compile(kernel(FOREVER), CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(4)) {
      List<Launch.Argument> arguments = List.of(whole(a), new Launch.Scalar(0));
      Event run = device.launch(executable, launch(1, 1, arguments), List.of());
      run.cancel();
      assertTrue(run.await().cancelled());
      List<Launch.Argument> ending = List.of(whole(a), new Launch.Scalar(-1));
      assertEquals(
          false, device.launch(executable, launch(1, 1, ending), List.of()).await().cancelled());
    }
  }

  @Test
  void aKernelThatDiesTakesTheDeviceWithIt() {
    try (Executable twice = device.compile(kernel(TWICE), CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(64)) {
      gpu.failing(1, FakeGpu.Fault.ILLEGAL_ADDRESS);
      Event run = device.launch(twice, launch(16, 4, List.of(whole(a), whole(a))), List.of());
      DeviceException lost = assertThrows(DeviceException.class, run::await);
      assertEquals(DeviceException.Kind.LOST, lost.kind());
      assertTrue(lost.getMessage().contains("cuda:0"), lost.getMessage());
      DeviceException after = assertThrows(DeviceException.class, () -> device.allocate(4));
      assertEquals(DeviceException.Kind.LOST, after.kind());
    }
  }

  @Test
  void aRefusedLaunchHarmsOnlyItself() {
    try (Executable twice = device.compile(kernel(TWICE), CompileOptions.DEFAULT);
        DeviceBuffer a = device.allocate(64);
        DeviceBuffer b = device.allocate(64)) {
      gpu.failing(1, FakeGpu.Fault.OUT_OF_RESOURCES);
      Launch launch = launch(16, 4, List.of(whole(a), whole(b)));
      Event refused = device.launch(twice, launch, List.of());
      assertEquals(
          DeviceException.Kind.LAUNCH, assertThrows(DeviceException.class, refused::await).kind());
      device.launch(twice, launch, List.of()).await();
    }
  }

  @Test
  void memoryThatIsNotThereIsRefused() {
    DeviceException large = assertThrows(DeviceException.class, () -> device.allocate(1L << 40));
    assertEquals(DeviceException.Kind.OUT_OF_MEMORY, large.kind());
    gpu.refusing(1);
    DeviceException full = assertThrows(DeviceException.class, () -> device.allocate(64));
    assertEquals(DeviceException.Kind.OUT_OF_MEMORY, full.kind());
    device.allocate(64).close();
  }

  @Test
  void copiesBeyondABufferAreImpossible() {
    try (DeviceBuffer buffer = device.allocate(10)) {
      MemorySegment host = arena.allocate(8);
      assertThrows(
          IndexOutOfBoundsException.class, () -> device.copyIn(host, buffer, 3, List.of()));
      assertThrows(
          IndexOutOfBoundsException.class, () -> device.copyOut(buffer, -1, host, List.of()));
    }
  }

  @Test
  void theProviderProbesArithmeticOnceAndKeepsCompiledCode(@TempDir Path folder) {
    BinaryCache cache = new BinaryCache(Optional.of(folder));
    FakeDriver two = new FakeDriver(3, FakeGpu.small(), new FakeGpu("Old", 61, 1 << 20));
    ProbeCache known = new ProbeCache(cache);
    BackendProvider.Probe later = CudaProvider.probe(two, cache, known, true);
    assertEquals(List.of(), later.devices());
    assertTrue(later.postponed());
    BackendProvider.Probe probe = CudaProvider.probe(two, cache, known, false);
    assertEquals(List.of("cuda:0"), probe.devices().stream().map(d -> d.info().id()).toList());
    assertEquals("", probe.devices().getFirst().info().reproducible());
    assertEquals("pci:0000:01:00.0", probe.devices().getFirst().info().silicon());
    assertEquals(
        List.of("cuda:1 was left out: Old has compute capability 6.1; 7.5 or later is needed"),
        probe.notes());
    long compilations = two.compilations();
    Device open = probe.devices().getFirst();
    open.compile(kernel(TWICE), CompileOptions.DEFAULT).close();
    open.compile(kernel(TWICE), CompileOptions.DEFAULT).close();
    assertEquals(compilations + 1, two.compilations());
    probe.devices().forEach(Device::close);
    CudaProvider.probe(two, cache, known, true).devices().forEach(Device::close);
    assertEquals(compilations + 1, two.compilations());
    assertEquals(List.of(), two.violations());
  }
}
