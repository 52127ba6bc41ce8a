package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.fake.FakeDevice;
import dev.heddle.runtime.fake.FakeDevice.Behaviour;
import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {
  private static final String STENCIL =
      """
      __kernel void stencil(int n, __global const int *x, __global int *y) {
        int i = get_global_id(0);
        int left = i > 0 ? x[i - 1] : 0;
        int right = i < n - 1 ? x[i + 1] : 0;
        y[i] = left + 10 * x[i] + 100 * right + i + (int) get_global_size(0);
      }
      """;
  private static final String COUNT =
      """
      __kernel void count(__global const int *x, __global int *bins) {
        atomic_add(&bins[x[get_global_id(0)] & 7], 1);
      }
      """;
  private static final int N = 1000;

  private static Session session() {
    return Session.open(
        SessionOptions.DEFAULT.forgetful(),
        List.of(
            new FakeProvider(
                new FakeDevice("one:0", "a", Behaviour.SHARING),
                new FakeDevice("two:0", "b", Behaviour.SHARING.withOwnMemory(1L << 30)))));
  }

  private static Kernel kernel(Session session, String source) {
    return session
        .compile(List.of(new SourceFile("test.cl", source)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  private static Buffer ints(Session session, int... values) {
    Buffer buffer = session.allocate(4L * values.length);
    buffer.write().copyFrom(MemorySegment.ofArray(values));
    return buffer;
  }

  private static int[] input() {
    int[] values = new int[N];
    for (int i = 0; i < N; i++) {
      values[i] = i * 37 % 101;
    }
    return values;
  }

  private static int[] expected() {
    try (Session session = session()) {
      Kernel kernel = kernel(session, STENCIL);
      Buffer y = session.allocate(4 * N);
      kernel.run(
          NDRange.of(N),
          kernel.arguments().set("n", N).set("x", ints(session, input())).set("y", y),
          RunOptions.DEFAULT);
      return y.read().toArray(ValueLayout.JAVA_INT);
    }
  }

  /** A window that holds those ranges. */
  private static Buffer window(Session session, long bytes, List<ByteRange> ranges) {
    long begin = ranges.stream().mapToLong(ByteRange::start).min().orElse(0);
    long end = ranges.stream().mapToLong(ByteRange::end).max().orElse(0);
    long start = begin - begin % Session.WINDOW_ALIGNMENT;
    return session.window(bytes, start, end - start);
  }

  @Test
  void partsOverWindowsComputeTheBitsOfTheWhole() {
    int[] expected = expected();
    for (String split : List.of("one:0=1", "two:0=1", "one:0=1,two:0=2")) {
      RunOptions options = RunOptions.DEFAULT.withSplit(SplitPolicy.parse(split));
      int[] found = new int[N];
      for (int begin = 0; begin < N; begin += 192) {
        part(new Part(begin, Math.min(N, begin + 192)), options, found);
      }
      assertArrayEquals(expected, found, split);
    }
  }

  private static void part(Part part, RunOptions options, int[] found) {
    try (Session session = session()) {
      Kernel kernel = kernel(session, STENCIL);
      Arguments shapes =
          kernel
              .arguments()
              .set("n", N)
              .set("x", session.window(4 * N, 0, 0))
              .set("y", session.window(4 * N, 0, 0));
      Cut cut = kernel.cut(NDRange.of(N), shapes, options);
      BufferUse x = cut.uses().get(1).orElseThrow();
      BufferUse y = cut.uses().get(2).orElseThrow();
      Buffer in = window(session, 4 * N, x.reads(part.begin(), part.end()));
      Buffer out = window(session, 4 * N, y.writes(part.begin(), part.end()));
      MemorySegment memory = in.write();
      MemorySegment.copy(MemorySegment.ofArray(input()), in.start(), memory, 0, memory.byteSize());
      var execution =
          kernel.run(
              NDRange.of(N),
              part,
              kernel.arguments().set("n", N).set("x", in).set("y", out),
              options);
      assertEquals(
          part.size(), execution.devices().stream().mapToLong(share -> share.items()).sum());
      MemorySegment result = out.read();
      long begin = 4 * part.begin();
      MemorySegment.copy(
          result, begin - out.start(), MemorySegment.ofArray(found), begin, 4 * part.size());
    }
  }

  @Test
  void partsAddToWhatAtomicsUpdate() {
    try (Session session = session()) {
      Kernel kernel = kernel(session, COUNT);
      Buffer bins = session.allocate(32);
      Arguments arguments = kernel.arguments().set("x", ints(session, input())).set("bins", bins);
      kernel.run(NDRange.of(N), new Part(0, 512), arguments, RunOptions.DEFAULT);
      kernel.run(NDRange.of(N), new Part(512, N), arguments, RunOptions.DEFAULT);
      int sum = 0;
      for (int count : bins.read().toArray(ValueLayout.JAVA_INT)) {
        sum += count;
      }
      assertEquals(N, sum);
    }
  }

  @Test
  void refusesWhatTheCertificateOrTheWindowForbids() {
    try (Session session = session()) {
      Kernel kernel = kernel(session, STENCIL);
      Buffer x = ints(session, input());
      Buffer y = session.allocate(4 * N);
      Arguments arguments = kernel.arguments().set("n", N).set("x", x).set("y", y);
      assertUsage(kernel, new Part(0, N + 1), arguments, "1,000 work-items along x");
      assertUsage(kernel, new Part(3, N), arguments, "units of 64");
      Arguments windowed =
          kernel.arguments().set("n", N).set("x", session.window(4 * N, 256, 256)).set("y", y);
      assertUsage(kernel, new Part(64, 128), windowed, "not all in its window");
      Kernel serial =
          kernel(
              session,
              "__kernel void k(__global int *x) { int i = get_global_id(0); x[i] = x[i + 1]; }");
      assertFalse(
          serial
              .cut(NDRange.of(9), serial.arguments().set("x", x), RunOptions.DEFAULT)
              .splittable());
      RunException refused =
          assertThrows(
              RunException.class,
              () ->
                  serial.run(
                      NDRange.of(9),
                      new Part(0, 9),
                      serial.arguments().set("x", x),
                      RunOptions.DEFAULT));
      assertTrue(refused.getMessage().contains("can't be run in parts"), refused.getMessage());
      assertThrows(RunException.class, () -> session.window(100, 64, 8));
      assertThrows(RunException.class, () -> session.window(100, 0, 101));
    }
  }

  private static void assertUsage(Kernel kernel, Part part, Arguments arguments, String words) {
    RunException e =
        assertThrows(
            RunException.class,
            () -> kernel.run(NDRange.of(N), part, arguments, RunOptions.DEFAULT));
    assertEquals(RunException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
