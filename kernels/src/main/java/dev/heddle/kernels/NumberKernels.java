package dev.heddle.kernels;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.DoubleArray;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionArray;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kernels of {@code numbers.clh}, compiled once in a session for each type in use. */
final class NumberKernels {
  private static final String FILE = "numbers.clh";

  /** Elements that one work-item adds up in order, as the file has it. */
  private static final int BLOCK = 256;

  private final Session session;
  private final Map<ElementType, Program> programs = new ConcurrentHashMap<>();

  private NumberKernels(Session session) {
    this.session = session;
  }

  static NumberKernels of(Session session) {
    return session.kept(NumberKernels.class, NumberKernels::new);
  }

  private Kernel kernel(String name, SessionArray array) {
    return programs.computeIfAbsent(array.element(), type -> compile(array)).kernel(name);
  }

  private Program compile(SessionArray array) {
    boolean rounds = array instanceof FloatArray || array instanceof DoubleArray;
    String product = rounds ? "fma(a, b, c)" : "((a) * (b) + (c))";
    List<String> macros = List.of("T=" + array.element().text(), "ADD_PRODUCT(a,b,c)=" + product);
    return session.compile(
        List.of(new SourceFile(FILE, text())), FrontendOptions.DEFAULT.withMacros(macros));
  }

  private static String text() {
    try (InputStream in = NumberKernels.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Kernel kernel, NDRange range, Arguments arguments) {
    kernel.run(range, arguments, RunOptions.DEFAULT);
  }

  private SessionArray zeroes(SessionArray like, long size) {
    return switch (like) {
      case FloatArray floats -> session.floats(size);
      case DoubleArray doubles -> session.doubles(size);
      case IntArray ints -> session.ints(size);
      case LongArray longs -> session.longs(size);
    };
  }

  /** Adds up blocks in order, and likewise the sums of blocks; both arrays may be one. */
  void scan(SessionArray in, SessionArray out, boolean inclusive) {
    int n = Checks.length(in);
    if (n == 0) {
      return;
    }
    int count = Math.ceilDiv(n, BLOCK);
    NDRange blocks = NDRange.of(count);
    try (SessionArray starts = zeroes(in, count)) {
      if (count > 1) {
        Kernel sums = kernel("block_sums", in);
        Arguments arguments = sums.arguments().set("n", n);
        run(sums, blocks, arguments.set("in", in.buffer()).set("sums", starts.buffer()));
        scan(starts, starts, false);
      }
      Kernel scan = kernel("scan", in);
      Arguments arguments = scan.arguments().set("n", n).set("inclusive", inclusive ? 1 : 0);
      arguments.set("starts", starts.buffer()).set("in", in.buffer()).set("out", out.buffer());
      run(scan, blocks, arguments);
    }
  }

  /** An m x k by a k x n matrix. */
  void multiply(SessionArray a, SessionArray b, int m, int n, int k, SessionArray out) {
    if (m == 0 || n == 0) {
      return;
    }
    Kernel multiply = kernel("multiply", a);
    Arguments arguments = multiply.arguments().set("n", n).set("k", k);
    arguments.set("a", a.buffer()).set("b", b.buffer()).set("out", out.buffer());
    run(multiply, NDRange.of(n, m), arguments);
  }

  /** A matrix of {@code width} columns with one of {@code tapsX} columns. */
  void convolve(SessionArray in, int width, SessionArray taps, int tapsX, SessionArray out) {
    int height = Checks.length(in) / width;
    if (height == 0) {
      return;
    }
    Kernel convolve = kernel("convolve", in);
    Arguments arguments = convolve.arguments().set("width", width).set("height", height);
    arguments.set("taps_x", tapsX).set("taps_y", Checks.length(taps) / tapsX);
    arguments.set("in", in.buffer()).set("taps", taps.buffer()).set("out", out.buffer());
    run(convolve, NDRange.of(width, height), arguments);
  }
}
