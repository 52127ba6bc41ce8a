package dev.heddle.cli.data;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.npy.NpySlices;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Where the content of a buffer comes from, for whoever wants a part of it. */
public sealed interface BufferSource extends Serializable {
  /** Size of the buffer. */
  long bytes();

  /**
   * Fills {@code into}, which is zero, with the bytes from {@code start} on, as many as it has;
   * both are multiples of the element's size for generated content.
   */
  void load(long start, MemorySegment into);

  /**
   * What a generator makes.
   *
   * @param generator its name
   * @param a lower bound, mean, start or value, and {@code b}: upper bound, deviation or step
   */
  record Generated(String generator, ElementType type, long bytes, double a, double b, long seed)
      implements BufferSource {
    @Override
    public void load(long start, MemorySegment into) {
      long first = start / type.type().bytes();
      switch (generator) {
        case "uniform" -> Generators.uniform(into, type, first, a, b, seed);
        case "normal" -> Generators.normal(into, type, first, a, b, seed);
        case "iota" -> Generators.iota(into, type, first, a, b);
        case "fill" -> Generators.constant(into, type, a);
        case "zeros" -> {}
        default -> throw new IllegalStateException(generator);
      }
    }
  }

  /**
   * A part of a file.
   *
   * @param path absolute
   * @param offset where in the file the buffer begins
   */
  record InFile(String path, long offset, long bytes) implements BufferSource {
    @Override
    public void load(long start, MemorySegment into) {
      NpySlices.read(Path.of(path), offset + start, into);
    }
  }
}
