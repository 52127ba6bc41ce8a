package dev.heddle.bench;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.util.List;
import java.util.Locale;

/**
 * What the checks of bounds cost on the CPU: kernels whose accesses are proven to lie inside, and
 * kernels that go through an index, trapped and clamped beside unchecked. A round runs all three
 * modes, each in its turn the first; a sample is the ratio of two times of one round.
 *
 * <p>Arguments: number of samples, part of the cases' names (all if left out).
 */
public final class BoundsCost {
  private static final long LONGEST_WARM_UP_NANOS = 15_000_000_000L;
  private static final long SHORTEST_WARM_UP_NANOS = 3_000_000_000L;
  private static final int STEADY_ROUNDS = 60;

  /**
   * @param places elements of {@code x}; the indices are spread over all of them
   * @param indexed whether the kernel reads {@code at}
   */
  private record Case(String name, int items, int places, boolean indexed, String body) {}

  private static final List<Case> CASES =
      List.of(
          new Case("affine: saxpy", 1 << 24, 1 << 24, false, "y[i] = 2.5f * x[i] + y[i];"),
          new Case(
              "affine: stencil",
              1 << 24,
              1 << 24,
              false,
              "if (i > 0 && i < n - 1) y[i] = 0.25f * (x[i - 1] + 2 * x[i] + x[i + 1]);"),
          new Case(
              "affine: loop over a row",
              1 << 18,
              1 << 16,
              false,
              "float s = 0; for (int k = 0; k < 64; k++) s += x[(i & 1023) * 64 + k]; y[i] = s;"),
          new Case(
              "affine: loop over a column",
              1 << 20,
              1 << 16,
              false,
              "float s = 0; for (int k = 0; k < 64; k++) s += x[k * 1024 + (i & 1023)]; y[i] = s;"),
          new Case("indirect: gather, near", 7 << 19, 1 << 13, true, "y[i] = x[at[i]];"),
          new Case("indirect: gather, far", 1 << 21, 1 << 21, true, "y[i] = x[at[i]];"),
          new Case("indirect: gather, streaming", 1 << 23, 1 << 13, true, "y[i] = x[at[i]];"),
          new Case(
              "indirect: gather and compute",
              1 << 20,
              1 << 20,
              true,
              "float s = x[at[i]]; for (int k = 0; k < 8; k++) s = s * 0.5f + x[at[i] ^ k]; y[i] ="
                  + " s;"),
          new Case("indirect: scatter", 1 << 21, 1 << 21, true, "y[at[i]] = x[i];"));

  private BoundsCost() {}

  /** Runs the comparison; see the class. */
  public static void main(String[] args) {
    int samples = Integer.parseInt(args[0]);
    String part = args.length > 1 ? args[1] : "";
    System.out.println(
        "time with checks, as a ratio to that without, medians [95 % of the median]; the code that"
            + " ran");
    try (Session session =
        Session.open(SessionOptions.DEFAULT.on(DeviceSelector.parse("cpu")).forgetful())) {
      CASES.stream()
          .filter(one -> one.name().contains(part))
          .forEach(one -> compare(session, one, samples));
    }
    System.exit(0);
  }

  private static void compare(Session session, Case one, int count) {
    Kernel kernel =
        session
            .compile(List.of(new SourceFile("bounds.cl", source(one))), FrontendOptions.DEFAULT)
            .kernel("bench");
    try (Buffer x = session.allocate(4L * one.places());
        Buffer y = session.allocate(4L * one.items());
        Buffer at = indices(session, one)) {
      Arguments arguments =
          kernel.arguments().set("x", x).set("y", y).set("at", at).set("n", one.items());
      Modes modes = new Modes(kernel, arguments, one.items());
      modes.warmUp();
      System.out.println(line(one.name(), modes, modes.measure(count)));
    }
  }

  private static String line(String name, Modes modes, double[][] nanos) {
    Samples off = new Samples(nanos[BoundsMode.OFF.ordinal()]);
    return String.format(
        Locale.ROOT,
        "  %-30s off %6.2f ms  trap %s  clamp %s  %s",
        name,
        off.median() / 1e6,
        ratios(nanos, BoundsMode.TRAP).interval(),
        ratios(nanos, BoundsMode.CLAMP).interval(),
        modes.tiers());
  }

  private static Samples ratios(double[][] nanos, BoundsMode mode) {
    double[] ratios = nanos[mode.ordinal()].clone();
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] /= nanos[BoundsMode.OFF.ordinal()][i];
    }
    return new Samples(ratios);
  }

  private static String source(Case one) {
    return "__kernel void bench(__global const float *x, __global float *y,"
        + " __global const int *at, int n) { int i = get_global_id(0); "
        + one.body()
        + " }";
  }

  /** An index for each work-item, neighbours far apart; as many places as items: each once. */
  private static Buffer indices(Session session, Case one) {
    if (!one.indexed()) {
      return session.allocate(4);
    }
    Buffer buffer = session.allocate(4L * one.items());
    Kernel fill =
        session
            .compile(
                List.of(
                    new SourceFile(
                        "fill.cl",
                        "__kernel void fill(__global int *at, int places) {"
                            + " int i = get_global_id(0);"
                            + " at[i] = (int)((uint)i * 40503u) & (places - 1); }")),
                FrontendOptions.DEFAULT)
            .kernel("fill");
    Arguments arguments = fill.arguments().set("at", buffer).set("places", one.places());
    fill.run(NDRange.of(one.items()), arguments, RunOptions.DEFAULT);
    return buffer;
  }

  /** A kernel in all modes, and which code of it ran last in each. */
  private static final class Modes {
    private final Kernel kernel;
    private final Arguments arguments;
    private final NDRange range;
    private final String[] tiers = new String[BoundsMode.values().length];
    private int steady;

    Modes(Kernel kernel, Arguments arguments, int items) {
      this.kernel = kernel;
      this.arguments = arguments;
      range = NDRange.of(items);
    }

    /** The code that ran, each mode's where they differ. */
    String tiers() {
      List<String> names = List.of(tiers);
      return names.stream().distinct().count() == 1 ? names.getFirst() : names.toString();
    }

    /** Until the same code has run for a while in every mode; the vector tier takes its time. */
    void warmUp() {
      long start = System.nanoTime();
      long spent = 0;
      while (spent < LONGEST_WARM_UP_NANOS && !(isSteady() && spent > SHORTEST_WARM_UP_NANOS)) {
        steady++;
        for (BoundsMode mode : BoundsMode.values()) {
          run(mode);
        }
        spent = System.nanoTime() - start;
      }
    }

    private boolean isSteady() {
      return steady >= STEADY_ROUNDS && List.of(tiers).stream().distinct().count() == 1;
    }

    /** Nanoseconds by mode and sample. */
    double[][] measure(int count) {
      BoundsMode[] modes = BoundsMode.values();
      double[][] nanos = new double[modes.length][count];
      for (int i = 0; i < count; i++) {
        for (int turn = 0; turn < modes.length; turn++) {
          BoundsMode mode = modes[(i + turn) % modes.length];
          nanos[mode.ordinal()][i] = run(mode);
        }
      }
      return nanos;
    }

    private double run(BoundsMode mode) {
      long start = System.nanoTime();
      Execution done = kernel.run(range, arguments, RunOptions.DEFAULT.withBounds(mode));
      long nanos = System.nanoTime() - start;
      String tier = done.devices().getFirst().tier();
      if (!tier.equals(tiers[mode.ordinal()])) {
        tiers[mode.ordinal()] = tier;
        steady = 0;
      }
      return nanos;
    }
  }
}
