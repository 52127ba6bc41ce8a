package dev.heddle.compiler.ir;

import java.util.List;
import java.util.Optional;

/**
 * A function: a kernel, or a helper that kernels call.
 *
 * @param kernel whether it can be launched
 * @param parameters in the order of the signature
 * @param objects local and private arrays and constant tables that it uses
 * @param results types of what a helper returns; empty for a kernel
 * @param requiredLocalSize {@code reqd_work_group_size}, three numbers
 */
public record Function(
    String name,
    boolean kernel,
    List<Parameter> parameters,
    List<Root> objects,
    List<Type> results,
    Optional<List<Integer>> requiredLocalSize,
    Region body,
    Span span) {
  public Function {
    parameters = List.copyOf(parameters);
    objects = List.copyOf(objects);
    results = List.copyOf(results);
  }

  /** The same function with another body and other objects. */
  public Function with(List<Root> newObjects, Region newBody) {
    return new Function(
        name, kernel, parameters, newObjects, results, requiredLocalSize, newBody, span);
  }

  public Function withBody(Region newBody) {
    return with(objects, newBody);
  }

  /** The parameter of that name, if there is one. */
  public Optional<Parameter> parameter(String wanted) {
    return parameters.stream().filter(p -> p.name().equals(wanted)).findFirst();
  }
}
