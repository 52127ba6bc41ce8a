package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.npy.NpyFile;
import dev.heddle.runtime.run.RunException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;

/**
 * An array whose elements stay where they were computed: a chain of kernels over such arrays copies
 * nothing. Lambdas may capture it and call {@code get}, {@code set} and {@code size}. On the host
 * these work too, at the cost of a copy when the content is elsewhere.
 */
public abstract sealed class SessionArray implements DeviceArray, AutoCloseable
    permits FloatArray, DoubleArray, IntArray, LongArray {
  private final Buffer buffer;
  private final ElementType element;

  SessionArray(Buffer buffer, ElementType element) {
    this.buffer = buffer;
    this.element = element;
  }

  static Buffer allocate(Session session, long size, ElementType element) {
    if (size < 0) {
      throw RunException.usage("an array can't have " + size + " elements");
    }
    return session.allocate(Math.multiplyExact(size, (long) element.type().bytes()));
  }

  /**
   * A buffer with the elements of a .npy file, of any shape, row after row.
   *
   * @throws dev.heddle.runtime.npy.NpyException if the file cannot be read
   * @throws RunException USAGE if its elements are of another type
   */
  static Buffer load(Session session, Path file, ElementType element) {
    try (Arena arena = Arena.ofConfined()) {
      NpyFile npy = NpyFile.open(file, arena);
      if (npy.header().element() != element || npy.header().complex()) {
        throw RunException.usage(
            file
                + " has elements of type "
                + (npy.header().complex() ? "complex " : "")
                + npy.header().element().text()
                + ", not "
                + element.text());
      }
      Buffer buffer = session.allocate(npy.data().byteSize());
      buffer.writable().copyFrom(npy.data());
      return buffer;
    }
  }

  /** The memory of the elements, for kernels of files. */
  public final Buffer buffer() {
    return buffer;
  }

  /** The type of an element. */
  public final ElementType element() {
    return element;
  }

  @Override
  public final long size() {
    return buffer.bytes() / element.type().bytes();
  }

  /** The content for reading. */
  public final MemorySegment read() {
    return buffer.read();
  }

  /** The content for writing; call it again after each run. */
  public final MemorySegment write() {
    return buffer.write();
  }

  /** As {@link #read}, for use while the array is reachable alone. */
  final MemorySegment contents() {
    return buffer.contents();
  }

  /** As {@link #write}, for use while the array is reachable alone. */
  final MemorySegment writable() {
    return buffer.writable();
  }

  /** Takes the elements from native or heap memory of as many bytes. */
  public final void copyFrom(MemorySegment memory) {
    if (memory.byteSize() != buffer.bytes()) {
      throw RunException.usage(
          memory.byteSize() + " bytes for an array of " + buffer.bytes() + " bytes");
    }
    try {
      buffer.writable().copyFrom(memory);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Gives the elements to native or heap memory of as many bytes. */
  public final void copyTo(MemorySegment memory) {
    if (memory.byteSize() != buffer.bytes()) {
      throw RunException.usage(
          "an array of " + buffer.bytes() + " bytes for " + memory.byteSize() + " bytes");
    }
    try {
      memory.copyFrom(buffer.contents());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Writes a one-dimensional .npy file. */
  public final void save(Path file) {
    try {
      NpyFile.write(file, element, List.of(size()), contents());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Frees the memory. */
  @Override
  public final void close() {
    buffer.close();
  }
}
