package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.fake.FakeDevice;
import dev.heddle.runtime.fake.FakeDevice.Behaviour;
import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Redundancy;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.spi.DeviceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedundantTest {
  private static final String STEP =
      """
      __kernel void step(__global const int *x, __global int *y) {
        size_t i = get_global_id(0);
        y[i] = 3 * x[i] + y[i];
      }
      """;
  private static final int N = 4096;
  private static final Behaviour OWN = Behaviour.SHARING.withOwnMemory(1L << 30);
  private static final RunOptions TWICE = RunOptions.DEFAULT.withRedundancy(true);

  private static Session session(FakeDevice... devices) {
    return Session.open(SessionOptions.DEFAULT.forgetful(), List.of(new FakeProvider(devices)));
  }

  private static Kernel kernel(Session session, String source) {
    return session
        .compile(List.of(new SourceFile("test.cl", source)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  /** Buffers of {@link #STEP} with x = 0, 1, 2... and y = 1. */
  private record Data(Kernel kernel, Buffer x, Buffer y) {
    static Data in(Session session) {
      Buffer x = session.allocate(4L * N);
      x.write().copyFrom(MemorySegment.ofArray(IntStream.range(0, N).toArray()));
      Buffer y = session.allocate(4L * N);
      int[] ones = new int[N];
      Arrays.fill(ones, 1);
      y.write().copyFrom(MemorySegment.ofArray(ones));
      return new Data(RedundantTest.kernel(session, STEP), x, y);
    }

    Execution run(RunOptions options) {
      return kernel.run(NDRange.of(N), kernel.arguments().set("x", x).set("y", y), options);
    }

    void assertRight() {
      int[] expected = IntStream.range(0, N).map(i -> 3 * i + 1).toArray();
      assertArrayEquals(expected, y.read().toArray(ValueLayout.JAVA_INT));
    }

    void assertUntouched() {
      assertTrue(Arrays.stream(y.read().toArray(ValueLayout.JAVA_INT)).allMatch(v -> v == 1));
    }
  }

  private static Redundancy found(Execution execution) {
    return execution.redundancy().orElseThrow();
  }

  @Test
  void twoDevicesDoEverything() {
    FakeDevice shared = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice own = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(shared, own)) {
      Data data = Data.in(session);
      Execution execution = data.run(TWICE);
      data.assertRight();
      assertEquals(List.of(), found(execution).disputes());
      assertEquals(N, found(execution).items());
      assertEquals(4L * N, found(execution).bytes());
      assertEquals(2L * N, execution.devices().stream().mapToLong(DeviceShare::items).sum());
      assertEquals(2, execution.devices().size());
    }
    assertEquals(0, shared.openBuffers() + own.openBuffers());
  }

  @Test
  void withManyDevicesEachChunkIsDoneByTwo() {
    FakeDevice[] devices = new FakeDevice[5];
    for (int i = 0; i < devices.length; i++) {
      Behaviour memory = i % 2 == 0 ? Behaviour.SHARING : OWN;
      devices[i] = new FakeDevice("d" + i + ":0", "chip " + i, memory.withSpeed(2_000));
    }
    try (Session session = session(devices)) {
      Data data = Data.in(session);
      Execution execution = data.run(TWICE.withSplit(SplitPolicy.EVEN));
      data.assertRight();
      assertEquals(2L * N, execution.devices().stream().mapToLong(DeviceShare::items).sum());
      assertEquals(5, execution.devices().size());
    }
  }

  @Test
  void aThirdDeviceDecides() {
    FakeDevice liar = new FakeDevice("liar:0", "a", OWN.lying(n -> n == 0));
    FakeDevice honest = new FakeDevice("honest:0", "b", OWN);
    FakeDevice judge = new FakeDevice("judge:0", "b", OWN);
    try (Session session = session(liar, honest, judge)) {
      Data data = Data.in(session);
      Execution execution = data.run(TWICE);
      data.assertRight();
      Redundancy.Dispute dispute = found(execution).disputes().getFirst();
      assertEquals(List.of("liar:0"), dispute.wrong());
      assertTrue(List.of("honest:0", "judge:0").contains(dispute.decidedBy()), dispute.decidedBy());
      assertTrue(dispute.example().startsWith("y[0] is "), dispute.example());
      assertTrue(dispute.items() < N, "only the units that differ");
      RunException gone =
          assertThrows(RunException.class, () -> data.run(RunOptions.DEFAULT.on("liar")));
      assertTrue(gone.getMessage().contains("wrong bits"), gone.getMessage());
    }
  }

  @Test
  void withTwoDevicesTheReferenceDecides() {
    for (int liar = 0; liar < 2; liar++) {
      Behaviour lying = OWN.lying(n -> true);
      FakeDevice one = new FakeDevice("one:0", "a", liar == 0 ? lying : OWN);
      FakeDevice two = new FakeDevice("two:0", "b", liar == 1 ? lying : OWN);
      try (Session session = session(one, two)) {
        Data data = Data.in(session);
        Redundancy.Dispute dispute = found(data.run(TWICE)).disputes().getFirst();
        data.assertRight();
        assertEquals(Redundancy.REFERENCE, dispute.decidedBy());
        assertEquals(List.of(liar == 0 ? "one:0" : "two:0"), dispute.wrong());
      }
    }
  }

  @Test
  void bothMayBeWrong() {
    FakeDevice one = new FakeDevice("one:0", "a", OWN.lying(n -> true));
    FakeDevice two = new FakeDevice("two:0", "b", Behaviour.SHARING);
    FakeDevice three = new FakeDevice("three:0", "b", OWN.lying(n -> true));
    try (Session session = session(one, two, three)) {
      Data data = Data.in(session);
      data.run(TWICE);
      data.assertRight();
    }
  }

  @Test
  void whatNobodyCanTellIsAnError() {
    String loop =
        """
        __kernel void loop(__global const int *x, __global int *y) {
          size_t i = get_global_id(0);
          int s = 0;
          for (int k = 0; k < 1000; k++) s = s * 31 + (x[i] ^ k);
          y[0] = s;
        }
        """;
    FakeDevice one = new FakeDevice("one:0", "a", OWN.lying(n -> true));
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Kernel kernel = kernel(session, loop);
      Buffer x = session.allocate(8);
      Buffer y = session.allocate(8);
      // all work-items write y[0]: not proven to give the same bits each time
      RunException error =
          assertThrows(
              RunException.class,
              () -> kernel.run(NDRange.of(2), kernel.arguments().set("x", x).set("y", y), TWICE));
      assertEquals(RunException.Kind.MISMATCH, error.kind());
      assertTrue(error.getMessage().contains("not proven"), error.getMessage());
      assertEquals(0, y.read().get(ValueLayout.JAVA_INT, 0), "as before");
    }
  }

  @Test
  void reductionsAreCompared() {
    String count =
        """
        __kernel void count(__global const int *x, __global int *sum) {
          atomic_add(sum, x[get_global_id(0)]);
        }
        """;
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice two = new FakeDevice("two:0", "b", OWN.lying(n -> n == 0));
    FakeDevice three = new FakeDevice("three:0", "c", OWN);
    try (Session session = session(one, two, three)) {
      Kernel kernel = kernel(session, count);
      Data data = Data.in(session);
      Buffer sum = session.allocate(4);
      sum.write().set(ValueLayout.JAVA_INT, 0, 5);
      // evenly: else a team mate that starts sooner may leave nothing for the one that lies
      Execution execution =
          kernel.run(
              NDRange.of(N),
              kernel.arguments().set("x", data.x()).set("sum", sum),
              TWICE.withSplit(SplitPolicy.EVEN));
      assertEquals(5 + N * (N - 1) / 2, sum.read().get(ValueLayout.JAVA_INT, 0));
      // of a sum that several devices made together nobody can tell which of them was wrong
      assertTrue(found(execution).disputes().getFirst().wrong().contains("two:0"));
    }
  }

  @Test
  void whoIsRightInATeamThatWasWrongIsKept() {
    String count =
        """
        __kernel void count(__global const int *x, __global int *sum) {
          atomic_add(sum, x[get_global_id(0)]);
        }
        """;
    FakeDevice one = new FakeDevice("one:0", "a", Behaviour.SHARING);
    FakeDevice two = new FakeDevice("two:0", "b", OWN.lying(n -> true));
    FakeDevice three = new FakeDevice("three:0", "c", OWN);
    try (Session session = session(one, two, three)) {
      Kernel kernel = kernel(session, count);
      Data data = Data.in(session);
      Buffer sum = session.allocate(4);
      RunOptions options = TWICE.withSplit(SplitPolicy.EVEN);
      Arguments arguments = kernel.arguments().set("x", data.x()).set("sum", sum);
      Execution execution = kernel.run(NDRange.of(N), arguments, options);
      assertEquals(N * (N - 1) / 2, sum.read().get(ValueLayout.JAVA_INT, 0));
      assertEquals(List.of("two:0"), found(execution).disputes().getFirst().wrong());
      Execution next = kernel.run(NDRange.of(N), arguments, options);
      assertEquals(
          Set.of("one:0", "three:0"),
          next.devices().stream().map(DeviceShare::id).collect(Collectors.toSet()));
    }
  }

  @Test
  void whatWasPrintedBeforeAFaultIsKept() {
    FakeDevice one = new FakeDevice("one:0", "a", OWN);
    FakeDevice two = new FakeDevice("two:0", "b", Behaviour.SHARING);
    try (Session session = session(one, two)) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void tell(__global int *x) {
                size_t i = get_global_id(0);
                printf("item %d\\n", (int) i);
                x[i + 1] = 7;
              }
              """);
      Buffer x = session.allocate(4L * 4);
      RunException error =
          assertThrows(
              RunException.class,
              () -> kernel.run(NDRange.of(4), kernel.arguments().set("x", x), TWICE));
      assertEquals(RunException.Kind.KERNEL_FAULT, error.kind());
      String printed = error.execution().map(Execution::printed).orElse("none");
      assertTrue(printed.startsWith("item 0\n"), printed);
      assertEquals(0, x.read().get(ValueLayout.JAVA_INT, 4), "as before");
    }
  }

  @Test
  void anotherTakesThePlaceOfAFailedOne() {
    FakeDevice failing =
        new FakeDevice("fails:0", "a", OWN.failing(n -> true, DeviceException.Kind.LOST, false));
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    FakeDevice three = new FakeDevice("three:0", "b", OWN);
    try (Session session = session(failing, two, three)) {
      Data data = Data.in(session);
      assertEquals(2, data.run(TWICE).devices().size());
      data.assertRight();
    }
  }

  @Test
  void withoutASecondDeviceNothingIsKept() {
    FakeDevice failing =
        new FakeDevice("fails:0", "a", OWN.failing(n -> true, DeviceException.Kind.LOST, true));
    FakeDevice two = new FakeDevice("two:0", "b", Behaviour.SHARING);
    try (Session session = session(failing, two)) {
      Data data = Data.in(session);
      RunException error = assertThrows(RunException.class, () -> data.run(TWICE));
      assertEquals(RunException.Kind.DEVICE_LOST, error.kind());
      assertTrue(error.getMessage().contains("not checked"), error.getMessage());
      data.assertUntouched();
    }
    try (Session session = session(new FakeDevice("one:0", "a", OWN))) {
      Data data = Data.in(session);
      RunException error = assertThrows(RunException.class, () -> data.run(TWICE));
      assertEquals(RunException.Kind.NO_SUCH_DEVICE, error.kind());
      assertTrue(error.getMessage().contains("one:0 alone"), error.getMessage());
    }
  }

  @Test
  void aFaultThatBothSeeIsAFault() {
    FakeDevice one = new FakeDevice("one:0", "a", OWN);
    FakeDevice two = new FakeDevice("two:0", "b", Behaviour.SHARING);
    try (Session session = session(one, two)) {
      Kernel kernel =
          kernel(
              session,
              """
              __kernel void off(__global int *x) {
                size_t i = get_global_id(0);
                x[i + 1] = 7;
              }
              """);
      Buffer x = session.allocate(4L * 100);
      RunException error =
          assertThrows(
              RunException.class,
              () -> kernel.run(NDRange.of(100), kernel.arguments().set("x", x), TWICE));
      assertEquals(RunException.Kind.KERNEL_FAULT, error.kind());
    }
  }

  @Test
  void aHungDeviceEndsInATimeout() {
    FakeDevice hung = new FakeDevice("hung:0", "a", Behaviour.SHARING.hanging());
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(hung, two)) {
      Data data = Data.in(session);
      RunException error =
          assertThrows(
              RunException.class, () -> data.run(TWICE.withTimeout(Duration.ofMillis(200))));
      assertEquals(RunException.Kind.TIMEOUT, error.kind());
      data.assertUntouched();
    }
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    FakeDevice one = new FakeDevice("one:0", "a", OWN);
    FakeDevice two = new FakeDevice("two:0", "b", OWN);
    try (Session session = session(one, two)) {
      Data data = Data.in(session);
      for (RunOptions options :
          List.of(
              TWICE.withMath(MathMode.FAST),
              TWICE.withSplit(SplitPolicy.parse("one=0.5,two=0.5")))) {
        RunException error = assertThrows(RunException.class, () -> data.run(options));
        assertEquals(RunException.Kind.USAGE, error.kind());
      }
    }
  }

  @Test
  void aPlanShowsBothTeams() {
    FakeDevice one = new FakeDevice("one:0", "a", OWN);
    FakeDevice two = new FakeDevice("two:0", "a", Behaviour.SHARING);
    try (Session session = session(one, two)) {
      Data data = Data.in(session);
      Execution plan =
          data.kernel()
              .plan(
                  NDRange.of(N),
                  data.kernel().arguments().set("x", data.x()).set("y", data.y()),
                  TWICE);
      assertEquals(2L * N, plan.devices().stream().mapToLong(DeviceShare::items).sum());
      assertTrue(plan.notes().getLast().contains("one chip"), plan.notes().toString());
      data.assertUntouched();
    }
  }
}
