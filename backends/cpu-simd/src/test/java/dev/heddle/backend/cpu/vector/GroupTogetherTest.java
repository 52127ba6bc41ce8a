package dev.heddle.backend.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A work-group whose work-items go through its barriers as one. */
class GroupTogetherTest {
  private static final int GROUP = 64;

  /** A tree over local memory; then what each read of its mirror image. */
  private static final String TREE =
      """
      __kernel void tree(__global const int *in, __global int *out) {
        __local int lanes[64];
        int lane = get_local_id(0);
        lanes[lane] = in[lane];
        for (int half_width = 32; half_width > 0; half_width /= 2) {
          barrier(CLK_LOCAL_MEM_FENCE);
          if (lane < half_width) lanes[lane] += lanes[lane + half_width];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        out[lane] = lanes[63 - lane] + lanes[0];
      }
      """;

  /** Work-items leave one by one before a barrier. */
  private static final String PARTING =
      """
      __kernel void parting(__global int *out) {
        int lane = get_local_id(0);
        if (out[lane] > 3) return;
        barrier(CLK_GLOBAL_MEM_FENCE);
        out[lane] = out[63 - lane];
      }
      """;

  @BeforeAll
  static void vectorTierIsThere() {
    assertEquals("", VectorEmitter.unavailable());
  }

  @Test
  void addsATree() throws Exception {
    try (UnitRun run = new UnitRun(kernel(TREE, "tree"), BoundsMode.TRAP, GROUP)) {
      int[] in = new int[GROUP];
      for (int i = 0; i < GROUP; i++) {
        in[i] = i * i - 7;
      }
      MemorySegment.copy(
          MemorySegment.ofArray(in), 0, run.buffer("in", new byte[4 * GROUP]), 0, 4 * GROUP);
      MemorySegment out = run.buffer("out", new byte[4 * GROUP]);
      run.range(GROUP, 1, 0);
      run.run(run.compile(new VectorEmitter()));
      int[] lanes = in.clone();
      for (int half = GROUP / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) {
          lanes[i] += lanes[i + half];
        }
      }
      for (int i = 0; i < GROUP; i++) {
        assertEquals(lanes[63 - i] + lanes[0], out.getAtIndex(ValueLayout.JAVA_INT, i));
      }
      assertEquals(List.of(), run.faults());
    }
  }

  @Test
  void refusesWorkItemsThatPart() throws Exception {
    try (UnitRun run = new UnitRun(kernel(PARTING, "parting"), BoundsMode.TRAP, GROUP)) {
      Emitter.Refusal refusal =
          assertThrows(Emitter.Refusal.class, () -> run.compile(new VectorEmitter()));
      assertFalse(refusal.tooLarge());
    }
  }

  private static Function kernel(String source, String name) {
    return Pipeline.prepare(
        OpenClCompiler.compile(
            List.of(new SourceFile(name + ".cl", source)), FrontendOptions.DEFAULT),
        name,
        true);
  }
}
