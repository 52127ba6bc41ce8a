package dev.heddle.backend.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.verify.Verifier;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random kernels: memory and faults are what the interpreter says, bit for bit. */
class VectorRandomTest {
  private static final int KERNELS = Integer.getInteger("heddle.random.kernels", 120);

  @BeforeAll
  static void vectorTierIsThere() {
    assertEquals("", VectorEmitter.unavailable());
  }

  @Test
  void agreesWithTheInterpreter() throws Exception {
    long first = Long.getLong("heddle.random.seed", 1);
    int run = 0;
    for (long seed = first; seed < first + KERNELS; seed++) {
      run += check(seed) ? 1 : 0;
    }
    assertTrue(run > KERNELS * 8 / 10, "only " + run + " were small enough");
  }

  /** Whether the kernel was small enough to be emitted. */
  private static boolean check(long seed) throws Exception {
    Function kernel = RandomKernel.make(seed);
    Verifier.verify(kernel);
    Random random = new Random(seed);
    long width = List.of(1L, 7L, 21L, 37L, 64L, 150L).get(random.nextInt(6));
    long height = 1 + random.nextInt(2);
    long offset = random.nextInt(3) == 0 ? Integer.MAX_VALUE - 10L : random.nextInt(4);
    byte[] in = new byte[RandomKernel.IN_BYTES];
    random.nextBytes(in);
    byte[] out = new byte[(int) (8 * RandomKernel.PLACES * width * height)];
    long[] scalars = {
      random.nextInt(20),
      random.nextLong() >> random.nextInt(60),
      0x40490fdbL,
      Double.doubleToRawLongBits(-1e5),
      random.nextInt(256)
    };
    String text =
        "seed " + seed + ", width " + width + ", offset " + offset + "\n" + IrPrinter.print(kernel);

    ArrayMemory expected = new ArrayMemory(out.clone());
    InterpResult result = interpret(kernel, in, expected, scalars, width, height, offset);
    try (UnitRun run = new UnitRun(kernel, BoundsMode.TRAP)) {
      run.buffer("in", in);
      MemorySegment memory = run.buffer("out", out);
      String[] names = {"pint", "plong", "pfloat", "pdouble", "puchar"};
      for (int i = 0; i < names.length; i++) {
        run.scalar(names[i], scalars[i]);
      }
      run.range(width, height, offset);
      ObjLongConsumer<Object[]> code;
      try {
        code = run.compile(new VectorEmitter(seed % 2 == 0));
      } catch (Emitter.Refusal refusal) {
        assertTrue(refusal.tooLarge(), text);
        return false;
      } catch (RuntimeException | LinkageError e) {
        throw new AssertionError(text, e);
      }
      run.run(code);
      assertArrayEquals(expected.content(), memory.toArray(ValueLayout.JAVA_BYTE), text);
      assertEquals(sites(result), sites(run), text);
      return true;
    }
  }

  private static InterpResult interpret(
      Function kernel,
      byte[] in,
      ArrayMemory out,
      long[] scalars,
      long width,
      long height,
      long offset) {
    InterpLaunch launch =
        new InterpLaunch(
            2,
            new long[] {width, height},
            new long[] {offset, 0},
            new long[] {width, height},
            List.of(
                new InterpLaunch.Buffer(new ArrayMemory(in.clone())),
                new InterpLaunch.Buffer(out),
                new InterpLaunch.Scalar(scalars[0] & 0xFFFFFFFFL),
                new InterpLaunch.Scalar(scalars[1]),
                new InterpLaunch.Scalar(scalars[2]),
                new InterpLaunch.Scalar(scalars[3]),
                new InterpLaunch.Scalar(scalars[4])),
            Optional.empty());
    return Interpreter.run(kernel, launch, InterpOptions.DEFAULT);
  }

  /** The sites that faulted. */
  private static Set<Integer> sites(InterpResult result) {
    return result.faults().stream().map(InterpResult.Fault::site).collect(Collectors.toSet());
  }

  private static Set<Integer> sites(UnitRun run) {
    return run.faults().stream().map(UnitRun.Fault::site).collect(Collectors.toSet());
  }
}
