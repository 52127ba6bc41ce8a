package dev.heddle.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaterFillingTest {
  private static ViewCost view(double fixed, double floor, double perUnit, long capacity) {
    return new ViewCost(fixed, floor, perUnit, capacity, 0.25, 0);
  }

  @Test
  void equalDevicesShareEqually() {
    List<ViewCost> views = List.of(view(10, 0, 1, Long.MAX_VALUE), view(10, 0, 1, Long.MAX_VALUE));
    assertArrayEquals(new long[] {500, 500}, WaterFilling.divide(views, 1000));
  }

  @Test
  void theClosedFormHoldsWithoutFloors() {
    List<ViewCost> views =
        List.of(view(100, 0, 1, Long.MAX_VALUE), view(400, 0, 0.5, Long.MAX_VALUE));
    long[] shares = WaterFilling.divide(views, 10_000);
    double level = (10_000 + 100 / 1.0 + 400 / 0.5) / (1 / 1.0 + 1 / 0.5);
    assertEquals(level - 100, shares[0], 1);
    assertEquals((level - 400) / 0.5, shares[1], 1);
  }

  @Test
  void aDeviceThatStartsTooLateGetsNothing() {
    List<ViewCost> views =
        List.of(view(0, 0, 1, Long.MAX_VALUE), view(5_000, 0, 0.01, Long.MAX_VALUE));
    assertArrayEquals(new long[] {1000, 0}, WaterFilling.divide(views, 1000));
  }

  @Test
  void capacitiesBind() {
    List<ViewCost> views = List.of(view(0, 0, 1, 10), view(0, 0, 1, Long.MAX_VALUE));
    assertArrayEquals(new long[] {10, 90}, WaterFilling.divide(views, 100));
    assertThrows(
        IllegalArgumentException.class, () -> WaterFilling.divide(List.of(view(0, 0, 1, 10)), 11));
  }

  /** Against every division of a small amount of work. */
  @Test
  void isWithinOneUnitOfTheBestDivision() {
    Random random = new Random(1);
    for (int trial = 0; trial < 3000; trial++) {
      int units = 1 + random.nextInt(25);
      List<ViewCost> views = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        views.add(
            view(
                random.nextInt(4) == 0 ? 0 : random.nextDouble() * 30,
                random.nextBoolean() ? 0 : random.nextDouble() * 30,
                Math.exp(random.nextGaussian()),
                i == 0 || random.nextInt(3) > 0 ? Long.MAX_VALUE : random.nextInt(20)));
      }
      long[] shares = WaterFilling.divide(views, units);
      assertEquals(units, Arrays.stream(shares).sum());
      for (int i = 0; i < shares.length; i++) {
        assertTrue(shares[i] >= 0 && shares[i] <= views.get(i).capacity());
      }
      double slowest = views.stream().mapToDouble(ViewCost::nanosPerUnit).max().orElseThrow();
      double best = best(views, 0, units);
      assertTrue(
          WaterFilling.makespan(views, shares) <= best + slowest + 1e-6,
          () -> views + " " + units + ": " + Arrays.toString(shares) + " best " + best);
    }
  }

  private static double best(List<ViewCost> views, int from, int units) {
    if (from == views.size()) {
      return units == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int mine = 0; mine <= Math.min(units, views.get(from).capacity()); mine++) {
      best =
          Math.min(
              best, Math.max(views.get(from).nanos(mine), best(views, from + 1, units - mine)));
    }
    return best;
  }

  @Test
  void largeAmountsAddUp() {
    List<ViewCost> views =
        List.of(view(3e4, 1e4, 1e-3, Long.MAX_VALUE), view(1e5, 0, 3e-4, Long.MAX_VALUE));
    long units = (1L << 45) + 12_345;
    assertEquals(units, Arrays.stream(WaterFilling.divide(views, units)).sum());
  }
}
