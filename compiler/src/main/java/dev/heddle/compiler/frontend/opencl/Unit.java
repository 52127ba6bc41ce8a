package dev.heddle.compiler.frontend.opencl;

import java.util.List;

/**
 * What has been parsed.
 *
 * @param functions in the order of their first declaration
 * @param texts formats and other strings of {@code printf}, by their numbers
 */
record Unit(List<FunctionSymbol> functions, List<String> texts) {
  Unit {
    functions = List.copyOf(functions);
    texts = List.copyOf(texts);
  }
}
