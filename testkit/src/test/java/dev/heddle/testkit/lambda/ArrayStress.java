package dev.heddle.testkit.lambda;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.function.RangeBody;
import dev.heddle.runtime.run.DeviceSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lambdas on Java arrays of many sizes and offsets, from several threads and sessions, while the
 * garbage collector moves the arrays; compared with plain Java. A program of its own, since what it
 * looks for would end the JVM.
 *
 * <p>Arguments: seconds, seed, devices such as {@code cpu} or {@code all}. To be run with each
 * collector, and with {@code -Dheddle.cpu.tier=vector}; it ends with the number of runs, or with
 * the first difference and exit code 1.
 */
final class ArrayStress {
  private static final int THREADS = 3;
  private static final int LARGEST = 40_000;

  private final Random random;
  private final Session session;
  private final AtomicLong runs;

  private ArrayStress(long seed, Session session, AtomicLong runs) {
    this.random = new Random(seed);
    this.session = session;
    this.runs = runs;
  }

  public static void main(String[] arguments) throws InterruptedException {
    long until = System.nanoTime() + (long) (Double.parseDouble(arguments[0]) * 1e9);
    long seed = Long.parseLong(arguments[1]);
    SessionOptions options =
        SessionOptions.DEFAULT.forgetful().on(DeviceSelector.parse(arguments[2]));
    AtomicLong runs = new AtomicLong();
    Thread garbage = Thread.ofPlatform().daemon().start(() -> litter(seed));
    List<Thread> threads = new ArrayList<>();
    try (Session shared = Session.open(options);
        Session own = Session.open(options)) {
      for (int i = 0; i < THREADS; i++) {
        ArrayStress stress = new ArrayStress(seed + i, i == 0 ? own : shared, runs);
        threads.add(Thread.ofPlatform().start(() -> stress.workUntil(until)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    garbage.interrupt();
    System.out.println(runs + " runs, no difference");
  }

  /** Keeps the collector at work, and the old generation in pieces. */
  private static void litter(long seed) {
    Random random = new Random(~seed);
    Object[] kept = new Object[4096];
    while (!Thread.interrupted()) {
      for (int i = 0; i < 2_000; i++) {
        kept[random.nextInt(kept.length)] = new byte[random.nextInt(20_000)];
      }
      if (random.nextInt(20) == 0) {
        System.gc();
      }
    }
  }

  private void workUntil(long until) {
    try {
      while (System.nanoTime() < until) {
        int size = random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(LARGEST);
        int offset = random.nextInt(70);
        floats(size, offset);
        integers(size, offset);
        narrow(size, offset);
        wide(size, offset);
        fault(1 + size, offset);
        runs.addAndGet(5);
      }
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private void check(int size, RangeBody body, RangeBody plain, Object found, Object expected) {
    session.parallelFor(size, body);
    for (int i = 0; i < size; i++) {
      plain.at(i);
    }
    same(found, expected);
  }

  private static void same(Object found, Object expected) {
    if (!Arrays.deepEquals(new Object[] {found}, new Object[] {expected})) {
      throw new AssertionError(
          "%s of %d elements differ"
              .formatted(
                  found.getClass().getSimpleName(), java.lang.reflect.Array.getLength(found)));
    }
  }

  private void floats(int size, int offset) {
    float[] x = new float[size + offset + 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    float[] y = x.clone();
    float[] z = x.clone();
    float[] before = x.clone();
    check(
        size,
        i -> y[i + offset] = 1.5f * x[i] + x[i + offset + 1] * y[i + offset],
        i -> z[i + offset] = 1.5f * before[i] + before[i + offset + 1] * z[i + offset],
        y,
        z);
  }

  /** Gathers and scatters. */
  private void integers(int size, int offset) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = places[i];
      places[i] = places[j];
      places[j] = moved;
    }
    int[] x = random.ints(size + offset).toArray();
    int[] y = new int[size];
    int[] z = new int[size];
    check(
        size,
        i -> y[places[i]] = x[places[size - 1 - i] + offset] * 3,
        i -> z[places[i]] = x[places[size - 1 - i] + offset] * 3,
        y,
        z);
  }

  private void narrow(int size, int offset) {
    byte[] x = new byte[size + offset];
    random.nextBytes(x);
    short[] s = new short[size];
    byte[] y = x.clone();
    byte[] z = x.clone();
    check(
        size,
        i -> {
          y[i + offset] = (byte) (y[i + offset] + s[i] + i);
          s[i] = (short) y[i + offset];
        },
        i -> z[i + offset] = (byte) (z[i + offset] + i),
        y,
        z);
  }

  private void wide(int size, int offset) {
    long[] x = random.longs(size + offset).toArray();
    double[] y = new double[size];
    double[] z = new double[size];
    check(
        size,
        i -> y[i] = (i & 7) == 3 ? x[i] : Math.sqrt(Math.abs((double) x[i + offset])),
        i -> z[i] = (i & 7) == 3 ? x[i] : Math.sqrt(Math.abs((double) x[i + offset])),
        y,
        z);
  }

  /** What leaves the array is an exception, and the array is as it was. */
  private void fault(int size, int offset) {
    int[] y = random.ints(size).toArray();
    int[] z = y.clone();
    try {
      session.parallelFor(size, i -> y[i + offset + 1] = i);
      throw new AssertionError("no exception");
    } catch (ArrayIndexOutOfBoundsException expected) {
      same(y, z);
    }
  }
}
