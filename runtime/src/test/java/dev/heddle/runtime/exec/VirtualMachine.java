package dev.heddle.runtime.exec;

import dev.heddle.runtime.plan.Candidate;
import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.plan.WaterFilling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Devices that exist as numbers: what a launch really costs on each, and what the planner believes.
 *
 * @param units of work in the launch
 */
record VirtualMachine(List<VirtualDevice> devices, long units) {
  /**
   * One of them.
   *
   * @param fixedNanos what a launch takes beside the work
   * @param nanosPerUnit really, while it has its memory to itself
   * @param domain devices with the same one share memory
   * @param slowdown of its work while others of its domain are busy
   * @param noise standard deviation of the logarithm of each launch's time
   * @param error believed over real time
   * @param sigma how sure the planner is
   */
  record VirtualDevice(
      double fixedNanos,
      double nanosPerUnit,
      int domain,
      double slowdown,
      double noise,
      double error,
      double sigma,
      int samples) {
    ViewCost real(boolean shared) {
      double perUnit = nanosPerUnit * (shared ? slowdown : 1);
      return new ViewCost(fixedNanos, 0, perUnit, Long.MAX_VALUE, 0, 9);
    }

    private ViewCost believed(boolean shared) {
      double perUnit = nanosPerUnit * (shared ? slowdown : 1) * error;
      return new ViewCost(fixedNanos, 0, perUnit, Long.MAX_VALUE, sigma, samples);
    }
  }

  /** Rates over three orders of magnitude, beliefs wrong by up to {@code worstError}. */
  static VirtualMachine random(Random random, double worstError) {
    int count = 1 + random.nextInt(8);
    List<VirtualDevice> devices = new ArrayList<>();
    double slowest = 0;
    for (int i = 0; i < count; i++) {
      double perUnit = Math.pow(10, 3 * random.nextDouble());
      slowest = Math.max(slowest, perUnit);
      devices.add(
          new VirtualDevice(
              Math.pow(10, 3 + 2 * random.nextDouble()),
              perUnit,
              random.nextInt(4) == 0 ? 0 : i + 1,
              1 + 0.5 * random.nextDouble(),
              0.05 * random.nextDouble(),
              Math.pow(worstError, 2 * random.nextDouble() - 1),
              0.05 + 0.2 * random.nextDouble(),
              random.nextInt(10)));
    }
    // so that the best division takes 10 ms to 1 s
    double rate = devices.stream().mapToDouble(device -> 1 / device.nanosPerUnit()).sum();
    double wanted = Math.pow(10, 7.05 + 2 * random.nextDouble());
    return new VirtualMachine(devices, Math.max(1, Math.round(wanted * rate)));
  }

  /** What the planner is told. */
  List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      VirtualDevice device = devices.get(i);
      candidates.add(
          new Candidate(
              "d" + i, "chip " + i, device.believed(false), device.believed(sharesDomain(i))));
    }
    return candidates;
  }

  private boolean sharesDomain(int device) {
    return sharesDomain(device, (1 << devices.size()) - 1);
  }

  /** Whether another of those devices works on the same memory. */
  private boolean sharesDomain(int device, int members) {
    for (int i = 0; i < devices.size(); i++) {
      boolean member = i != device && (members & 1 << i) != 0;
      if (member && devices.get(i).domain() == devices.get(device).domain()) {
        return true;
      }
    }
    return false;
  }

  /** The shortest time in which all can be done, with all known beforehand. */
  double optimum() {
    double best = Double.POSITIVE_INFINITY;
    for (int members = 1; members < 1 << devices.size(); members++) {
      if (worthTrying(members)) {
        List<ViewCost> costs = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
          if ((members & 1 << i) != 0) {
            costs.add(devices.get(i).real(sharesDomain(i, members)));
          }
        }
        best = Math.min(best, WaterFilling.makespan(costs, WaterFilling.divide(costs, units)));
      }
    }
    return best;
  }

  /** Who slows nobody down takes part: water-filling gives it nothing if it can't help. */
  private boolean worthTrying(int members) {
    int all = (1 << devices.size()) - 1;
    for (int i = 0; i < devices.size(); i++) {
      if ((members & 1 << i) == 0 && !sharesDomain(i, all)) {
        return false;
      }
    }
    return true;
  }
}
