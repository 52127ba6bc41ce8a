package dev.heddle.runtime.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.pass.Pipeline;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final String KERNEL =
      """
      kernel void k(global float *out, global const float *in, int n) {
        int i = get_global_id(0);
        float sum = 0.5f;
        for (int j = 0; j < n; j++) {
          sum += in[i + j];
        }
        out[i] = sum > 1.0f ? sqrt(sum) : (float)n;
      }
      """;

  private static String of(String text) {
    SourceFile file = new SourceFile("k.cl", text);
    return Fingerprint.of(
        Pipeline.prepareAll(OpenClCompiler.compile(List.of(file), FrontendOptions.DEFAULT), true)
            .getFirst());
  }

  @Test
  void theSameCodeHasTheSameWhereverItStands() {
    assertEquals(of(KERNEL), of("// moved\n\n" + KERNEL.replace("sum", "total")));
  }

  @Test
  void everyDetailOfTheCodeCounts() {
    List<String[]> changes =
        List.of(
            new String[] {"0.5f", "0.25f"},
            new String[] {"+=", "-="},
            new String[] {"> 1.0f", "< 1.0f"},
            new String[] {"sqrt", "floor"},
            new String[] {"(float)n", "(float)(uint)n"},
            new String[] {"in[i + j]", "in[i - j]"},
            new String[] {"j < n", "j <= n"},
            new String[] {"get_global_id(0)", "get_global_id(1)"},
            new String[] {"get_global_id(0)", "get_local_id(0)"},
            new String[] {"global const float *in", "global const double *in"},
            new String[] {"int n", "long n"},
            new String[] {"out[i] = sum", "if (n > 3) out[i] = sum"},
            new String[] {"void k", "void other"});
    Set<String> found = new TreeSet<>(Set.of(of(KERNEL)));
    for (String[] change : changes) {
      assertTrue(found.add(of(KERNEL.replace(change[0], change[1]))), change[1]);
    }
  }
}
