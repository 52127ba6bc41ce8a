package dev.heddle.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.backend.cpu.CpuProvider;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions over the CPU and NVIDIA devices whose driver is the PTX interpreter. */
@Timeout(60)
class CudaEndToEndTest {
  private static final int COUNT = 10_007;
  private static final String SOURCE =
      """
      __kernel void saxpy(float a, __global const float *x, __global float *y) {
        size_t i = get_global_id(0);
        y[i] = a * x[i] + y[i];
      }
      """;

  /** The devices' arithmetic is probed once for all tests. */
  @TempDir static Path folder;

  private boolean lost;
  private final FakeGpu gpu = FakeGpu.small();
  private final FakeGpu second = FakeGpu.small();
  private final FakeDriver driver = new FakeDriver(11, gpu, second);
  private final Session session =
      Session.open(
          SessionOptions.DEFAULT.forgetful().withCpuThreads(1),
          List.of(new CpuProvider(), new FakeCuda(driver, Optional.of(folder))));
  private final Kernel saxpy =
      session
          .compile(List.of(new SourceFile("saxpy.cl", SOURCE)), FrontendOptions.DEFAULT)
          .kernel("saxpy");

  @AfterEach
  void close() {
    session.close();
    assertEquals(List.of(), driver.violations());
    // what a device that was given up held stays allocated
    assertEquals(lost ? List.of("a context") : List.of(), driver.live());
  }

  private Execution run(RunOptions options) {
    return run(options, COUNT);
  }

  /** Runs saxpy and checks every element. */
  private Execution run(RunOptions options, int count) {
    try (Buffer x = floats(count, 0.5f);
        Buffer y = floats(count, 2f)) {
      Arguments arguments = saxpy.arguments().set("a", 3f).set("x", x).set("y", y);
      Execution execution = saxpy.run(NDRange.of(count), arguments, options);
      float[] wanted = new float[count];
      for (int i = 0; i < count; i++) {
        wanted[i] = Math.fma(3f, 0.5f * i, 2f * i);
      }
      assertArrayEquals(wanted, y.read().toArray(ValueLayout.JAVA_FLOAT));
      return execution;
    }
  }

  private Buffer floats(int count, float step) {
    Buffer buffer = session.allocate(4L * count);
    MemorySegment values = buffer.write();
    for (int i = 0; i < count; i++) {
      values.setAtIndex(ValueLayout.JAVA_FLOAT, i, step * i);
    }
    return buffer;
  }

  @Test
  void devicesAreAdmitted() {
    List<String> ids = session.devices().stream().map(info -> info.id()).toList();
    assertEquals(List.of("cpu:0", "cuda:0", "cuda:1"), ids, () -> session.notes().toString());
    session.devices().forEach(info -> assertEquals("", info.reproducible()));
  }

  @Test
  void alone() {
    Execution execution = run(RunOptions.DEFAULT.on("cuda:0"));
    assertEquals("cuda:0", execution.devices().getFirst().id());
    assertTrue(execution.reproducible());
    assertTrue(gpu.launches() > 0);
  }

  @Test
  void splitBetweenAllThree() {
    Execution execution = run(RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
    assertEquals(3, execution.devices().size());
    assertEquals(List.of(), execution.retries());
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeGpu.Fault.class,
      names = {"LAUNCH_FAILED", "ILLEGAL_ADDRESS", "OUT_OF_RESOURCES"})
  void aFailedChunkIsFinishedElsewhere(FakeGpu.Fault fault) {
    gpu.failing(1, fault);
    lost = fault != FakeGpu.Fault.OUT_OF_RESOURCES;
    RunOptions options = RunOptions.DEFAULT.on("cpu,cuda:0").withSplit(SplitPolicy.EVEN);
    Execution execution = run(options);
    assertFalse(execution.retries().isEmpty(), execution.toString());
    Execution.Retry retry = execution.retries().getFirst();
    assertEquals("cuda:0", retry.from());
    assertEquals("cpu:0", retry.to());
    assertFalse(retry.reason().isEmpty());
    // what happens on the others afterwards is as before
    run(RunOptions.DEFAULT.on("cpu,cuda:1").withSplit(SplitPolicy.EVEN));
  }

  @Test
  void withoutMemoryAnotherDeviceDoesTheWork() {
    gpu.refusing(100);
    Execution execution = run(RunOptions.DEFAULT.on("cpu,cuda:0").withSplit(SplitPolicy.EVEN));
    assertFalse(execution.retries().isEmpty(), execution.toString());
  }

  @Test
  void aKernelThatNeverEndsIsGivenUp() {
    gpu.failing(1, FakeGpu.Fault.HANG);
    lost = true;
    RunOptions both = RunOptions.DEFAULT.on("cpu,cuda:0").withSplit(SplitPolicy.EVEN);
    RunException timeout =
        assertThrows(RunException.class, () -> run(both.withTimeout(Duration.ofMillis(300))));
    assertEquals(RunException.Kind.TIMEOUT, timeout.kind());
    Execution afterwards = run(both);
    assertEquals("cpu:0", afterwards.devices().getFirst().id());
    assertEquals(1, gpu.launches());
  }
}
