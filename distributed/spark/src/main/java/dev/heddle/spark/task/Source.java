package dev.heddle.spark.task;

import dev.heddle.runtime.npy.NpySlices;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Where executors find the content of a buffer themselves, each the bytes that it needs. */
public interface Source extends Serializable {
  /**
   * Fills {@code into}, which is zero, with the bytes from {@code start} on, as many as it has.
   *
   * @throws dev.heddle.compiler.diagnostic.HeddleException if they can't be read; the message is
   *     for the user
   */
  void load(long start, MemorySegment into);

  /** All bytes are zero. */
  record Zeroes() implements Source {
    @Override
    public void load(long start, MemorySegment into) {}
  }

  /**
   * A part of a file on storage that every executor sees under that path.
   *
   * @param offset where in the file the buffer begins
   */
  record FileSource(String path, long offset) implements Source {
    @Override
    public void load(long start, MemorySegment into) {
      NpySlices.read(Path.of(path), offset + start, into);
    }
  }

  /** Bytes that were broadcast: for what is small. */
  record Bytes(byte[] content) implements Source {
    @Override
    public void load(long start, MemorySegment into) {
      MemorySegment.copy(MemorySegment.ofArray(content), start, into, 0, into.byteSize());
    }
  }
}
