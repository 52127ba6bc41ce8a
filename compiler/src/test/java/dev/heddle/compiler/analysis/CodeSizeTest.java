package dev.heddle.compiler.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CodeSizeTest {
  @Test
  void whatStandsInsideCounts() {
    int flat = size("y[i] = i * 3;");
    int branch = size("if (y[i] > 0) y[i] = i * 3;");
    int loop = size("for (int k = 0; k < n; k++) if (y[i] > k) y[i] += i * 3 + k;");
    assertTrue(flat < branch && branch < loop, flat + " " + branch + " " + loop);
  }

  @Test
  void tripsOfALoopDoNot() {
    assertEquals(
        size("for (int k = 0; k < 10; k++) y[i] += k;"),
        size("for (int k = 0; k < 1000000; k++) y[i] += k;"));
  }

  private static int size(String body) {
    return CodeSize.of(
        Trial.compile(
            "__kernel void t(int n, __global int *y) { int i = get_global_id(0); " + body + " }"));
  }
}
