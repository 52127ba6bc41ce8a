package dev.heddle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not hurt: kernels that fault or never end, on every device of the machine. */
class BadKernelsTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static Stream<String> devices() {
    return session.devices().stream().map(DeviceInfo::id);
  }

  private static Kernel kernel(String source) {
    return session
        .compile(List.of(new SourceFile("bad.cl", source)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  private static RunException fails(
      Kernel kernel, NDRange range, Arguments arguments, RunOptions o) {
    return assertThrows(RunException.class, () -> kernel.run(range, arguments, o));
  }

  private static KernelFault fault(RunException e) {
    assertEquals(RunException.Kind.KERNEL_FAULT, e.kind(), e.getMessage());
    return e.execution().orElseThrow().faults().getFirst();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void anAccessOutOfBoundsIsNamed(String device) {
    Kernel kernel =
        kernel(
            """
            __kernel void copy(__global const float *x, __global float *y) {
              size_t i = get_global_id(0);
              y[i] = x[i];
            }
            """);
    try (Buffer x = session.allocate(4 * 1_000);
        Buffer y = session.allocate(4 * 2_000)) {
      Arguments arguments = kernel.arguments().set("x", x).set("y", y);
      RunException e = fails(kernel, NDRange.of(2_000), arguments, RunOptions.DEFAULT.on(device));
      KernelFault fault = fault(e);
      assertEquals("x", fault.object());
      assertEquals(1_000, fault.size());
      // the lowest work-item among those recorded: CUDA has room for the first few only
      if (!device.startsWith("cuda:")) {
        assertEquals(1_000, fault.index());
      }
      assertTrue(fault.index() >= 1_000, e.getMessage());
      assertEquals(List.of(fault.index()), fault.workItem());
      assertEquals(3, fault.place().line());
      assertEquals(device, fault.device());
      assertTrue(e.getMessage().startsWith("bad.cl:3:"), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void divisionByZeroIsNamed(String device) {
    Kernel kernel =
        kernel(
            """
            __kernel void divide(__global const int *x, __global int *y) {
              size_t i = get_global_id(0);
              y[i] = 100 / x[i];
            }
            """);
    try (Buffer x = session.allocate(4 * 500);
        Buffer y = session.allocate(4 * 500)) {
      x.write().fill((byte) 1);
      x.write().set(ValueLayout.JAVA_INT, 4 * 77, 0);
      Arguments arguments = kernel.arguments().set("x", x).set("y", y);
      KernelFault fault =
          fault(fails(kernel, NDRange.of(500), arguments, RunOptions.DEFAULT.on(device)));
      assertEquals(KernelFault.Kind.DIVISION_BY_ZERO, fault.kind());
      assertEquals(List.of(77L), fault.workItem());
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void anEndlessLoopIsStopped(String device) {
    Kernel kernel =
        kernel(
            """
            __kernel void forever(__global int *x) {
              size_t i = get_global_id(0);
              while (x[i] == 0) { x[i] = 0; }
            }
            """);
    try (Buffer x = session.allocate(4 * 64)) {
      Arguments arguments = kernel.arguments().set("x", x);
      RunOptions limited = RunOptions.DEFAULT.on(device).withTimeout(Duration.ofMillis(1_500));
      long start = System.nanoTime();
      RunException e = fails(kernel, NDRange.of(64), arguments, limited);
      assertEquals(RunException.Kind.TIMEOUT, e.kind(), e.getMessage());
      assertTrue(System.nanoTime() - start < 10_000_000_000L, "it took too long to stop");
      assertThrows(RunException.class, x::read, "what it wrote means nothing");
      assertStillWorks(device);
    }
  }

  private static void assertStillWorks(String device) {
    Kernel kernel = kernel("__kernel void one(__global int *x) { x[get_global_id(0)] = 1; }");
    try (Buffer x = session.allocate(400)) {
      kernel.run(NDRange.of(100), kernel.arguments().set("x", x), RunOptions.DEFAULT.on(device));
      assertEquals(1, x.read().get(ValueLayout.JAVA_INT, 396));
    }
  }

  @Test
  void theLowestWorkItemOfASplitRunIsNamed() {
    Kernel kernel = kernel("__kernel void set(__global int *x) { x[get_global_id(0)] = 1; }");
    try (Buffer x = session.allocate(4 * 100)) {
      String all = String.join(",", devices().toList());
      KernelFault fault =
          fault(
              fails(
                  kernel,
                  NDRange.of(10_000),
                  kernel.arguments().set("x", x),
                  RunOptions.DEFAULT.on(all).withSplit(SplitPolicy.EVEN)));
      assertTrue(fault.workItem().getFirst() >= 100);
      assertEquals(fault.index(), fault.workItem().getFirst());
    }
  }
}
