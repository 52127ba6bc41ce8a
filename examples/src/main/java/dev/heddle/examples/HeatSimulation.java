package dev.heddle.examples;

import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A plate that is heated in two places; pictures of how the heat spreads. */
final class HeatSimulation implements Example {
  private static final int SIZE = 256;
  private static final int PICTURES = 3;
  private static final int STEPS = 400;
  private static final float RATE = 0.24f;

  @Override
  public String name() {
    return "heat";
  }

  @Override
  public String about() {
    return "spreads heat over a plate, and writes pictures of it";
  }

  @Override
  public void run(Session session, PrintStream out, Path folder, List<String> arguments)
      throws IOException {
    try (FloatArray a = session.floats((long) SIZE * SIZE);
        FloatArray b = session.floats((long) SIZE * SIZE)) {
      FloatArray now = a;
      FloatArray next = b;
      for (int picture = 1; picture <= PICTURES; picture++) {
        long start = System.nanoTime();
        for (int step = 0; step < STEPS; step++) {
          // both stay on the device: nothing is copied from step to step
          FloatArray from = now;
          FloatArray to = next;
          session.parallelFor(SIZE, SIZE, (x, y) -> to.set(y * SIZE + x, spread(from, x, y)));
          now = to;
          next = from;
        }
        long nanos = System.nanoTime() - start;
        Path file = folder.resolve("heat" + picture + ".png");
        ImageFilter.write(colours(now.toArray()), SIZE, SIZE, file);
        out.printf(
            Locale.ROOT, "%d steps, %.3f ms each; wrote %s%n", STEPS, nanos / 1e6 / STEPS, file);
      }
    }
  }

  private static float spread(FloatArray from, int x, int y) {
    boolean heated = Math.abs(x - 64) < 9 && Math.abs(y - 64) < 9 || y == 200 && x > 40 && x < 200;
    if (heated) {
      return 1;
    }
    if (x == 0 || y == 0 || x == SIZE - 1 || y == SIZE - 1) {
      return 0;
    }
    int at = y * SIZE + x;
    float own = from.get(at);
    float around = from.get(at - 1) + from.get(at + 1) + from.get(at - SIZE) + from.get(at + SIZE);
    return own + RATE * (around - 4 * own);
  }

  /** From black over red and yellow to white. */
  private static int[] colours(float[] heat) {
    int[] colours = new int[heat.length];
    for (int i = 0; i < heat.length; i++) {
      int level = Math.clamp((int) (heat[i] * 765), 0, 765);
      int red = Math.min(255, level);
      int green = Math.clamp(level - 255, 0, 255);
      colours[i] = red << 16 | green << 8 | Math.clamp(level - 510, 0, 255);
    }
    return colours;
  }
}
