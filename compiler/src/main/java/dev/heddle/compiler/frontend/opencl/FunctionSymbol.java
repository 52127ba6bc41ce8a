package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function, known by its identity; the body arrives with its definition. */
final class FunctionSymbol {
  private final String name;
  private final CType result;
  private final Span span;
  private final Map<FunctionSymbol, Span> calls = new LinkedHashMap<>();
  private List<Variable> parameters;
  private boolean kernel;
  private boolean prints;
  private Optional<List<Integer>> requiredLocalSize = Optional.empty();
  private Statement.@Nullable Block body;

  FunctionSymbol(String name, CType result, List<Variable> parameters, Span span) {
    this.name = name;
    this.result = result;
    this.parameters = List.copyOf(parameters);
    this.span = span;
  }

  String name() {
    return name;
  }

  CType result() {
    return result;
  }

  Span span() {
    return span;
  }

  List<Variable> parameters() {
    return parameters;
  }

  boolean isKernel() {
    return kernel;
  }

  Optional<List<Integer>> requiredLocalSize() {
    return requiredLocalSize;
  }

  void declare(boolean asKernel, Optional<List<Integer>> localSize) {
    kernel |= asKernel;
    requiredLocalSize = localSize.isPresent() ? localSize : requiredLocalSize;
  }

  /** Uses the parameter names of the definition instead of a prototype's. */
  void rename(List<Variable> definition) {
    parameters = List.copyOf(definition);
  }

  Statement.@Nullable Block body() {
    return body;
  }

  void define(Statement.Block block) {
    body = block;
  }

  /** Whether it calls {@code printf}, itself or through others. */
  boolean prints() {
    return prints;
  }

  void setPrints() {
    prints = true;
  }

  void calls(FunctionSymbol callee, Span place) {
    calls.putIfAbsent(callee, place);
  }

  /** The functions that the body calls, each with the place of its first call. */
  Map<FunctionSymbol, Span> calls() {
    return calls;
  }
}
