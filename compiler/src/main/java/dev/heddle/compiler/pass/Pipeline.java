package dev.heddle.compiler.pass;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import java.util.List;

/** The recipe that turns the functions of a program into one kernel that devices can print. */
public final class Pipeline {
  private Pipeline() {}

  /**
   * The kernel {@code kernel} of {@code program}, as devices get it: every call inlined (so there is
   * no {@code Call} and no {@code Formal} root), private arrays promoted to values where that is
   * possible, folded and cleaned, values and labels numbered densely in program order.
   *
   * @param expandMath whether builtins are replaced by their IR sequences, which give the same bits
   *     on every device; otherwise they stay for the device's own functions
   * @throws CompileException if the kernel grows beyond the limit when its helpers are inlined, if
   *     it is recursive, or if it uses a builtin on a type that has no sequence
   * @throws IllegalArgumentException if the program has no kernel of that name
   */
  public static Function prepare(Program program, String kernel, boolean expandMath) {
    throw new UnsupportedOperationException("Pipeline.prepare");
  }

  /** Every kernel of {@code program}, prepared, in the order of the program. */
  public static List<Function> prepareAll(Program program, boolean expandMath) {
    return program.kernels().stream()
        .map(kernel -> prepare(program, kernel.name(), expandMath))
        .toList();
  }
}
