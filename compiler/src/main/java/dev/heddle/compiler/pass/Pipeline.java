package dev.heddle.compiler.pass;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.verify.Verifier;
import dev.heddle.compiler.verify.VerifierException;
import java.util.List;
import java.util.function.Predicate;

/** The recipe that turns the functions of a program into one kernel that devices can print. */
public final class Pipeline {
  /** Set to true, every pass's result is verified: {@code -Ddev.heddle.verify=true}. */
  private static final boolean VERIFY = Boolean.getBoolean("dev.heddle.verify");

  /** Kernels of more ops than this, calls inlined, have their helpers simplified beforehand. */
  private static final int LARGE = 16_384;

  private static final List<Pass> HELPER =
      List.of(new Fold(), new DeadCode(), new PromoteArrays(), new Fold(), new DeadCode());

  private static final List<Pass> STRUCTURE =
      List.of(
          new Fold(),
          new DeadCode(),
          new Followed(new JoinExits(), new Fold(), new JoinExits()),
          new Followed(new PromoteArrays(), new Fold()));

  private static final List<Pass> UNROLL =
      List.of(
          new Followed(new Unroll(), new Fold(), new JoinExits(), new PromoteArrays(), new Fold()));

  /** What was unrolled may show how often the loop around it goes round. */
  private static final int MOST_UNROLLED = 2;

  private static final List<Pass> SIMPLIFY =
      List.of(
          new DeadCode(), new CommonSubexpressions(), new IfToSelect(), new Fold(), new DeadCode());

  private static final List<Pass> FINISH =
      List.of(
          new Fold(),
          new CommonSubexpressions(),
          new Followed(new LoopInvariants(), new CommonSubexpressions()),
          new DeadCode(),
          new Renumber());

  private Pipeline() {}

  /**
   * The kernel {@code kernel} of {@code program}, as devices get it: every call inlined (so there
   * is no {@code Call} and no {@code Formal} root), private arrays promoted to values where that is
   * possible, folded and cleaned, values and labels numbered densely in program order.
   *
   * @param expandMath whether all builtins are replaced by their IR sequences, which give the same
   *     bits on every device; otherwise those stay of which devices have their own
   * @throws CompileException if the kernel grows beyond the limit when its helpers are inlined or
   *     if it is recursive
   * @throws IllegalArgumentException if the program has no kernel of that name
   */
  public static Function prepare(Program program, String kernel, boolean expandMath) {
    Function function =
        program
            .function(kernel)
            .filter(Function::kernel)
            .orElseThrow(() -> new IllegalArgumentException("no kernel '" + kernel + "'"));
    function = verified("inline", Inline.run(withSmallHelpers(program, function), function));
    function = run(STRUCTURE, function);
    function = unrolled(function);
    function = run(SIMPLIFY, function);
    function = expandMath(function, builtin -> !expandMath && !builtin.op().alwaysExpanded());
    return run(FINISH, function);
  }

  private static Function unrolled(Function function) {
    Function result = function;
    for (int i = 0; i < MOST_UNROLLED; i++) {
      Function before = result;
      result = run(UNROLL, before);
      if (result == before) {
        break;
      }
    }
    return result;
  }

  /** What many calls make many copies of is simplified once, before it is copied. */
  private static Program withSmallHelpers(Program program, Function kernel) {
    if (Inline.size(program, kernel) <= LARGE) {
      return program;
    }
    return new Program(
        program.functions().stream()
            .map(function -> function.kernel() ? function : run(HELPER, function))
            .toList());
  }

  /**
   * Replaces the builtins of a prepared kernel by their sequences, but for those that a device has
   * functions of its own for. Ops that may fault keep their order.
   *
   * @param own whether the device has it itself
   */
  public static Function expandMath(Function kernel, Predicate<Op.Builtin> own) {
    return run(List.of(new ExpandMath(own)), kernel);
  }

  /** Every kernel of {@code program}, prepared, in the order of the program. */
  public static List<Function> prepareAll(Program program, boolean expandMath) {
    return program.kernels().stream()
        .map(kernel -> prepare(program, kernel.name(), expandMath))
        .toList();
  }

  static Function run(List<Pass> passes, Function function) {
    Function result = function;
    for (Pass pass : passes) {
      result = verified(pass.name(), pass.run(result));
    }
    return result;
  }

  private static Function verified(String pass, Function function) {
    if (VERIFY) {
      try {
        Verifier.verify(function);
      } catch (VerifierException e) {
        throw new IllegalStateException(
            "pass " + pass + " on " + function.name() + ": " + e.getMessage(), e);
      }
    }
    return function;
  }
}
