package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.fake.FakeDevice;
import dev.heddle.runtime.fake.FakeDevice.Behaviour;
import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device that always takes the same time teaches about its next launches. */
class PredictionTest {
  private static final String FILL =
      "__kernel void fill(__global int *y) { y[get_global_id(0)] = 7; }";
  private static final int N = 500;

  /** Far from any prior. */
  private static final double ITEM_NANOS = 60_000;

  private static final int LAUNCHES = 8;
  private static final int TAUGHT = 3;

  /** What a busy machine may add. */
  private static final double CLOSE = 0.2;

  @Test
  void afterThreeLaunchesTheNextOnesArePredicted() {
    try (Session session = session()) {
      List<Double> errors = errors(session, kernel(session), N);
      double median = median(errors.subList(TAUGHT, LAUNCHES));
      assertTrue(median < CLOSE, "off by " + errors);
      assertTrue(errors.getFirst() > CLOSE, "nothing was to be learned: " + errors);
    }
  }

  @Test
  void anotherSizeIsPredictedFromTheFirst() {
    try (Session session = session()) {
      Kernel kernel = kernel(session);
      errors(session, kernel, N);
      double first = errors(session, kernel, 3 * N).getFirst();
      assertTrue(first < 2 * CLOSE, "off by " + first);
    }
  }

  private static Session session() {
    Behaviour steady = Behaviour.SHARING.withSpeed(ITEM_NANOS);
    return Session.open(
        SessionOptions.DEFAULT.forgetful(),
        List.of(new FakeProvider(new FakeDevice("one:0", "a", steady))));
  }

  private static Kernel kernel(Session session) {
    return session
        .compile(List.of(new SourceFile("fill.cl", FILL)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  /** How far off the predictions were, as parts of the measured times, launch by launch. */
  private static List<Double> errors(Session session, Kernel kernel, int n) {
    Buffer y = session.allocate(4L * n);
    List<Double> errors = new ArrayList<>();
    for (int launch = 0; launch < LAUNCHES; launch++) {
      DeviceShare share =
          kernel
              .run(NDRange.of(n), kernel.arguments().set("y", y), RunOptions.DEFAULT)
              .devices()
              .getFirst();
      double measured = share.measuredNanos();
      errors.add(Math.abs(share.predictedNanos() - measured) / measured);
    }
    return errors;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
