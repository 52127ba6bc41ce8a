package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.fake.FakeDevice;
import dev.heddle.runtime.fake.FakeDevice.Behaviour;
import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.fake.TellingDevice;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Which of two views of one chip runs in the long run. */
class ViewChoiceTest {
  private static final String FILL =
      "__kernel void fill(__global int *y) { y[get_global_id(0)] = 7; }";
  private static final int N = 100;
  private static final double SLOW_NANOS = 30_000;
  private static final double FAST_NANOS = 20_000;

  /** Runs by which the better view must have been found, and those that are looked at then. */
  private static final int RUNS = 100;

  private static final int LAST = 20;
  private static final int FEW = 15;

  @Test
  void aDriverThatTellsTooShortTimesIsNotBelieved() {
    // it says that it takes 20 us and takes 60
    assertEquals("cpu:0", mostly(SLOW_NANOS, FAST_NANOS, launch -> 3));
  }

  @Test
  void theFasterViewIsFoundWhicheverRanFirst() {
    assertEquals("driver:0", mostly(SLOW_NANOS, FAST_NANOS, launch -> 1));
    assertEquals("cpu:0", mostly(FAST_NANOS, SLOW_NANOS, launch -> 1));
  }

  @Test
  void aViewThatWasDisturbedWhenItWasTriedIsTriedAgain() {
    assertEquals("driver:0", mostly(SLOW_NANOS, FAST_NANOS, launch -> launch < 6 ? 2 : 1));
  }

  /** Without that it would not find out: compiling for the driver costs more than may be tried. */
  @Test
  void whatIsRunOnOneViewAloneTellsThePlannerToo() {
    try (Session session = session(SLOW_NANOS, FAST_NANOS, launch -> 1)) {
      Kernel kernel = kernel(session);
      Arguments arguments = kernel.arguments().set("y", session.allocate(4L * N));
      onEach(kernel, arguments, 8);
      List<String> ran = new ArrayList<>();
      for (int run = 0; run < FEW; run++) {
        ran.add(ranOn(kernel, arguments));
      }
      long wins = ran.stream().filter("driver:0"::equals).count();
      assertTrue(wins > FEW / 2, () -> "ran on " + ran);
    }
  }

  private static void onEach(Kernel kernel, Arguments arguments, int runs) {
    for (String device : List.of("cpu", "driver")) {
      for (int run = 0; run < runs; run++) {
        kernel.run(NDRange.of(N), arguments, RunOptions.DEFAULT.on(device));
      }
    }
  }

  /** Where most of the last runs went. */
  private static String mostly(double cpuNanos, double driverNanos, IntUnaryOperator times) {
    try (Session session = session(cpuNanos, driverNanos, times)) {
      Kernel kernel = kernel(session);
      Arguments arguments = kernel.arguments().set("y", session.allocate(4L * N));
      onEach(kernel, arguments, 3);
      List<String> ran = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        ran.add(ranOn(kernel, arguments));
      }
      List<String> last = ran.subList(RUNS - LAST, RUNS);
      String winner = last.getLast();
      long wins = last.stream().filter(winner::equals).count();
      assertTrue(wins > LAST / 2, () -> "undecided: " + ran);
      return winner;
    }
  }

  private static String ranOn(Kernel kernel, Arguments arguments) {
    return kernel.run(NDRange.of(N), arguments, RunOptions.DEFAULT).devices().getFirst().id();
  }

  private static Session session(double cpuNanos, double driverNanos, IntUnaryOperator times) {
    FakeDevice cpu = new FakeDevice("cpu:0", "chip", Behaviour.SHARING.withSpeed(cpuNanos));
    FakeDevice driver =
        new FakeDevice("driver:0", "chip", Behaviour.SHARING.withSpeed(driverNanos));
    return Session.open(
        SessionOptions.DEFAULT.forgetful(),
        List.of(new FakeProvider(cpu), new FakeProvider(new TellingDevice(driver, times))));
  }

  private static Kernel kernel(Session session) {
    return session
        .compile(List.of(new SourceFile("fill.cl", FILL)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }
}
