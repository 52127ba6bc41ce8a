package dev.heddle.bench;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.util.List;
import java.util.Locale;

/**
 * What the checks of bounds cost on the CPU: kernels whose accesses are proven to lie inside, and
 * kernels that go through an index, trapped and clamped beside unchecked, their runs interleaved.
 *
 * <p>Arguments: number of samples.
 */
public final class BoundsCost {
  private static final int N = 1 << 20;
  private static final int WARM_UP_ROUNDS = 40;

  private record Case(String name, String body) {}

  private static final List<Case> CASES =
      List.of(
          new Case("affine: saxpy", "y[i] = 2.5f * x[i] + y[i];"),
          new Case(
              "affine: stencil",
              "if (i > 0 && i < n - 1) y[i] = 0.25f * (x[i - 1] + 2 * x[i] + x[i + 1]);"),
          new Case(
              "affine: loop over a row",
              "float s = 0; for (int k = 0; k < 64; k++) s += x[(i & 1023) * 64 + k]; y[i] = s;"),
          new Case("indirect: gather", "y[i] = x[at[i]];"),
          new Case(
              "indirect: gather and compute",
              "float s = x[at[i]]; for (int k = 0; k < 8; k++) s = s * 0.5f + x[at[i] ^ k]; y[i] ="
                  + " s;"),
          new Case("indirect: scatter", "y[at[i]] = x[i];"));

  private BoundsCost() {}

  /** Runs the comparison; see the class. */
  public static void main(String[] args) {
    int samples = Integer.parseInt(args[0]);
    System.out.println(
        "time with checks, as a ratio to that without, medians [95 % of the median]");
    try (Session session =
        Session.open(SessionOptions.DEFAULT.on(DeviceSelector.parse("cpu")).forgetful())) {
      CASES.forEach(one -> compare(session, one, samples));
    }
    System.exit(0);
  }

  private static void compare(Session session, Case one, int count) {
    Kernel kernel =
        session
            .compile(List.of(new SourceFile("bounds.cl", source(one))), FrontendOptions.DEFAULT)
            .kernel("bench");
    Arguments arguments =
        kernel
            .arguments()
            .set("x", session.allocate(4L * N))
            .set("y", session.allocate(4L * N))
            .set("at", permutation(session))
            .set("n", N);
    Runnable off = run(kernel, arguments, BoundsMode.OFF);
    List<Runnable> checked =
        List.of(run(kernel, arguments, BoundsMode.TRAP), run(kernel, arguments, BoundsMode.CLAMP));
    double[][] ratios = new double[checked.size()][count];
    for (int i = -WARM_UP_ROUNDS; i < count; i++) {
      double without = time(off);
      for (int c = 0; c < checked.size(); c++) {
        double ratio = time(checked.get(c)) / without;
        if (i >= 0) {
          ratios[c][i] = ratio;
        }
      }
    }
    System.out.println(line(one.name(), new Samples(ratios[0]), new Samples(ratios[1])));
  }

  private static String line(String name, Samples trap, Samples clamp) {
    return String.format(
        Locale.ROOT,
        "  %-30s trap %.2f [%.2f, %.2f]  clamp %.2f [%.2f, %.2f]",
        name,
        trap.median(),
        trap.low(),
        trap.high(),
        clamp.median(),
        clamp.low(),
        clamp.high());
  }

  private static String source(Case one) {
    return "__kernel void bench(__global const float *x, __global float *y,"
        + " __global const int *at, int n) { int i = get_global_id(0); "
        + one.body()
        + " }";
  }

  /** Every index below {@link #N} once, neighbours far apart. */
  private static Buffer permutation(Session session) {
    Buffer buffer = session.allocate(4L * N);
    Kernel fill =
        session
            .compile(
                List.of(
                    new SourceFile(
                        "fill.cl",
                        "__kernel void fill(__global int *at, int n) { int i = get_global_id(0);"
                            + " at[i] = (int)((uint)i * 40503u) & (n - 1); }")),
                FrontendOptions.DEFAULT)
            .kernel("fill");
    fill.run(NDRange.of(N), fill.arguments().set("at", buffer).set("n", N), RunOptions.DEFAULT);
    return buffer;
  }

  private static Runnable run(Kernel kernel, Arguments arguments, BoundsMode mode) {
    RunOptions options = RunOptions.DEFAULT.withBounds(mode);
    return () -> kernel.run(NDRange.of(N), arguments, options);
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
