package dev.heddle.cli.bench;

import dev.heddle.runtime.spi.DeviceInfo;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most fused multiply-adds a second that a device's description allows, where it tells enough:
 * of NVIDIA GPUs multiprocessors x lanes x clock (lanes by compute capability, from the CUDA C++
 * Programming Guide, "Arithmetic Instructions"), of CPUs cores x lanes of a vector x 2 units x
 * clock, which may rise above the nominal one.
 */
public final class Theory {
  private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?).*");

  /** Vector units of an x86-64 core that can multiply and add, at most. */
  private static final int UNITS = 2;

  private Theory() {}

  /**
   * Single-precision fused multiply-adds a second.
   *
   * @param hostMegahertz the processor's clock; empty: unknown
   */
  public static Optional<Double> fmas(DeviceInfo device, Optional<Double> hostMegahertz) {
    Map<String, String> facts = device.properties();
    if (facts.containsKey("compute capability")) {
      int lanes = lanes(number(facts, "compute capability").orElse(0.0));
      return number(facts, "clock").map(mhz -> mhz * 1e6 * device.computeUnits() * lanes);
    }
    if (facts.containsKey("simd")) {
      double lanes = number(facts, "simd").orElse(0.0) / Float.SIZE;
      return hostMegahertz.map(mhz -> mhz * 1e6 * device.computeUnits() * lanes * UNITS);
    }
    return Optional.empty();
  }

  /** Single-precision lanes of a multiprocessor. */
  private static int lanes(double capability) {
    boolean half = capability < 8.6 && capability >= 7.0;
    return half ? 64 : 128;
  }

  private static Optional<Double> number(Map<String, String> facts, String name) {
    Matcher matcher = NUMBER.matcher(facts.getOrDefault(name, ""));
    return matcher.matches() ? Optional.of(Double.valueOf(matcher.group(1))) : Optional.empty();
  }
}
