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
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How long it takes from the text of a kernel to its result in scalar code on the CPU, in a warm
 * process: a kernel of 100 lines, and one of a file of 5,000 lines. Each sample has another text,
 * so that nothing is cached.
 *
 * <p>A process gets warm by and by, as the JVM compiles more and more of Heddle. So the
 * compilations are shown in sections of a hundred, until one takes no less than those before it.
 *
 * <p>Arguments: number of samples of the large file.
 */
public final class CompileTime {
  private static final int SECTION = 100;
  private static final int MOST_SECTIONS = 24;

  /** Sections that take no less than the best before them, after which the process is warm. */
  private static final int SECTIONS_WITHOUT_GAIN = 4;

  private static final double GAIN = 0.97;
  private static final int WARM_UP_OF_FILES = 15;
  private static final int LINES_OF_A_HELPER = 40;
  private static final int HELPERS = 122;

  private CompileTime() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] args) {
    int samples = Integer.parseInt(args[0]);
    System.setProperty("heddle.cpu.tier", "scalar");
    try (Session session =
        Session.open(SessionOptions.DEFAULT.on(DeviceSelector.parse("cpu")).forgetful())) {
      kernels(session);
      files(session, samples);
    }
    System.exit(0);
  }

  private static void kernels(Session session) {
    double best = Double.MAX_VALUE;
    int withoutGain = 0;
    for (int i = 0; i < MOST_SECTIONS && withoutGain < SECTIONS_WITHOUT_GAIN; i++) {
      int before = i * SECTION;
      Samples section = measure(session, CompileTime::kernel, before, SECTION);
      print("a kernel of %d lines, after %d others", kernel(0), before, section);
      withoutGain = section.median() < GAIN * best ? 0 : withoutGain + 1;
      best = Math.min(best, section.median());
    }
    System.out.printf(Locale.ROOT, "  warm: %.2f ms%n", best / 1e6);
  }

  private static void files(Session session, int count) {
    measure(session, CompileTime::file, 0, WARM_UP_OF_FILES);
    Samples own = measure(session, CompileTime::file, WARM_UP_OF_FILES, count);
    print("a file of %d lines, after %d others", file(0), WARM_UP_OF_FILES, own);
  }

  /**
   * @param first names the texts, which are all different
   */
  private static Samples measure(Session session, IntFunction<String> text, int first, int count) {
    double[] nanos = new double[count];
    for (int i = 0; i < count; i++) {
      String source = text.apply(first + i);
      long start = System.nanoTime();
      run(session, source);
      nanos[i] = System.nanoTime() - start;
    }
    return new Samples(nanos);
  }

  private static void print(String format, String text, int before, Samples own) {
    System.out.printf(
        Locale.ROOT,
        "  %-44s %8.2f ms  [%.2f, %.2f]%n",
        String.format(Locale.ROOT, format, text.lines().count(), before),
        own.median() / 1e6,
        own.low() / 1e6,
        own.high() / 1e6);
  }

  private static void run(Session session, String source) {
    Kernel kernel =
        session
            .compile(List.of(new SourceFile("bench.cl", source)), FrontendOptions.DEFAULT)
            .kernel("bench");
    try (Buffer x = session.allocate(4096);
        Buffer y = session.allocate(4096)) {
      Arguments arguments = kernel.arguments().set("x", x).set("y", y).set("n", 64);
      kernel.run(NDRange.of(64), arguments, RunOptions.DEFAULT);
    }
  }

  private static String kernel(int seed) {
    StringBuilder text = new StringBuilder();
    append(text, "__kernel void bench(__global const float *x, __global float *y, int n) {");
    body(text, seed, 97);
    return text.append("}\n").toString();
  }

  private static String file(int seed) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, HELPERS)
        .forEach(
            h -> {
              append(text, "float helper" + h + "(__global const float *x, int i, int n) {");
              append(text, "  __global float *y = 0;");
              helper(text, seed + h, LINES_OF_A_HELPER - 4);
              append(text, "  return s;");
              append(text, "}");
            });
    append(text, "__kernel void bench(__global const float *x, __global float *y, int n) {");
    append(text, "  int i = get_global_id(0);");
    append(text, "  y[i] = helper1(x, i, n) + helper7(x, i, n) + helper100(x, i, n);");
    return text.append("}\n").toString();
  }

  private static void body(StringBuilder text, int seed, int lines) {
    append(text, "  int i = get_global_id(0);");
    append(text, "  if (i >= n) return;");
    helper(text, seed, lines - 3);
    append(text, "  y[i] = s;");
  }

  /** Lines such as kernels have: loads, loops, branches, vectors, calls of functions. */
  private static void helper(StringBuilder text, int seed, int lines) {
    append(text, "  float s = x[i] * " + (seed + 1) + ".5f;");
    for (int line = 1; line < lines; line++) {
      append(text, statement(line, seed));
    }
  }

  private static String statement(int line, int seed) {
    return switch (line % 10) {
      case 0 -> "  for (int j = 0; j < (i & 7) + 2; j++) s = s * 0.5f + x[(i + j * 3) & 63];";
      case 1 -> "  if (s > " + line + ".0f) s -= x[(i + " + line + ") & 63]; else s += 1.0f;";
      case 2 -> "  float4 v" + line + " = (float4)(s, x[i & 31], " + seed + ".0f, 1.0f);";
      case 3 -> "  s += dot(v" + (line - 1) + ", v" + (line - 1) + ".wzyx) * 0.25f;";
      case 4 -> "  s = fmin(fabs(s), 1000.0f) + sqrt(s * s + 1.0f);";
      case 5 -> "  int k" + line + " = (i * " + (line + seed) + ") ^ (n >> 2);";
      case 6 -> "  s += (float)(k" + (line - 1) + " % 17) * 0.125f;";
      case 7 -> "  switch (k" + (line - 2) + " & 3) { case 0: s += 1; break; default: s *= 2; }";
      case 8 -> "  s = k" + (line - 3) + " > 5 && s < 9 ? s + 3 : s - 1;";
      default -> "  s += mad(s, 0.5f, clamp(x[(k" + (line - 4) + " & 31)], 0.0f, 1.0f));";
    };
  }

  private static void append(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
