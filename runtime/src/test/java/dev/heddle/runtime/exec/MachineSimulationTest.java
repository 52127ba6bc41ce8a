package dev.heddle.runtime.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the planner and the dynamic correction make of machines that exist as numbers. */
class MachineSimulationTest {
  private static final int MACHINES = 10_000;

  private static double[] efficiencies(int machines, double worstError, long seed) {
    double[] efficiencies = new double[machines];
    for (int i = 0; i < machines; i++) {
      Random random = new Random(seed + i);
      VirtualMachine machine = VirtualMachine.random(random, worstError);
      efficiencies[i] = machine.optimum() / EventSimulation.nanos(machine, random);
    }
    Arrays.sort(efficiencies);
    return efficiencies;
  }

  private static String summary(double[] sorted) {
    return "mean %.3f, worst %.3f, 1 %% under %.3f, 5 %% under %.3f"
        .formatted(
            Arrays.stream(sorted).average().orElseThrow(),
            sorted[0],
            sorted[sorted.length / 100],
            sorted[sorted.length / 20]);
  }

  @Test
  void randomMachinesAreUsedWell() {
    double[] efficiencies = efficiencies(MACHINES, 1.5, 1);
    double mean = Arrays.stream(efficiencies).average().orElseThrow();
    assertTrue(mean >= 0.95, () -> summary(efficiencies));
  }

  @Test
  void profilesWrongByThreeAreCorrected() {
    double[] efficiencies = efficiencies(MACHINES / 5, 3, 1_000_000);
    double mean = Arrays.stream(efficiencies).average().orElseThrow();
    assertTrue(mean >= 0.9, () -> summary(efficiencies));
  }

  @Test
  void nothingIsLostOrDoneTwice() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      VirtualMachine machine = VirtualMachine.random(random, 2);
      VirtualMachine small =
          new VirtualMachine(machine.devices(), Math.min(machine.units(), 10_000));
      int[] times = EventSimulation.withFailures(small, random, 0.3);
      int[] once = new int[times.length];
      Arrays.fill(once, 1);
      int at = Arrays.mismatch(once, times);
      assertEquals(-1, at, "seed " + seed);
    }
  }
}
