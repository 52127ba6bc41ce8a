package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.fake.FakeDevice;
import dev.heddle.runtime.fake.FakeDevice.Behaviour;
import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.DeviceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand runs on devices that refuse, hang, are lost in mid-chunk or give wrong bits: each ends
 * with the right result or with an error that says so.
 */
class InjectedFailuresTest {
  private static final String KERNELS =
      """
      __kernel void apart(__global const int *x, __global int *y) {
        size_t i = get_global_id(0);
        y[i] = 3 * x[i] + 1;
      }
      __kernel void inplace(__global const int *x, __global int *y) {
        size_t i = get_global_id(0);
        y[i] = 3 * x[i] + y[i];
      }
      __kernel void count(__global const int *x, __global int *y) {
        atomic_add(y, 3 * x[get_global_id(0)] + 1);
      }
      """;
  private static final Program PROGRAM =
      OpenClCompiler.compile(List.of(new SourceFile("test.cl", KERNELS)), FrontendOptions.DEFAULT);
  private static final List<String> NAMES = List.of("apart", "inplace", "count");
  private static final int RUNS = 1_000;

  /** What goes wrong. */
  private enum Injected {
    REFUSED,
    LAUNCH_FAILS,
    LOST_BEFORE,
    LOST_IN_MID_CHUNK,
    HUNG,
    WRONG_BITS
  }

  private final Map<Injected, Integer> injected = new EnumMap<>(Injected.class);
  private int right;
  private int honest;

  @Test
  void everyResultIsRightOrAnHonestError() {
    for (int seed = 0; seed < RUNS; seed++) {
      run(seed);
    }
    assertEquals(RUNS, right + honest);
    assertEquals(Injected.values().length, injected.size(), injected.toString());
    int failures = injected.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(failures >= RUNS, injected.toString());
    assertTrue(right > RUNS / 2, right + " of " + RUNS + " ended well");
  }

  private void run(int seed) {
    Random random = new Random(seed);
    FakeDevice[] devices = new FakeDevice[2 + random.nextInt(4)];
    boolean redundant = random.nextInt(3) == 0;
    boolean hangs = random.nextInt(20) == 0;
    int failing = 1 + random.nextInt(devices.length - 1);
    for (int i = 0; i < devices.length; i++) {
      Behaviour sound =
          random.nextBoolean() ? Behaviour.SHARING : Behaviour.SHARING.withOwnMemory(1 << 20);
      Behaviour behaviour = i < failing ? broken(sound, random, redundant, hangs) : sound;
      String name = (char) ('a' + i) + ":0";
      devices[i] = new FakeDevice(name, "chip " + i, behaviour);
    }
    int n = 1 + random.nextInt(500);
    RunOptions options =
        RunOptions.DEFAULT
            .withSplit(random.nextBoolean() ? SplitPolicy.EVEN : SplitPolicy.AUTO)
            .withRedundancy(redundant);
    options = hangs ? options.withTimeout(Duration.ofMillis(30)) : options;
    String name = NAMES.get(random.nextInt(NAMES.size()));
    try (Session session =
        Session.open(SessionOptions.DEFAULT.forgetful(), List.of(new FakeProvider(devices)))) {
      check(session, name, n, options, seed);
    }
  }

  private Behaviour broken(Behaviour sound, Random random, boolean redundant, boolean hangs) {
    int from = random.nextInt(3);
    Injected what = Injected.values()[random.nextInt(Injected.values().length)];
    boolean possible =
        switch (what) {
          case HUNG -> hangs;
          case WRONG_BITS -> redundant;
          case REFUSED, LAUNCH_FAILS, LOST_BEFORE, LOST_IN_MID_CHUNK -> true;
        };
    what = possible ? what : Injected.LAUNCH_FAILS;
    injected.merge(what, 1, Integer::sum);
    return switch (what) {
      case REFUSED -> sound.refusing(DeviceException.Kind.COMPILE);
      case LAUNCH_FAILS ->
          sound.failing(n -> n >= from, DeviceException.Kind.LAUNCH, random.nextBoolean());
      case LOST_BEFORE -> sound.failing(n -> n == from, DeviceException.Kind.LOST, false);
      case LOST_IN_MID_CHUNK -> sound.failing(n -> n == from, DeviceException.Kind.LOST, true);
      case HUNG -> sound.hanging();
      case WRONG_BITS -> sound.lying(n -> n >= from);
    };
  }

  private void check(Session session, String name, int n, RunOptions options, int seed) {
    Kernel kernel = session.program(PROGRAM).kernel(name);
    Buffer x = session.allocate(4L * n);
    x.write().copyFrom(MemorySegment.ofArray(IntStream.range(0, n).toArray()));
    Buffer y = session.allocate(4L * n);
    y.write().copyFrom(MemorySegment.ofArray(IntStream.range(0, n).map(i -> 1).toArray()));
    try {
      Execution execution =
          kernel.run(NDRange.of(n), kernel.arguments().set("x", x).set("y", y), options);
      int[] content = y.read().toArray(ValueLayout.JAVA_INT);
      assertArrayEquals(expected(name, n), content, () -> "seed " + seed + ": " + execution);
      long items = execution.devices().stream().mapToLong(share -> share.items()).sum();
      long times = options.redundant() ? 2 : 1;
      boolean anyWrong =
          execution.redundancy().map(found -> !found.disputes().isEmpty()).orElse(false);
      assertTrue(items == times * n || anyWrong, "seed " + seed + ": " + execution);
      right++;
    } catch (RunException e) {
      boolean expected =
          switch (e.kind()) {
            case DEVICE_LOST, COMPILE, TIMEOUT, MISMATCH, NO_SUCH_DEVICE -> true;
            case USAGE, KERNEL_FAULT, OUT_OF_MEMORY, CANCELLED -> false;
          };
      assertTrue(expected, "seed " + seed + ": " + e.kind() + " " + e.getMessage());
      assertFalse(e.getMessage().isBlank());
      honest++;
    }
  }

  private static int[] expected(String name, int n) {
    if (!name.equals("count")) {
      return IntStream.range(0, n).map(i -> 3 * i + 1).toArray();
    }
    int[] sums = IntStream.range(0, n).map(i -> 1).toArray();
    sums[0] += IntStream.range(0, n).map(i -> 3 * i + 1).sum();
    return sums;
  }
}
