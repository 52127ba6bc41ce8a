package dev.heddle.cli.bench;

import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.function.DoubleUnaryOperator;

/**
 * A kernel launched through the runtime, its buffers in place. The buffers belong to whoever made
 * it.
 */
final class KernelProbe implements Probe {
  private final Subject subject;
  private final Kernel kernel;
  private final NDRange range;
  private final Arguments arguments;
  private final RunOptions options;
  private final DoubleUnaryOperator value;
  private final String warmTier;
  private String tier = "";

  /**
   * @param options of a run on {@code device} alone
   * @param value what a launch of that many nanoseconds means in the subject's unit
   */
  KernelProbe(
      Subject subject,
      Kernel kernel,
      NDRange range,
      Arguments arguments,
      DeviceInfo device,
      RunOptions options,
      DoubleUnaryOperator value) {
    this.subject = subject;
    this.kernel = kernel;
    this.range = range;
    this.arguments = arguments;
    this.options = options;
    this.value = value;
    this.warmTier = device.properties().getOrDefault(DeviceInfo.WARM_TIER, "");
  }

  /** So many a second. */
  static DoubleUnaryOperator perSecond(double amount) {
    return nanos -> amount * 1e9 / nanos;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    long start = System.nanoTime();
    var execution = kernel.run(range, arguments, options);
    long nanos = Math.max(1, System.nanoTime() - start);
    tier = execution.devices().stream().findFirst().map(DeviceShare::tier).orElse("");
    return value.applyAsDouble(nanos);
  }

  @Override
  public boolean settled() {
    return warmTier.isEmpty() || tier.equals(warmTier);
  }

  @Override
  public void close() {}
}
