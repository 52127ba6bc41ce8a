package dev.heddle.testkit.fuzz;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.Bounds;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.testkit.random.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A random kernel, ready to run.
 *
 * @param kernel prepared as for a device
 */
record FuzzCase(long seed, RandomSource source, Function kernel) {
  static final int ITEMS = 48;
  static final int LOCAL = 16;
  static final int N = 1234;
  static final float A = -1.75f;
  private static final long MOST_OPERATIONS = 20_000_000;

  /**
   * Compiles it.
   *
   * @throws dev.heddle.compiler.diagnostic.CompileException if the file is wrong
   */
  static FuzzCase of(long seed, RandomSource source) {
    SourceFile file = new SourceFile("fuzz.cl", source.text());
    Program program = OpenClCompiler.compile(List.of(file), FrontendOptions.DEFAULT);
    return new FuzzCase(seed, source, Pipeline.prepare(program, "fuzz", true));
  }

  /**
   * Clamped for every third seed, but where writes beyond the end would all be moved to one place.
   */
  CompileOptions options() {
    boolean clamp = seed % 3 == 0 && !source.writesWildly();
    return new CompileOptions(MathMode.REPRODUCIBLE, clamp ? BoundsMode.CLAMP : BoundsMode.TRAP);
  }

  /** What the buffers hold before, in the order of the buffer parameters. */
  List<byte[]> buffers() {
    Random random = new Random(seed);
    byte[] in = new byte[RandomSource.IN_BYTES];
    byte[] bytes = new byte[RandomSource.BYTES_BYTES];
    random.nextBytes(in);
    random.nextBytes(bytes);
    return List.of(
        in, bytes, new byte[RandomSource.CELLS_BYTES], new byte[ITEMS * RandomSource.OUT_BYTES]);
  }

  /** What a run left behind. */
  record Outcome(List<byte[]> buffers, boolean faulted) {
    /** Where the first difference lies; empty if there is none. */
    String difference(Outcome other) {
      for (int i = 0; i < buffers.size(); i++) {
        int at = Arrays.mismatch(buffers.get(i), other.buffers.get(i));
        if (at >= 0) {
          return "buffer " + i + " differs at byte " + at;
        }
      }
      return faulted == other.faulted ? "" : "one of them faulted";
    }
  }

  /** What the reference interpreter makes of it. */
  Outcome interpret(boolean detecting) {
    List<byte[]> buffers = buffers();
    InterpOptions options =
        InterpOptions.DEFAULT
            .withBounds(Bounds.valueOf(options().bounds().name()))
            .withLimit(MOST_OPERATIONS);
    InterpResult result =
        Interpreter.run(
            kernel,
            InterpLaunch.linear(
                ITEMS, LOCAL, arguments(buffers).toArray(InterpLaunch.Argument[]::new)),
            detecting ? options.detecting() : options);
    if (result.outcome() != InterpResult.Outcome.COMPLETED || !result.races().isEmpty()) {
      throw new IllegalStateException(result.outcome() + " with races " + result.races());
    }
    return new Outcome(buffers, result.faultCount() > 0);
  }

  static List<InterpLaunch.Argument> arguments(List<byte[]> buffers) {
    return List.of(
        new InterpLaunch.Scalar(N),
        new InterpLaunch.Scalar(Float.floatToRawIntBits(A) & 0xFFFFFFFFL),
        new InterpLaunch.Buffer(new ArrayMemory(buffers.get(0))),
        new InterpLaunch.Buffer(new ArrayMemory(buffers.get(1))),
        new InterpLaunch.Buffer(new ArrayMemory(buffers.get(2))),
        new InterpLaunch.Local(4 * LOCAL),
        new InterpLaunch.Buffer(new ArrayMemory(buffers.get(3))));
  }
}
