package dev.heddle.compiler.ir;

import java.util.List;
import java.util.Optional;

/** The functions of one compilation, in the order of their definition. */
public record Program(List<Function> functions) {
  public Program {
    functions = List.copyOf(functions);
  }

  public Optional<Function> function(String name) {
    return functions.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  public List<Function> kernels() {
    return functions.stream().filter(Function::kernel).toList();
  }
}
