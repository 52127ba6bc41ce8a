package dev.heddle.testkit.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrParser;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.compiler.verify.Verifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random kernels through verifier, textual form, interpreter and passes. {@code
 * -Dheddle.random.first=1000 -Dheddle.random.count=5000} tries others than the usual ones.
 */
class RandomKernelTest {
  private static final long FIRST = Long.getLong("heddle.random.first", 0);
  private static final long KERNELS = Long.getLong("heddle.random.count", 60);
  private static final int ITEMS = 77;
  private static final int SCALAR_N = 12345;
  private static final float SCALAR_A = -1.75f;

  private static final RandomKernel.Shape PLAIN = new RandomKernel.Shape(120, true, false);
  private static final RandomKernel.Shape BARRIERS = new RandomKernel.Shape(120, true, true);

  private static byte[] input() {
    byte[] in = new byte[RandomKernel.IN_BYTES];
    new Random(42).nextBytes(in);
    return in;
  }

  private static byte[] interpret(Function kernel, int local, boolean detecting) {
    byte[] out = new byte[ITEMS * RandomKernel.OUT_BYTES];
    InterpLaunch launch =
        InterpLaunch.linear(
            ITEMS,
            local,
            new InterpLaunch.Scalar(SCALAR_N),
            new InterpLaunch.Scalar(Float.floatToRawIntBits(SCALAR_A)),
            new InterpLaunch.Buffer(new ArrayMemory(input())),
            new InterpLaunch.Buffer(new ArrayMemory(out)));
    InterpOptions options = InterpOptions.DEFAULT.withLimit(1L << 30);
    InterpResult result =
        Interpreter.run(kernel, launch, detecting ? options.detecting() : options);
    assertEquals(InterpResult.Outcome.COMPLETED, result.outcome());
    assertEquals(0, result.faultCount(), () -> result.faults().toString());
    assertEquals(List.of(), result.races());
    return out;
  }

  private static byte[] itemByItem(Function kernel) {
    byte[] out = new byte[ITEMS * RandomKernel.OUT_BYTES];
    new ItemByItem(
            kernel,
            ITEMS,
            Map.of("in", new ArrayMemory(input()), "out", new ArrayMemory(out)),
            Map.of("n", (long) SCALAR_N, "a", Float.floatToRawIntBits(SCALAR_A) & 0xFFFFFFFFL))
        .run();
    return out;
  }

  private static boolean itemsDiffer(byte[] out) {
    int part = RandomKernel.OUT_BYTES;
    return IntStream.range(1, ITEMS)
        .anyMatch(i -> !Arrays.equals(out, 0, part, out, i * part, (i + 1) * part));
  }

  private static String text(long seed, Function kernel) {
    return "seed " + seed + "\n" + IrPrinter.print(kernel);
  }

  @Test
  void lockStepIsTheSameAsItemByItem() {
    int different = 0;
    for (long seed = FIRST; seed < FIRST + KERNELS; seed++) {
      Function kernel = RandomKernel.generate(seed, PLAIN);
      Verifier.verify(kernel);
      byte[] wanted = itemByItem(kernel);
      different += itemsDiffer(wanted) ? 1 : 0;
      assertArrayEquals(wanted, interpret(kernel, 32, false), text(seed, kernel));
      assertArrayEquals(wanted, interpret(kernel, 1, false), text(seed, kernel));
    }
    assertTrue(
        different > KERNELS / 2,
        "of " + KERNELS + " kernels only " + different + " depend on the work-item");
  }

  @Test
  void theTextualFormKeepsThem() {
    for (long seed = FIRST; seed < FIRST + KERNELS; seed++) {
      Program program = new Program(List.of(RandomKernel.generate(seed, BARRIERS)));
      assertEquals(program, IrParser.parse(IrPrinter.print(program)));
    }
  }

  @Test
  void theyAreFreeOfFaultsAndRaces() {
    for (long seed = FIRST; seed < FIRST + KERNELS; seed++) {
      interpret(RandomKernel.generate(seed, BARRIERS), 16, true);
    }
  }

  @Test
  void passesKeepTheirMeaning() {
    for (RandomKernel.Shape shape : List.of(PLAIN, BARRIERS)) {
      for (long seed = FIRST; seed < FIRST + KERNELS; seed++) {
        Function kernel = RandomKernel.generate(seed, shape);
        Function prepared = Pipeline.prepare(new Program(List.of(kernel)), kernel.name(), true);
        Verifier.verify(prepared);
        assertArrayEquals(
            interpret(kernel, 16, false),
            interpret(prepared, 16, false),
            text(seed, kernel) + "\nprepared\n" + IrPrinter.print(prepared));
      }
    }
  }
}
