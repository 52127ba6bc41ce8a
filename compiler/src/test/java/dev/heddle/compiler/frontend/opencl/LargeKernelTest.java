package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.diagnostic.CompileException;
import org.junit.jupiter.api.Test;

/** Kernels that helper functions make large: as hash functions of real programs do. */
class LargeKernelTest {
  /** Helpers of which each calls the one before it twice. */
  private static String doubling(int levels) {
    StringBuilder text = new StringBuilder("uint h0(uint x) { return x * 3u ^ (x >> 5); }\n");
    for (int i = 1; i <= levels; i++) {
      text.append(
          "uint h%d(uint x) { uint t[2]; t[0] = h%d(x); t[1] = h%d(x ^ %du); return t[0] + t[1]; }\n"
              .formatted(i, i - 1, i - 1, i));
    }
    return text
        + "__kernel void k(__global uint* out) { int i = get_global_id(0); out[i] = h"
        + levels
        + "(out[i]); }";
  }

  private static int value(int level, int x) {
    return level == 0 ? x * 3 ^ x >>> 5 : value(level - 1, x) + value(level - 1, x ^ level);
  }

  @Test
  void tensOfThousandsOfOperations() {
    int[] out = {1, -7, 123456789};
    int[] wanted = out.clone();
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = value(12, wanted[i]);
    }
    KernelRunner.of(doubling(12)).run(out.length, 1, out);
    assertArrayEquals(wanted, out);
  }

  @Test
  void whatIsFarTooLargeIsRefused() {
    CompileException refusal =
        assertThrows(CompileException.class, () -> KernelRunner.of(doubling(24)));
    assertTrue(refusal.getMessage().contains("operations once its helper"), refusal.getMessage());
  }
}
