package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lowers the kernels of a program and the functions that they reach, callees first. */
final class ProgramLowering {
  /** What callers need to know of a function that has been lowered. */
  record Lowering(Function function, Set<Variable> returnedObjects) {}

  private final Diagnostics diagnostics;
  private final Map<FunctionSymbol, Lowering> helpers = new LinkedHashMap<>();
  private final List<Function> functions = new ArrayList<>();
  private final Map<FunctionSymbol, Boolean> finished = new HashMap<>();
  private final Set<FunctionSymbol> path = new LinkedHashSet<>();

  private ProgramLowering(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * Lowers a program.
   *
   * @throws Diagnostics.GiveUp if it has mistakes; those in its calls are reported in any case
   */
  static Program lower(Unit unit, Diagnostics diagnostics) {
    List<FunctionSymbol> symbols = unit.functions();
    ProgramLowering lowering = new ProgramLowering(diagnostics);
    List<FunctionSymbol> kernels = symbols.stream().filter(FunctionSymbol::isKernel).toList();
    boolean parsed = !diagnostics.hasErrors();
    for (FunctionSymbol root : kernels.isEmpty() ? symbols : kernels) {
      lowering.checkCalls(root, parsed);
    }
    if (diagnostics.hasErrors()) {
      throw new Diagnostics.GiveUp();
    }
    (kernels.isEmpty() ? symbols : kernels).forEach(lowering::root);
    return new Program(lowering.functions, unit.texts());
  }

  /**
   * Reports recursion and functions without a body, depth first.
   *
   * @param parsed whether a body that is missing is missing in the source
   */
  private void checkCalls(FunctionSymbol function, boolean parsed) {
    if (finished.containsKey(function)) {
      return;
    }
    path.add(function);
    for (Map.Entry<FunctionSymbol, Span> call : function.calls().entrySet()) {
      FunctionSymbol callee = call.getKey();
      if (path.contains(callee)) {
        reportCycle(callee, call.getValue());
      } else if (callee.body() == null && parsed) {
        diagnostics.error(call.getValue(), "'" + callee.name() + "' is declared but never defined");
      } else {
        checkCalls(callee, parsed);
      }
    }
    path.remove(function);
    finished.put(function, true);
  }

  private void reportCycle(FunctionSymbol start, Span span) {
    String cycle =
        path.stream()
            .dropWhile(f -> f != start)
            .map(FunctionSymbol::name)
            .collect(Collectors.joining(" -> "));
    diagnostics.error(
        span,
        "recursion is not possible in a kernel: " + cycle + " -> " + start.name() + "; use a loop");
  }

  private void root(FunctionSymbol function) {
    if (function.body() == null) {
      return;
    }
    if (function.isKernel()) {
      function.calls().keySet().forEach(this::helper);
      functions.add(new FunctionLowering(function, true, this, diagnostics).lower().function());
    } else {
      helper(function);
    }
  }

  /** Lowers a function as one that others call, once. */
  private void helper(FunctionSymbol function) {
    if (!helpers.containsKey(function)) {
      function.calls().keySet().forEach(this::helper);
      Lowering lowered = new FunctionLowering(function, false, this, diagnostics).lower();
      helpers.put(function, lowered);
      functions.add(lowered.function());
    }
  }

  /** What a function has become that was lowered before its callers. */
  Lowering callee(FunctionSymbol function) {
    Lowering lowered = helpers.get(function);
    if (lowered == null) {
      throw new IllegalStateException("not lowered yet: " + function.name());
    }
    return lowered;
  }
}
