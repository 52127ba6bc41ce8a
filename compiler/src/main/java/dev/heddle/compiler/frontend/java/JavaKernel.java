package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Function;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kernel made from Java code.
 *
 * @param function the kernel, verified; its first parameters are those of its shape
 * @param sources for each parameter where the host finds its value; empty for those of the shape
 * @param thrown exceptions that the code throws, by the name of the array that stands for each
 */
public record JavaKernel(
    Function function, List<Optional<Source>> sources, Map<String, Thrown> thrown) {
  public JavaKernel {
    sources = List.copyOf(sources);
    thrown = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(thrown));
  }
}
