package dev.heddle.runtime.npy;

import dev.heddle.compiler.ir.ElementType;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A .npy file of which several processes read or write a slice each. Its data are little-endian and
 * in C order.
 *
 * @param header what the file says of its data
 * @param start where in the file the data begin
 */
public record NpySlices(Path path, NpyHeader header, long start) {
  /**
   * Opens a file for reading.
   *
   * @throws NpyException if it cannot be read as numbers, or not in slices
   */
  public static NpySlices open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      NpySlices slices = NpyFile.locate(path, channel);
      NpyHeader header = slices.header();
      if (header.needsReordering() || (header.bigEndian() && header.element().type().bytes() > 1)) {
        throw new NpyException(
            path
                + ": only little-endian arrays in C order can be read in slices; convert it with"
                + " NumPy's ascontiguousarray and astype");
      }
      return slices;
    } catch (NoSuchFileException e) {
      throw new NpyException(path + ": no such file", e);
    } catch (IOException e) {
      throw new NpyException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a one-dimensional file of zeroes, in which slices can be written.
   *
   * @throws NpyException if it cannot be written
   */
  public static NpySlices create(Path path, ElementType element, long count) {
    NpyHeader header = new NpyHeader(element, false, false, List.of(count), false);
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer prefix = NpyFile.prefix(header);
      long start = prefix.remaining();
      while (prefix.hasRemaining()) {
        channel.write(prefix);
      }
      if (header.bytes() > 0) {
        channel.write(ByteBuffer.allocate(1), start + header.bytes() - 1);
      }
      return new NpySlices(path, header, start);
    } catch (NoSuchFileException e) {
      throw new NpyException(path + ": cannot be written: its folder does not exist", e);
    } catch (IOException e) {
      throw new NpyException(path + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Reads the bytes of the data from {@code at} on, as many as {@code into} has. */
  public void read(long at, MemorySegment into) {
    read(path, start + at, into);
  }

  /** Reads the bytes of a file from {@code at} on; nothing but these is mapped. */
  public static void read(Path path, long at, MemorySegment into) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      if (at + into.byteSize() > channel.size()) {
        throw new EOFException("it ends after " + channel.size() + " bytes");
      }
      if (into.byteSize() > 0) {
        into.copyFrom(channel.map(MapMode.READ_ONLY, at, into.byteSize(), arena));
      }
    } catch (NoSuchFileException e) {
      throw new NpyException(path + ": no such file", e);
    } catch (IOException e) {
      throw new NpyException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes bytes of the data from {@code at} on. */
  public void write(long at, ByteBuffer bytes) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer left = bytes.duplicate();
      while (left.hasRemaining()) {
        channel.write(left, start + at + left.position() - bytes.position());
      }
    } catch (IOException e) {
      throw new NpyException(path + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
