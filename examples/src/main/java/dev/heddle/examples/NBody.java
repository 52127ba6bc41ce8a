package dev.heddle.examples;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Bodies that attract each other, every one all others, with a leapfrog integrator. */
final class NBody implements Example {
  private static final int BODIES = 1024;
  private static final int STEPS = 20;
  private static final float STEP = 1e-3f;
  private static final float SOFTENING = 1e-2f;

  /** A place or a direction; in kernels a record is its values. */
  private record Vector(float x, float y, float z) {
    Vector plus(Vector other) {
      return new Vector(x + other.x, y + other.y, z + other.z);
    }

    Vector minus(Vector other) {
      return new Vector(x - other.x, y - other.y, z - other.z);
    }

    Vector times(float factor) {
      return new Vector(x * factor, y * factor, z * factor);
    }

    float squared() {
      return x * x + y * y + z * z;
    }
  }

  private final float[] place = new float[3 * BODIES];
  private final float[] speed = new float[3 * BODIES];

  @Override
  public String name() {
    return "n-body";
  }

  @Override
  public String about() {
    return "moves a thousand stars that attract each other, and checks their energy";
  }

  @Override
  public void run(Session session, PrintStream out, Path folder, List<String> arguments) {
    Random random = new Random(1);
    for (int i = 0; i < place.length; i++) {
      place[i] = (float) random.nextGaussian();
      speed[i] = 0;
    }
    double before = energy();
    long nanos = 0;
    Execution last = null;
    for (int step = 0; step < STEPS; step++) {
      Execution kick = session.parallelFor(BODIES, this::accelerate);
      last = session.parallelFor(3 * BODIES, i -> place[i] += STEP * speed[i]);
      nanos += kick.totalNanos() + last.totalNanos();
    }
    double after = energy();
    out.printf(
        Locale.ROOT,
        "%d steps of %,d bodies: %.2f ms each, on %s%n",
        STEPS,
        BODIES,
        nanos / 1e6 / STEPS,
        last == null ? "nothing" : Devices.of(last));
    out.printf(Locale.ROOT, "energy %.6f before, %.6f after%n", before, after);
  }

  private void accelerate(int i) {
    Vector own = at(i);
    Vector sum = new Vector(0, 0, 0);
    for (int j = 0; j < BODIES; j++) {
      Vector way = at(j).minus(own);
      float distance = (float) Math.sqrt(way.squared() + SOFTENING);
      sum = sum.plus(way.times(1 / (distance * distance * distance)));
    }
    float weight = STEP / BODIES;
    speed[3 * i] += weight * sum.x();
    speed[3 * i + 1] += weight * sum.y();
    speed[3 * i + 2] += weight * sum.z();
  }

  private Vector at(int i) {
    return new Vector(place[3 * i], place[3 * i + 1], place[3 * i + 2]);
  }

  /** In plain Java: the same methods run there. */
  private double energy() {
    double sum = 0;
    for (int i = 0; i < BODIES; i++) {
      double square = 0;
      for (int d = 0; d < 3; d++) {
        square += speed[3 * i + d] * (double) speed[3 * i + d];
      }
      sum += square / 2;
      for (int j = 0; j < i; j++) {
        sum -= 1 / Math.sqrt(at(i).minus(at(j)).squared() + SOFTENING) / BODIES;
      }
    }
    return sum / BODIES;
  }
}
