package dev.heddle.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.backend.cpu.run.CpuExecutable;
import dev.heddle.backend.cpu.run.TierMode;
import dev.heddle.compiler.analysis.Guards;
import dev.heddle.compiler.analysis.LaunchAnalysis;
import dev.heddle.compiler.analysis.LaunchFacts;
import dev.heddle.compiler.analysis.LaunchShape;
import dev.heddle.compiler.analysis.LaunchShape.Argument;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kernel whose accesses are all proven to be in range costs the same in every mode of bounds,
 * since its code is the same.
 */
class ProvenBoundsTest {
  private static final int ITEMS = 1024;
  private static final int GROUP = 64;

  private static Function kernel(String body) {
    String source =
        "__kernel __attribute__((reqd_work_group_size(64, 1, 1)))"
            + " void k(__global const float *x, __global float *y, __global int *at, int n) {"
            + " int i = get_global_id(0); int l = get_local_id(0); "
            + body
            + "}";
    return Pipeline.prepareAll(
            OpenClCompiler.compile(
                List.of(new SourceFile("k.cl", source)), FrontendOptions.DEFAULT),
            true)
        .getFirst();
  }

  private static LaunchFacts facts(Function kernel, BoundsMode bounds) {
    return LaunchAnalysis.analyse(
        kernel,
        new LaunchShape(
            1,
            new long[] {ITEMS, 1, 1},
            new long[3],
            new long[] {GROUP, 1, 1},
            List.of(
                new Argument.Buffer(64L * 4 * ITEMS, 0, 0),
                new Argument.Buffer(4L * ITEMS, 1, 0),
                new Argument.Buffer(4L * ITEMS, 2, 0),
                new Argument.Scalar(ITEMS)),
            bounds == BoundsMode.CLAMP));
  }

  /** The code of both tiers, as a launch in that mode runs it. */
  private static String code(Function kernel, BoundsMode bounds) {
    Function guarded =
        bounds == BoundsMode.OFF
            ? Guards.none(kernel)
            : Guards.apply(kernel, facts(kernel, bounds));
    try (CpuDevice device = new CpuDevice(1, TierMode.VECTOR)) {
      CpuExecutable code =
          (CpuExecutable)
              device.compile(guarded, new CompileOptions(MathMode.REPRODUCIBLE, bounds));
      assertEquals("", code.vectorRefusal());
      return code.listing();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y[i] = 2.5f * x[i] + y[i];",
        "if (i > 0 && i < n - 1) y[i] = 0.25f * (x[i - 1] + 2 * x[i] + x[i + 1]);",
        "float s = 0; for (int k = 0; k < 64; k++) s += x[i * 64 + k]; y[i] = s;",
        "float s = 0; for (int k = 0; k < 64; k++) s += x[k * n + i]; y[i] = s;",
        "float4 v = vload4(i, x); y[i] = dot(v, v.wzyx);",
        "__local float tile[64]; tile[l] = x[i]; barrier(CLK_LOCAL_MEM_FENCE);"
            + " y[i] = tile[63 - l];",
        "float window[3]; for (int k = 0; k < 3; k++) window[k] = x[i + k];"
            + " y[i] = window[i & 1];",
        "if (i < n / 2) { y[2 * i] = x[i]; y[2 * i + 1] = -x[i]; }",
        "for (int k = i; k < n; k += 256) at[k] = k;",
      })
  void affineAccessesAreTheSameCodeInEveryMode(String body) {
    Function kernel = kernel(body);
    assertTrue(facts(kernel, BoundsMode.TRAP).allProven(), "not all proven");
    String off = code(kernel, BoundsMode.OFF);
    assertEquals(off, code(kernel, BoundsMode.TRAP));
    assertEquals(off, code(kernel, BoundsMode.CLAMP));
  }

  @Test
  void accessesThatGoThroughAnIndexAreChecked() {
    Function kernel = kernel("y[i] = x[at[i]];");
    String off = code(kernel, BoundsMode.OFF);
    String trap = code(kernel, BoundsMode.TRAP);
    assertNotEquals(off, trap);
    assertNotEquals(trap, code(kernel, BoundsMode.CLAMP));
  }
}
