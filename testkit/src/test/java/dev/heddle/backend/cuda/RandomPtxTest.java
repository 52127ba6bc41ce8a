package dev.heddle.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.testkit.random.RandomKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random kernels as PTX in the PTX interpreter, against the reference interpreter. {@code
 * -Dheddle.random.first=1000 -Dheddle.random.count=5000} tries others than the usual ones.
 */
class RandomPtxTest {
  private static final long FIRST = Long.getLong("heddle.random.first", 0);
  private static final long KERNELS = Long.getLong("heddle.random.count", 100);
  private static final int ITEMS = 96;
  private static final int LOCAL = 32;
  private static final RandomKernel.Shape PLAIN = new RandomKernel.Shape(120, true, false);
  private static final RandomKernel.Shape BARRIERS = new RandomKernel.Shape(120, true, true);

  @Test
  void sameBits(TestReporter reporter) {
    long instructions = 0;
    int kernels = 0;
    for (RandomKernel.Shape shape : List.of(PLAIN, BARRIERS)) {
      for (long seed = FIRST; seed < FIRST + KERNELS; seed++) {
        Function random = RandomKernel.generate(seed, shape);
        Function kernel = Pipeline.prepare(new Program(List.of(random)), random.name(), true);
        instructions += check(seed, seed % 2 == 0 ? random : kernel);
        kernels++;
      }
    }
    reporter.publishEntry(
        kernels + " random kernels run as PTX, " + instructions + " instructions of text");
  }

  private static long check(long seed, Function kernel) {
    byte[] in = new byte[RandomKernel.IN_BYTES];
    new Random(seed).nextBytes(in);
    byte[] wanted = new byte[ITEMS * RandomKernel.OUT_BYTES];
    byte[] got = wanted.clone();
    List<InterpLaunch.Argument> arguments = arguments(in, wanted);
    InterpResult result =
        Interpreter.run(
            kernel,
            InterpLaunch.linear(ITEMS, LOCAL, arguments.toArray(InterpLaunch.Argument[]::new)),
            InterpOptions.DEFAULT.withLimit(1L << 30));
    assertEquals(InterpResult.Outcome.COMPLETED, result.outcome());
    PtxRun run = null;
    try {
      run = PtxRun.of(kernel, CompileOptions.DEFAULT, 80);
      int faults =
          run.run(
              PtxRun.Shape.linear(ITEMS, LOCAL),
              arguments,
              Arrays.asList(null, null, in, got),
              seed);
      assertEquals(0, faults, "faults");
      assertArrayEquals(wanted, got);
      return run.instructions();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "seed " + seed + "\n" + IrPrinter.print(kernel) + "\n" + run, failure);
    }
  }

  private static List<InterpLaunch.Argument> arguments(byte[] in, byte[] out) {
    return List.of(
        new InterpLaunch.Scalar(12345),
        new InterpLaunch.Scalar(Float.floatToRawIntBits(-1.75f) & 0xFFFFFFFFL),
        new InterpLaunch.Buffer(new ArrayMemory(in)),
        new InterpLaunch.Buffer(new ArrayMemory(out)));
  }
}
