package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.compiler.diagnostic.CompileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options as hosts write them. */
class OptionStringTest {
  @Test
  void readsQuotesAndBlanks() {
    OptionString options =
        OptionString.parse(
            "-DT=float  -D N=3 -D\"F(x)=(x) * 2\" -D 'S=\"a b\"' -DP=a\\ b -cl-mad-enable"
                + " -cl-std=CL1.2 -I include -Iother -w -Werror -DON");
    assertEquals(
        List.of("T=float", "N=3", "F(x)=(x) * 2", "S=\"a b\"", "P=a b", "ON"), options.macros());
    assertEquals(List.of("include", "other"), options.includeFolders());
  }

  @Test
  void anEmptyStringHasNoOptions() {
    assertEquals(new OptionString(List.of(), List.of()), OptionString.parse("  "));
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThrows(CompileException.class, () -> OptionString.parse("-O3"));
    assertThrows(CompileException.class, () -> OptionString.parse("-DA -D"));
  }

  @Test
  void theMacrosReachTheKernel() {
    OptionString options = OptionString.parse("-D T=int '-DF(x)=((x) + 1)'");
    KernelRunner runner =
        KernelRunner.of(
            "__kernel void f(__global T* out) { out[0] = F(4); }",
            options.macros().toArray(String[]::new));
    int[] out = new int[1];
    runner.run(1, 1, out);
    assertEquals(5, out[0]);
  }
}
