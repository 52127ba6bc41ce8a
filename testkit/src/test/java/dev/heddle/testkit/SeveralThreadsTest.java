package dev.heddle.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What several threads of one device do to one launch: faults, bounds, cancelling, atomics. */
class SeveralThreadsTest {
  private static final int ITEMS = 1 << 18;
  private static final int BINS = 7;

  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful().withCpuThreads(4));
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
        .compile(List.of(new SourceFile("threads.cl", source)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  private static RunOptions on(String device) {
    return RunOptions.DEFAULT.on(device);
  }

  /** Whichever thread meets a fault first, the lowest work-item of all is the one that is named. */
  @ParameterizedTest
  @MethodSource("devices")
  void theLowestFaultOfAllThreadsIsNamed(String device) {
    Kernel kernel =
        kernel(
            """
            __kernel void beyond(__global int *y, int n) {
              int i = get_global_id(0);
              if (i % 40000 == 12345) {
                y[n + i] = 1;
              } else {
                y[i] = i;
              }
            }
            """);
    try (Buffer y = session.allocate(4L * ITEMS)) {
      for (int repeat = 0; repeat < 10; repeat++) {
        Arguments arguments = kernel.arguments().set("y", y).set("n", ITEMS);
        y.write().fill((byte) 0);
        RunException failure =
            assertThrows(
                RunException.class, () -> kernel.run(NDRange.of(ITEMS), arguments, on(device)));
        KernelFault fault = failure.execution().orElseThrow().faults().getFirst();
        assertEquals(List.of(12345L), fault.workItem(), failure.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void clampingMovesEachAccessToTheNearestElement(String device) {
    Kernel kernel =
        kernel(
            """
            __kernel void spread(__global const int *x, __global int *y, int n) {
              int i = get_global_id(0);
              y[i] = x[(i % 3 - 1) * n + i];
            }
            """);
    int[] values = new int[ITEMS];
    int[] expected = new int[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      values[i] = 3 * i + 1;
    }
    for (int i = 0; i < ITEMS; i++) {
      expected[i] = values[Math.clamp((long) (i % 3 - 1) * ITEMS + i, 0, ITEMS - 1)];
    }
    try (Buffer x = session.allocate(4L * ITEMS);
        Buffer y = session.allocate(4L * ITEMS)) {
      x.write().copyFrom(MemorySegment.ofArray(values));
      kernel.run(
          NDRange.of(ITEMS),
          kernel.arguments().set("x", x).set("y", y).set("n", ITEMS),
          on(device).withBounds(BoundsMode.CLAMP));
      assertArrayEquals(expected, y.read().toArray(ValueLayout.JAVA_INT));
    }
  }

  @Test
  void aCancelledLaunchEndsOnEveryThread() {
    Kernel endless =
        kernel(
            """
            __kernel void endless(__global int *y) {
              int i = get_global_id(0);
              while (y[i] >= 0) {
                y[i] = (y[i] + 1) & 1023;
              }
            }
            """);
    Kernel next = kernel("__kernel void next(__global int *y) { y[get_global_id(0)] = 5; }");
    try (Buffer y = session.allocate(4L * ITEMS)) {
      for (int repeat = 0; repeat < 3; repeat++) {
        Arguments arguments = endless.arguments().set("y", y);
        y.write().fill((byte) 0);
        RunException failure =
            assertThrows(
                RunException.class,
                () ->
                    endless.run(
                        NDRange.of(ITEMS),
                        arguments,
                        on("cpu").withTimeout(Duration.ofMillis(100))));
        assertEquals(RunException.Kind.TIMEOUT, failure.kind(), failure.getMessage());
        assertTrue(!failure.getMessage().contains("given up"), failure.getMessage());
        y.write().fill((byte) 0);
        next.run(NDRange.of(ITEMS), next.arguments().set("y", y), on("cpu"));
        assertEquals(5, y.read().getAtIndex(ValueLayout.JAVA_INT, ITEMS - 1));
      }
    }
  }

  private static final String WIDE_ATOMICS =
      """
      #pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable
      #pragma OPENCL EXTENSION cl_khr_int64_extended_atomics : enable
      __kernel void wide(__global long *sum, __global long *most, __global ulong *bits) {
        long i = get_global_id(0);
        atom_add(&sum[i % 7], i * 1000000007L);
        atom_max(&most[i % 7], (i * 7919) % 262147 - (1L << 40));
        atom_xor(&bits[i % 7], (ulong)i << 32);
      }
      """;

  @ParameterizedTest
  @MethodSource("devices")
  void atomicsOf64BitsAddUp(String device) {
    wideAtomics(on(device));
  }

  @Test
  void atomicsOf64BitsAddUpOverASplit() {
    assumeTrue(devices().anyMatch(id -> id.startsWith("opencl")), "no OpenCL device");
    wideAtomics(on("cpu,opencl:0").withSplit(SplitPolicy.parse("cpu=1,opencl:0=1")));
  }

  private static void wideAtomics(RunOptions options) {
    long[] sum = new long[BINS];
    long[] most = new long[BINS];
    long[] bits = new long[BINS];
    java.util.Arrays.fill(most, Long.MIN_VALUE);
    for (long i = 0; i < ITEMS; i++) {
      int bin = (int) (i % BINS);
      sum[bin] += i * 1_000_000_007L;
      most[bin] = Math.max(most[bin], i * 7919 % 262147 - (1L << 40));
      bits[bin] ^= i << 32;
    }
    Kernel kernel = kernel(WIDE_ATOMICS);
    try (Buffer sums = session.allocate(8L * BINS);
        Buffer mosts = session.allocate(8L * BINS);
        Buffer xors = session.allocate(8L * BINS)) {
      for (int bin = 0; bin < BINS; bin++) {
        mosts.write().setAtIndex(ValueLayout.JAVA_LONG, bin, Long.MIN_VALUE);
      }
      Arguments arguments =
          kernel.arguments().set("sum", sums).set("most", mosts).set("bits", xors);
      kernel.run(NDRange.of(ITEMS), arguments, options);
      assertArrayEquals(sum, sums.read().toArray(ValueLayout.JAVA_LONG));
      assertArrayEquals(most, mosts.read().toArray(ValueLayout.JAVA_LONG));
      assertArrayEquals(bits, xors.read().toArray(ValueLayout.JAVA_LONG));
    }
  }
}
