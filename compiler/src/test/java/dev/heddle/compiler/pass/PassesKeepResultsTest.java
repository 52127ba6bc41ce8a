package dev.heddle.compiler.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.verify.Verifier;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs give the same bytes before and after every pass, and after all of them. */
class PassesKeepResultsTest {
  private static final int ITEMS = 6;
  private static final int PROGRAMS = Integer.getInteger("heddle.test.programs", 120);

  static List<Pass> passes() {
    return List.of(
        new Fold(),
        new DeadCode(),
        new JoinExits(),
        new PromoteArrays(),
        new Unroll(),
        new CommonSubexpressions(),
        new LoopInvariants(),
        new IfToSelect(),
        new Renumber());
  }

  @ParameterizedTest
  @MethodSource("passes")
  void aPassAloneKeepsResults(Pass pass) {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Function before = inlined(RandomProgram.of(seed));
      check(seed, pass.name(), before, pass.run(before));
    }
  }

  @ParameterizedTest
  @MethodSource("passes")
  void aPassBehindAllOthersKeepsResults(Pass pass) {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Function before = Pipeline.prepare(RandomProgram.of(seed), "kernel", true);
      check(seed, pass.name(), before, pass.run(before));
    }
  }

  @Test
  void thePipelineKeepsResults() {
    for (int seed = 0; seed < 3 * PROGRAMS; seed++) {
      Program program = RandomProgram.of(seed);
      check(seed, "pipeline", inlined(program), Pipeline.prepare(program, "kernel", true));
    }
  }

  @Test
  void theProgramsExerciseThePasses() {
    int loops = 0;
    int arrays = 0;
    int shorter = 0;
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Function before = inlined(RandomProgram.of(seed));
      Function after = Pipeline.prepare(RandomProgram.of(seed), "kernel", true);
      loops += Regions.anyOp(after.body(), Op.Loop.class::isInstance) ? 1 : 0;
      arrays += after.objects().isEmpty() ? 0 : 1;
      shorter += Regions.size(after.body()) < Regions.size(before.body()) ? 1 : 0;
    }
    assertTrue(loops > PROGRAMS / 10, "with loops left: " + loops);
    assertTrue(arrays > PROGRAMS / 20 && arrays < PROGRAMS, "with arrays left: " + arrays);
    assertTrue(shorter > PROGRAMS / 2, "shorter: " + shorter);
  }

  private static Function inlined(Program program) {
    Verifier.verify(program);
    Function kernel = Inline.run(program, program.kernels().getFirst());
    Verifier.verify(kernel);
    return kernel;
  }

  private static void check(int seed, String pass, Function before, Function after) {
    String what = pass + " on program " + seed;
    List<String> problems = Verifier.problems(after);
    assertTrue(problems.isEmpty(), () -> what + ": " + problems + "\n" + IrPrinter.print(before));
    assertArrayEquals(
        run(before),
        run(after),
        () -> what + "\n" + IrPrinter.print(before) + "\n" + IrPrinter.print(after));
  }

  private static byte[] run(Function kernel) {
    byte[] in = new byte[RandomProgram.IN_BYTES];
    new Random(1).nextBytes(in);
    byte[] out = new byte[ITEMS * RandomProgram.ITEM_BYTES];
    InterpLaunch launch =
        InterpLaunch.linear(
            ITEMS,
            3,
            new InterpLaunch.Buffer(new ArrayMemory(in)),
            new InterpLaunch.Buffer(new ArrayMemory(out)),
            new InterpLaunch.Scalar(5));
    InterpResult result =
        Interpreter.run(kernel, launch, InterpOptions.DEFAULT.withLimit(10_000_000));
    assertEquals(InterpResult.Outcome.COMPLETED, result.outcome(), kernel.name());
    return out;
  }
}
