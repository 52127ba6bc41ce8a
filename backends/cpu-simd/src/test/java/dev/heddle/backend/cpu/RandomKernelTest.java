package dev.heddle.backend.cpu;

import dev.heddle.backend.cpu.run.TierMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Both tiers compute the interpreter's bits, and find its faults, for kernels nobody thought of.
 */
class RandomKernelTest {
  private static final int KERNELS = Integer.getInteger("heddle.test.kernels", 150);

  @Test
  void scalarTier() {
    try (CaseRunner runner = new CaseRunner(TierMode.SCALAR, 1)) {
      for (int seed = 0; seed < KERNELS; seed++) {
        runner.check(plain(seed));
      }
    }
  }

  @Test
  void scalarTierWithBarriers() {
    try (CaseRunner runner = new CaseRunner(TierMode.SCALAR, 1)) {
      for (int seed = 0; seed < KERNELS; seed++) {
        runner.check(grouped(seed));
      }
    }
  }

  /** Stores a half that was computed. */
  @Test
  void halfInBothTiers() {
    for (TierMode tier : List.of(TierMode.SCALAR, TierMode.VECTOR)) {
      try (CaseRunner runner = new CaseRunner(tier, 1)) {
        runner.check(plain(819));
      }
    }
  }

  @Test
  void vectorTier() {
    try (CaseRunner runner = new CaseRunner(TierMode.VECTOR, 1)) {
      for (int seed = 0; seed < KERNELS / 5; seed++) {
        runner.check(plain(seed));
      }
    }
  }

  @Test
  void vectorTierWithBarriers() {
    try (CaseRunner runner = new CaseRunner(TierMode.VECTOR, 1)) {
      for (int seed = 0; seed < KERNELS / 5; seed++) {
        runner.check(grouped(seed));
      }
    }
  }

  private static KernelCase plain(int seed) {
    long[][] sizes = {{1}, {67}, {100, 3}, {16, 7}};
    long[] global = sizes[seed % sizes.length];
    return RandomKernels.of(
        seed,
        20 + seed % 60,
        false,
        global,
        global.length == 1 ? new long[] {8} : new long[] {8, 2});
  }

  private static KernelCase grouped(int seed) {
    long[][] globals = {{64}, {67}, {20, 6}, {33, 5}, {64}, {150}};
    long[][] locals = {{32}, {16}, {10, 3}, {16, 4}, {64}, {64}};
    int shape = seed % globals.length;
    return RandomKernels.of(1000 + seed, 20 + seed % 60, true, globals[shape], locals[shape]);
  }
}
