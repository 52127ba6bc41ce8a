package dev.heddle.compiler.ir;

import java.util.List;
import java.util.Optional;

/**
 * The functions of one compilation, in the order of their definition.
 *
 * @param texts the formats and other strings of {@code printf}, by their numbers
 */
public record Program(List<Function> functions, List<String> texts) {
  public Program {
    functions = List.copyOf(functions);
    texts = List.copyOf(texts);
  }

  /** A program that prints nothing. */
  public Program(List<Function> functions) {
    this(functions, List.of());
  }

  public Optional<Function> function(String name) {
    return functions.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  public List<Function> kernels() {
    return functions.stream().filter(Function::kernel).toList();
  }
}
