package dev.heddle.cli.bench;

import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.function.DoubleUnaryOperator;

/**
 * A kernel launched through the runtime, its buffers in place. The buffers belong to whoever made
 * it.
 *
 * @param value what a launch of that many nanoseconds means in the subject's unit
 */
record KernelProbe(
    Subject subject,
    Kernel kernel,
    NDRange range,
    Arguments arguments,
    RunOptions options,
    DoubleUnaryOperator value)
    implements Probe {

  /** So many a second. */
  static DoubleUnaryOperator perSecond(double amount) {
    return nanos -> amount * 1e9 / nanos;
  }

  @Override
  public double sample() {
    long start = System.nanoTime();
    kernel.run(range, arguments, options);
    return value.applyAsDouble(Math.max(1, System.nanoTime() - start));
  }

  @Override
  public void close() {}
}
