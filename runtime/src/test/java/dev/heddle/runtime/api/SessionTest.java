package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.fake.FakeDevice;
import dev.heddle.runtime.fake.FakeDevice.Behaviour;
import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private static final String SAXPY =
      """
      __kernel void saxpy(float a, __global const float *x, __global float *y) {
        size_t i = get_global_id(0);
        y[i] = a * x[i] + y[i];
      }
      """;
  private static final String SCALE =
      """
      __kernel void scale(__global const int *x, __global int *y) {
        size_t i = get_global_id(0);
        y[i] = 3 * x[i];
      }
      """;

  private static final Behaviour OWN = Behaviour.SHARING.withOwnMemory(1L << 30);

  private static Session session(FakeDevice... devices) {
    return Session.open(SessionOptions.DEFAULT.forgetful(), List.of(new FakeProvider(devices)));
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

  private static int[] iota(int size) {
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    return values;
  }

  private static int[] content(Buffer buffer) {
    return buffer.read().toArray(ValueLayout.JAVA_INT);
  }

  private static int[] tripled(int size) {
    int[] values = iota(size);
    for (int i = 0; i < size; i++) {
      values[i] *= 3;
    }
    return values;
  }

  private static RunOptions split(String shares) {
    return RunOptions.DEFAULT.withSplit(SplitPolicy.parse(shares));
  }

  @Test
  void runsOnOneDevice() {
    FakeDevice device = new FakeDevice("one:0", "a", Behaviour.SHARING);
    try (Session session = session(device)) {
      Kernel kernel = kernel(session, SCALE);
      Buffer x = ints(session, iota(1000));
      Buffer y = session.allocate(4000);
      Execution execution =
          kernel.run(
              NDRange.of(1000), kernel.arguments().set("x", x).set("y", y), RunOptions.DEFAULT);
      assertArrayEquals(tripled(1000), content(y));
      assertEquals(1, execution.devices().size());
      assertEquals(1000, execution.devices().getFirst().items());
      assertTrue(execution.reproducible());
      assertTrue(execution.split().proven());
      assertEquals("fake", execution.devices().getFirst().tier());
    }
    assertEquals(0, device.openBuffers());
  }

  @Test
  void splitsByHandOverSharedAndOwnMemory() {
    FakeDevice shared = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice own = new FakeDevice("two:0", "b", OWN);
    FakeDevice third = new FakeDevice("three:0", "c", OWN);
    try (Session session = session(shared, own, third)) {
      Kernel kernel = kernel(session, SCALE);
      Random random = new Random(5);
      for (int trial = 0; trial < 20; trial++) {
        int size = 1 + random.nextInt(2000);
        try (Buffer x = ints(session, iota(size));
            Buffer y = session.allocate(4L * size)) {
          Map<String, Double> shares = new LinkedHashMap<>();
          for (String device : List.of("one", "two", "three:0")) {
            shares.put(device, random.nextDouble());
          }
          Execution execution =
              kernel.run(
                  NDRange.of(size),
                  kernel.arguments().set("x", x).set("y", y),
                  RunOptions.DEFAULT.withSplit(new SplitPolicy.Shares(shares)));
          assertArrayEquals(tripled(size), content(y));
          assertEquals(size, execution.devices().stream().mapToLong(d -> d.items()).sum());
        }
      }
    }
  }

  @Test
  void movesOnlyWhatIsMissing() {
    FakeDevice own = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(own)) {
      Kernel kernel = kernel(session, SCALE);
      Buffer x = ints(session, iota(1000));
      Buffer y = session.allocate(4000);
      Arguments arguments = kernel.arguments().set("x", x).set("y", y);
      Execution first = kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT);
      assertEquals(4000, first.devices().getFirst().bytesIn(), "y is written whole, not read");
      assertEquals(0, own.copiedOut(), "results stay until they are asked for");
      Execution second = kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT);
      assertEquals(0, second.devices().getFirst().bytesIn());
      assertArrayEquals(tripled(1000), content(y));
      content(y);
      assertEquals(4000, own.copiedOut(), "once");
      x.write().set(ValueLayout.JAVA_INT, 0, 7);
      kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT);
      assertEquals(21, content(y)[0]);
    }
  }

  @Test
  void chainsStayOnTheDevices() {
    FakeDevice one = new FakeDevice("one:0", "a", OWN);
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void blur(__global const int *in, __global int *out, int n) {
                int i = get_global_id(0);
                int left = i > 0 ? in[i - 1] : 0;
                int right = i < n - 1 ? in[i + 1] : 0;
                out[i] = left + in[i] + right;
              }
              """);
      int n = 1000;
      Buffer a = ints(session, iota(n));
      Buffer b = session.allocate(4L * n);
      int[] expected = iota(n);
      Arguments forth = kernel.arguments().set("in", a).set("out", b).set("n", n);
      Arguments back = kernel.arguments().set("in", b).set("out", a).set("n", n);
      for (int step = 0; step < 6; step++) {
        kernel.run(
            NDRange.of(n),
            step % 2 == 0 ? forth : back,
            RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
        expected = blurred(expected);
      }
      assertArrayEquals(expected, content(a));
      long first = 4L * n;
      assertTrue(
          one.copiedIn() + two.copiedIn() < first + 1000, "after the first step only halos move");
    }
  }

  private static int[] blurred(int[] in) {
    int[] out = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = (i > 0 ? in[i - 1] : 0) + in[i] + (i < in.length - 1 ? in[i + 1] : 0);
    }
    return out;
  }

  @Test
  void conditionalWritesKeepTheRest() {
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void odd(__global const int *x, __global int *y) {
                size_t i = get_global_id(0);
                if (x[i] & 1) y[i] = -1;
              }
              """);
      Buffer x = ints(session, iota(500));
      Buffer y = ints(session, iota(500));
      kernel.run(
          NDRange.of(500),
          kernel.arguments().set("x", x).set("y", y),
          RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
      int[] found = content(y);
      for (int i = 0; i < 500; i++) {
        assertEquals((i & 1) == 1 ? -1 : i, found[i]);
      }
    }
  }

  @Test
  void atomicsAreReducedOverPrivateCopies() {
    String source =
        """
        __kernel void histogram(__global const int *x, __global int *bins, __global int *most) {
          size_t i = get_global_id(0);
          atomic_add(&bins[x[i] & 7], 1);
          atomic_max(&most[0], x[i]);
        }
        """;
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Kernel kernel = kernel(session, source);
      Buffer x = ints(session, iota(1000));
      for (String shares : List.of("one=1,two=1", "one=1", "two=1", "one=1,two=9")) {
        try (Buffer bins = ints(session, 100, 0, 0, 0, 0, 0, 0, 0);
            Buffer most = ints(session, -5)) {
          Execution execution =
              kernel.run(
                  NDRange.of(1000),
                  kernel.arguments().set("x", x).set("bins", bins).set("most", most),
                  split(shares));
          assertArrayEquals(
              new int[] {225, 125, 125, 125, 125, 125, 125, 125}, content(bins), shares);
          assertEquals(999, content(most)[0], shares);
          assertTrue(execution.split().proven());
        }
      }
    }
  }

  @Test
  void whatMayNotBeSplitRunsWhole() {
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void shift(__global int *x) {
                size_t i = get_global_id(0);
                x[i] = x[i + 1];
              }
              """);
      Buffer x = ints(session, iota(129));
      Arguments arguments = kernel.arguments().set("x", x);
      RunException refused =
          assertThrows(
              RunException.class,
              () -> kernel.run(NDRange.of(128), arguments, split("one=1,two=1")));
      assertEquals(RunException.Kind.USAGE, refused.kind());
      Execution execution =
          kernel.run(NDRange.of(128), arguments, RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
      assertEquals(1, execution.devices().size());
      assertFalse(execution.split().proven());
      assertFalse(execution.split().reasons().isEmpty());
      assertFalse(execution.notes().isEmpty());
    }
  }

  @Test
  void aFaultNamesLineIndexAndItem() {
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    try (Session session = session(one)) {
      Kernel kernel = kernel(session, SAXPY);
      Buffer x = session.allocate(400);
      Buffer y = session.allocate(4 * 90);
      Arguments arguments = kernel.arguments().set("a", 2).set("x", x).set("y", y);
      RunException fault =
          assertThrows(
              RunException.class, () -> kernel.run(NDRange.of(100), arguments, RunOptions.DEFAULT));
      assertEquals(RunException.Kind.KERNEL_FAULT, fault.kind());
      KernelFault first = fault.execution().orElseThrow().faults().getFirst();
      assertEquals(KernelFault.Kind.OUT_OF_BOUNDS, first.kind());
      assertEquals("y", first.object());
      assertEquals(90, first.index());
      assertEquals(90, first.size());
      assertEquals(List.of(90L), first.workItem());
      assertEquals(3, first.place().line());
      assertTrue(fault.getMessage().startsWith("test.cl:3:"), fault.getMessage());
      assertThrows(RunException.class, y::read, "its content is not valid");
      y.write();
      y.read();
      kernel.run(NDRange.of(100), arguments, RunOptions.DEFAULT.withBounds(BoundsMode.CLAMP));
    }
  }

  @Test
  void divisionByZeroIsAFault() {
    try (Session session = session(new FakeDevice("one:0", "a", OWN))) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void divide(__global const int *x, __global int *y) {
                size_t i = get_global_id(0);
                y[i] = 100 / x[i];
              }
              """);
      Buffer x = ints(session, 1, 2, 0, 4);
      Buffer y = session.allocate(16);
      RunException fault =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(
                      NDRange.of(4),
                      kernel.arguments().set("x", x).set("y", y),
                      RunOptions.DEFAULT));
      KernelFault first = fault.execution().orElseThrow().faults().getFirst();
      assertEquals(KernelFault.Kind.DIVISION_BY_ZERO, first.kind());
      assertEquals(List.of(2L), first.workItem());
    }
  }

  @Test
  void anotherDeviceTakesOverWhatOneCannotCompile() {
    FakeDevice bad =
        new FakeDevice("bad:0", "a", Behaviour.SHARING.refusing(DeviceException.Kind.COMPILE));
    FakeDevice good = new FakeDevice("good:0", "b", OWN);
    try (Session session = session(bad, good)) {
      Kernel kernel = kernel(session, SCALE);
      Buffer x = ints(session, iota(1000));
      Buffer y = session.allocate(4000);
      Arguments arguments = kernel.arguments().set("x", x).set("y", y);
      Execution execution =
          kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
      assertArrayEquals(tripled(1000), content(y));
      assertEquals("bad:0", execution.retries().getFirst().from());
      assertEquals("good:0", execution.retries().getFirst().to());
      RunException refused =
          assertThrows(
              RunException.class,
              () -> kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT.on("bad")));
      assertEquals(RunException.Kind.COMPILE, refused.kind());
    }
  }

  @Test
  void aFailedChunkIsDoneByAnother() {
    for (boolean after : new boolean[] {false, true}) {
      for (Behaviour memory : List.of(Behaviour.SHARING, OWN)) {
        FakeDevice bad =
            new FakeDevice(
                "bad:0", "a", memory.failing(n -> n == 1, DeviceException.Kind.LAUNCH, after));
        FakeDevice good = new FakeDevice("good:0", "b", OWN);
        try (Session session = session(bad, good)) {
          Kernel kernel = kernel(session, SCALE);
          Buffer x = ints(session, iota(1000));
          Buffer y = session.allocate(4000);
          Arguments arguments = kernel.arguments().set("x", x).set("y", y);
          RunOptions even = RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN);
          assertTrue(kernel.run(NDRange.of(1000), arguments, even).retries().isEmpty());
          y.write().fill((byte) 0);
          Execution execution = kernel.run(NDRange.of(1000), arguments, even);
          assertArrayEquals(tripled(1000), content(y));
          assertEquals(1, execution.retries().size());
        }
      }
    }
  }

  @Test
  void aReductionIsNotCountedTwice() {
    String source =
        """
        __kernel void count(__global const int *x, __global int *sum) {
          atomic_add(sum, x[get_global_id(0)]);
        }
        """;
    for (boolean after : new boolean[] {false, true}) {
      FakeDevice bad =
          new FakeDevice(
              "bad:0",
              "a",
              Behaviour.SHARING.failing(n -> n == 0, DeviceException.Kind.LAUNCH, after));
      FakeDevice good = new FakeDevice("good:0", "b", OWN);
      try (Session session = session(bad, good)) {
        Kernel kernel = kernel(session, source);
        Buffer x = ints(session, iota(1000));
        Buffer sum = ints(session, 5);
        Execution execution =
            kernel.run(
                NDRange.of(1000),
                kernel.arguments().set("x", x).set("sum", sum),
                RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
        assertEquals(5 + 999 * 500, content(sum)[0]);
        assertEquals(1, execution.retries().size());
      }
    }
  }

  @Test
  void whatOverwritesItsInputIsNotRunTwice() {
    FakeDevice bad =
        new FakeDevice(
            "bad:0", "a", Behaviour.SHARING.failing(n -> true, DeviceException.Kind.LAUNCH, true));
    FakeDevice good = new FakeDevice("good:0", "b", OWN);
    try (Session session = session(bad, good)) {
      Kernel kernel = kernel(session, SAXPY);
      Buffer x = session.allocate(4000);
      Buffer y = session.allocate(4000);
      RunException failure =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(
                      NDRange.of(1000),
                      kernel.arguments().set("a", 1.0).set("x", x).set("y", y),
                      RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN)));
      assertEquals(RunException.Kind.DEVICE_LOST, failure.kind());
    }
  }

  @Test
  void aLostDeviceStaysOut() {
    FakeDevice bad =
        new FakeDevice("bad:0", "a", OWN.failing(n -> true, DeviceException.Kind.LOST, false));
    FakeDevice good = new FakeDevice("good:0", "b", OWN);
    try (Session session = session(bad, good)) {
      Kernel kernel = kernel(session, SCALE);
      Buffer x = ints(session, iota(1000));
      Buffer y = session.allocate(4000);
      Arguments arguments = kernel.arguments().set("x", x).set("y", y);
      RunOptions even = RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN);
      kernel.run(NDRange.of(1000), arguments, even);
      assertArrayEquals(tripled(1000), content(y));
      Execution second = kernel.run(NDRange.of(1000), arguments, even);
      assertEquals(1, second.devices().size());
      assertEquals(1, bad.launches().size(), "it is not asked again");
      assertTrue(second.notes().toString().contains("bad:0"), second.notes().toString());
    }
  }

  @Test
  void groupsAndLocalMemoryThatNoDeviceHoldsAreRefused() {
    try (Session session = session(new FakeDevice("one:0", "a", Behaviour.SHARING))) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void turn(__global int *x, __local int *room) {
                __local int more[100];
                size_t i = get_local_id(0);
                room[i] = x[i];
                more[0] = 1;
                barrier(CLK_LOCAL_MEM_FENCE);
                x[i] = room[get_local_size(0) - 1 - i];
              }
              """);
      Buffer x = ints(session, iota(8192));
      Arguments fits = kernel.arguments().set("x", x).setLocal("room", 65536 - 400);
      kernel.run(NDRange.of(64).withLocal(64), fits, RunOptions.DEFAULT);
      RunException tooMuch =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(
                      NDRange.of(64).withLocal(64),
                      kernel.arguments().set("x", x).setLocal("room", 65536),
                      RunOptions.DEFAULT));
      assertTrue(
          tooMuch.getMessage().contains("65,936 bytes of local memory, it has 65,536"),
          tooMuch.getMessage());
      RunException tooMany =
          assertThrows(
              RunException.class,
              () -> kernel.run(NDRange.of(8192).withLocal(8192), fits, RunOptions.DEFAULT));
      assertTrue(
          tooMany.getMessage().contains("work-groups of 8192 are too large, it takes 1024"),
          tooMany.getMessage());
    }
  }

  @Test
  void devicesLearnWhichLoopsEnd() {
    FakeDevice device = new FakeDevice("one:0", "a", Behaviour.SHARING);
    try (Session session = session(device)) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void sum(__global const int *x, __global int *y, int n) {
                int sum = 0;
                for (int i = get_local_id(0); i < n; i += 16) {
                  sum += x[i];
                }
                y[get_global_id(0)] = sum;
              }
              """);
      Buffer x = ints(session, iota(1000));
      Buffer y = session.allocate(400);
      for (int n : new int[] {1000, 500}) {
        Arguments arguments = kernel.arguments().set("x", x).set("y", y).set("n", n);
        kernel.run(NDRange.of(100), arguments, RunOptions.DEFAULT);
      }
      assertEquals(1, device.compiledWith().size(), "launches that end share their code");
      assertEquals(1, device.compiledWith().getFirst().finiteLoops().size());
      Kernel search =
          kernel(
              session,
              """
              __kernel void search(__global const int *x, __global int *y) {
                int i = 0;
                while (x[i] != 7) {
                  i++;
                }
                y[get_global_id(0)] = i;
              }
              """);
      search.run(NDRange.of(100), search.arguments().set("x", x).set("y", y), RunOptions.DEFAULT);
      assertEquals(Set.of(), device.compiledWith().getLast().finiteLoops());
    }
  }

  /** Nothing tells the views apart before they have run. */
  @Test
  void theFasterViewOfAChipIsFoundAndRemembered(@TempDir Path folder) {
    SessionOptions options = SessionOptions.DEFAULT.withFolder(folder);
    for (boolean again : List.of(false, true)) {
      FakeDevice slow = new FakeDevice("cpu:0", "a", Behaviour.SHARING.withSpeed(20_000));
      FakeDevice fast = new FakeDevice("cpu:1", "a", Behaviour.SHARING.withSpeed(5_000));
      try (Session session = Session.open(options, List.of(new FakeProvider(slow, fast)))) {
        Kernel kernel = kernel(session, SCALE);
        Buffer x = ints(session, iota(100));
        Buffer y = session.allocate(400);
        int runs = 0;
        int best = 0;
        while (best < 10) {
          Execution execution =
              kernel.run(
                  NDRange.of(100), kernel.arguments().set("x", x).set("y", y), RunOptions.DEFAULT);
          assertEquals(1, execution.devices().size(), "never both at once");
          best = execution.devices().getFirst().id().equals("cpu:1") ? best + 1 : 0;
          assertTrue(++runs < 500, "the faster one is not found");
        }
        assertTrue(!again || runs < 50, "found soon the second time: " + runs);
      }
    }
  }

  @Test
  void aTimeoutEndsARun() {
    FakeDevice hanging = new FakeDevice("bad:0", "a", Behaviour.SHARING.hanging());
    try (Session session = session(hanging)) {
      Kernel kernel = kernel(session, SCALE);
      Buffer x = ints(session, iota(10));
      Buffer y = session.allocate(40);
      RunException timeout =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(
                      NDRange.of(10),
                      kernel.arguments().set("x", x).set("y", y),
                      RunOptions.DEFAULT.withTimeout(Duration.ofMillis(50))));
      assertEquals(RunException.Kind.TIMEOUT, timeout.kind());
      assertTrue(timeout.getMessage().contains("50 ms"), timeout.getMessage());
    }
  }

  @Test
  void workLargerThanADeviceRunsInChunks() {
    FakeDevice small = new FakeDevice("small:0", "a", Behaviour.SHARING.withOwnMemory(3_000));
    try (Session session = session(small)) {
      Kernel kernel = kernel(session, SAXPY);
      int n = 3000;
      Buffer x = session.allocate(4L * n);
      Buffer y = session.allocate(4L * n);
      MemorySegment values = x.write();
      for (int i = 0; i < n; i++) {
        values.setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
      }
      Execution execution =
          kernel.run(
              NDRange.of(n),
              kernel.arguments().set("a", 2.0).set("x", x).set("y", y),
              RunOptions.DEFAULT);
      assertTrue(execution.devices().getFirst().chunks() > 4, execution.toString());
      MemorySegment found = y.read();
      for (int i = 0; i < n; i++) {
        assertEquals(2f * i, found.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      }
    }
  }

  @Test
  void sizesAndArgumentsAreChecked() {
    try (Session session = session(new FakeDevice("one:0", "a", OWN));
        Session other = session(new FakeDevice("one:0", "a", OWN))) {
      Kernel kernel = kernel(session, SAXPY);
      Arguments arguments = kernel.arguments();
      assertUsage(
          "needs a value for a (float), x (float*), y (float*)",
          () -> kernel.run(NDRange.of(1), arguments, RunOptions.DEFAULT));
      assertUsage("has no argument \"z\"; it takes a, x, y", () -> arguments.set("z", 1));
      assertUsage("takes a buffer, not a number", () -> arguments.set("x", 1));
      assertUsage("takes a number, not a buffer", () -> arguments.set("a", session.allocate(4)));
      assertUsage("another session", () -> arguments.set("x", other.allocate(4)));
      assertUsage(
          "no kernel",
          () -> session.program(new dev.heddle.compiler.ir.Program(List.of())).kernel("k"));
      assertUsage("a range has 1 to 3 dimensions", () -> NDRange.of());
      assertUsage("over 2^63", () -> NDRange.of(1L << 40, 1L << 40));
      RunException missing =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(
                      NDRange.of(1),
                      kernel.arguments().set("a", 1).setNull("x").setNull("y"),
                      RunOptions.DEFAULT.on("cuda")));
      assertEquals(RunException.Kind.NO_SUCH_DEVICE, missing.kind());
      Execution nothing =
          kernel.run(
              NDRange.of(0),
              kernel.arguments().set("a", 1).setNull("x").setNull("y"),
              RunOptions.DEFAULT);
      assertTrue(nothing.devices().isEmpty());
    }
  }

  private static void assertUsage(String part, org.junit.jupiter.api.function.Executable action) {
    RunException e = assertThrows(RunException.class, action);
    assertEquals(RunException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void readOnlyMemoryIsForReading() {
    try (Arena arena = Arena.ofShared();
        Session session = session(new FakeDevice("one:0", "a", Behaviour.SHARING))) {
      MemorySegment memory = arena.allocate(400, 64);
      Buffer x = session.wrap(memory.asReadOnly());
      Kernel kernel = kernel(session, SCALE);
      Buffer y = session.allocate(400);
      kernel.run(NDRange.of(100), kernel.arguments().set("x", x).set("y", y), RunOptions.DEFAULT);
      assertUsage(
          "its memory is read-only",
          () ->
              kernel.run(
                  NDRange.of(100), kernel.arguments().set("x", y).set("y", x), RunOptions.DEFAULT));
      assertUsage("part of another buffer", () -> session.wrap(memory.asSlice(64, 64)));
      assertUsage("a multiple of 64", () -> session.wrap(memory.asSlice(4, 8)));
      assertUsage("not a Java array", () -> session.wrap(MemorySegment.ofArray(new int[1])));
    }
  }

  @Test
  void verifiesAgainstTheReference() {
    try (Session session = session(new FakeDevice("one:0", "a", OWN))) {
      Kernel kernel = kernel(session, SAXPY);
      Buffer x = session.allocate(4000);
      Buffer y = session.allocate(4000);
      x.write().fill((byte) 0x3f);
      Arguments arguments = kernel.arguments().set("a", 2.0).set("x", x).set("y", y);
      try (ReferenceCheck check =
          kernel.referenceCheck(NDRange.of(1000), arguments, RunOptions.DEFAULT)) {
        kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT);
        assertEquals(ReferenceCheck.Verdict.EQUAL, check.compare().verdict());
      }
      try (ReferenceCheck check =
          kernel.referenceCheck(NDRange.of(1000), arguments, RunOptions.DEFAULT)) {
        kernel.run(NDRange.of(1000), arguments, RunOptions.DEFAULT);
        y.write().set(ValueLayout.JAVA_INT, 40, 1);
        ReferenceCheck.Outcome outcome = check.compare();
        assertEquals(ReferenceCheck.Verdict.DIFFERENT, outcome.verdict());
        assertTrue(outcome.mismatches().getFirst().startsWith("y[10] is "), outcome.toString());
      }
    }
  }

  @Test
  void plansWithoutRunning() {
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Kernel kernel = kernel(session, SCALE);
      Buffer x = session.allocate(4000);
      Buffer y = session.allocate(4000);
      Execution plan =
          kernel.plan(
              NDRange.of(1000),
              kernel.arguments().set("x", x).set("y", y),
              RunOptions.DEFAULT.withSplit(SplitPolicy.EVEN));
      assertEquals(2, plan.devices().size());
      assertTrue(plan.devices().getFirst().predictedNanos() > 0);
      assertEquals(0, one.launches().size() + two.launches().size());
      assertEquals(0, one.compiled().size());
    }
  }
}
