package dev.heddle.backend.cpu;

import dev.heddle.backend.cpu.run.TierMode;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NaNs that a kernel is given keep their bits, those that it computes are the canonical one. */
class NanTest {
  private static final long ITEMS = 70;
  private static final long PAYLOAD = 0x7fc12345;
  private static final long DOUBLE_PAYLOAD = 0xfff8000012345678L;

  /** Where a NaN of the host's and a computed one meet. */
  private static final String KERNELS =
      """
      kernel void chosen(global uint *out, float p, float zero) {
        int i = get_global_id(0);
        float v = (i & 1) ? p : zero / zero;
        out[i] = as_uint(v);
      }

      kernel void looped(global uint *out, float p, float zero) {
        int i = get_global_id(0);
        float v = p;
        for (int j = 0; j < (i & 3); j++) v *= zero / zero;
        out[i] = as_uint(v);
      }

      kernel void exchanged(global uint *out, float p, float zero) {
        int i = get_global_id(0);
        global float *place = (global float *)(out + i);
        *place = p;
        float old = atomic_xchg(place, zero / zero);
        out[i] ^= as_uint((i & 1) ? old : -(zero / zero));
      }
      """;

  private static final String DOUBLES =
      """
      kernel void doubles(global ulong *out, double p, double zero) {
        int i = get_global_id(0);
        double v = (i & 1) ? p : zero / zero;
        if (i & 4) v = -v;
        out[i] = as_ulong(v);
      }
      """;

  private static List<Function> compile(String text) {
    SourceFile file = new SourceFile("nan.cl", text);
    return Pipeline.prepareAll(
        OpenClCompiler.compile(List.of(file), FrontendOptions.DEFAULT), true);
  }

  private static void check(TierMode mode, String text, int bytes, long payload) {
    try (CaseRunner runner = new CaseRunner(mode, 2)) {
      for (Function kernel : compile(text)) {
        List<KernelCase.Argument> arguments =
            List.of(
                new KernelCase.Buffer(new byte[(int) ITEMS * bytes]),
                new KernelCase.Scalar(payload),
                new KernelCase.Scalar(0));
        runner.check(
            new KernelCase(
                kernel.name(), kernel, new long[] {ITEMS}, new long[] {ITEMS}, arguments));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TierMode.class)
  void floatsKeepTheirBits(TierMode mode) {
    check(mode, KERNELS, Float.BYTES, PAYLOAD);
  }

  @ParameterizedTest
  @EnumSource(TierMode.class)
  void doublesKeepTheirBits(TierMode mode) {
    check(mode, DOUBLES, Double.BYTES, DOUBLE_PAYLOAD);
  }
}
