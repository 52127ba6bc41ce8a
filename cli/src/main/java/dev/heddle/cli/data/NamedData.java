package dev.heddle.cli.data;

import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;

/** A buffer's content after the run. */
public record NamedData(String name, ElementType element, int width, MemorySegment data) {
  /** Number of scalars. */
  public long count() {
    return data.byteSize() / element.type().bytes();
  }

  public Summary summary() {
    return Summary.of(data, element);
  }
}
