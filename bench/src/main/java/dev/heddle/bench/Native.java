package dev.heddle.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A shared library of C functions. */
public final class Native {
  private final SymbolLookup symbols;

  public Native(Path library) {
    symbols = SymbolLookup.libraryLookup(library, Arena.global());
  }

  boolean has(String function) {
    return symbols.find(function).isPresent();
  }

  /** A function that returns nothing, or {@code result}. */
  public MethodHandle function(
      String name, Optional<MemoryLayout> result, List<MemoryLayout> parameters) {
    MemoryLayout[] layouts = parameters.toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        result
            .map(r -> FunctionDescriptor.of(r, layouts))
            .orElseGet(() -> FunctionDescriptor.ofVoid(layouts));
    MemorySegment address =
        symbols.find(name).orElseThrow(() -> new IllegalStateException("no function " + name));
    return Linker.nativeLinker().downcallHandle(address, descriptor);
  }

  static MemoryLayout layout(Object value) {
    return switch (value) {
      case Integer i -> ValueLayout.JAVA_INT;
      case Float f -> ValueLayout.JAVA_FLOAT;
      case MemorySegment segment -> ValueLayout.ADDRESS;
      default -> throw new IllegalArgumentException("no layout for " + value);
    };
  }
}
