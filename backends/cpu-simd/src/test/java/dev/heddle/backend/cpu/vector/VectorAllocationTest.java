package dev.heddle.backend.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Once C2 has compiled it, a launch allocates nothing: an allocation would be a boxed vector. The
 * JVM of the tests compiles generated classes in the foreground, so that this depends on the number
 * of runs and not on who else keeps the processor busy.
 */
class VectorAllocationTest {
  private static final Object[] NO_ARRAYS = {};

  /** With a divergent loop, a gather, a masked tail and a divergent store. */
  private static final String SOURCE =
      """
      __kernel void walk(const int n, __global const int *in, __global int *out) {
        int i = get_global_id(0);
        if (i >= n) return;
        int at = in[i] & 127;
        int steps = 0;
        while (at != 0 && steps < 20) {
          at = in[at] & 127;
          steps++;
        }
        if (steps > 3) out[i] = steps;
      }
      """;

  private static final int ITEMS = 1000;
  private static final int MOST_RUNS = 20_000;

  @Test
  void warmedLaunchAllocatesNothing() throws Exception {
    assertEquals("", VectorEmitter.unavailable());
    Function kernel =
        Pipeline.prepare(
            OpenClCompiler.compile(
                List.of(new SourceFile("walk.cl", SOURCE)), FrontendOptions.DEFAULT),
            "walk",
            true);
    try (UnitRun run = new UnitRun(kernel, BoundsMode.TRAP)) {
      byte[] in = new byte[4 * ITEMS];
      for (int i = 0; i < ITEMS; i++) {
        in[4 * i] = (byte) (i * 7 + 1);
      }
      run.scalar("n", ITEMS);
      run.buffer("in", in);
      run.buffer("out", new byte[4 * ITEMS]);
      run.range(ITEMS + 5, 1, 0);
      ObjLongConsumer<Object[]> code = run.compile(new VectorEmitter());
      assertTrue(comesToAllocateNothing(code, run.frameAddress()));
      assertEquals(List.of(), run.faults());
    }
  }

  /** Runs until a hundred runs allocate nothing, or too many did. */
  private static boolean comesToAllocateNothing(ObjLongConsumer<Object[]> code, long frame) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int runs = 0; runs < MOST_RUNS; runs += 100) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        code.accept(NO_ARRAYS, frame);
      }
      if (threads.getCurrentThreadAllocatedBytes() == before) {
        return true;
      }
    }
    return false;
  }
}
