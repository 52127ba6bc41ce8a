package dev.heddle.runtime.npy;

import dev.heddle.compiler.ir.ElementType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A .npy file of numbers, as NumPy's {@code numpy.lib.format} describes it.
 *
 * @param header what the file says of its data
 * @param data the elements, little-endian and in C order; {@code header.bytes()} bytes
 */
public record NpyFile(NpyHeader header, MemorySegment data) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final int PREFIX_V1 = 10;
  private static final int PREFIX_V2 = 12;

  /**
   * Opens a file. Its data are memory-mapped, of any size; writes to them stay in memory and never
   * reach the file. Data that are big-endian, in Fortran order or not aligned, and those of a file
   * that may not be written, are copied instead.
   *
   * @param arena owns the memory
   * @throws NpyException if the file cannot be read as numbers
   */
  public static NpyFile open(Path path, Arena arena) {
    String name = path.toString();
    // Java makes a private mapping only of a channel that could write
    boolean writable = Files.isWritable(path);
    try (FileChannel channel = channel(path, writable)) {
      NpySlices file = locate(path, channel);
      MemorySegment data = data(channel, writable, file.start(), file.header(), arena);
      return new NpyFile(file.header(), data);
    } catch (NoSuchFileException e) {
      throw new NpyException(name + ": no such file", e);
    } catch (IOException e) {
      throw new NpyException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads the header, and finds where the data are. */
  static NpySlices locate(Path path, FileChannel channel) throws IOException {
    String name = path.toString();
    long size = channel.size();
    ByteBuffer prefix = read(channel, 0, (int) Math.min(size, PREFIX_V2));
    int version = version(name, prefix);
    int before = version == 1 ? PREFIX_V1 : PREFIX_V2;
    long length = version == 1 ? prefix.getShort(8) & 0xFFFF : prefix.getInt(8) & 0xFFFF_FFFFL;
    if (length > MAX_HEADER) {
      throw new NpyException(
          name + ": the header claims " + length + " bytes; at most " + MAX_HEADER + " are read");
    }
    long start = before + length;
    if (size < start) {
      throw truncated(name, "its header", start, size);
    }
    NpyHeader header =
        NpyHeaderParser.parse(
            name,
            StandardCharsets.ISO_8859_1.decode(read(channel, before, (int) length)).toString());
    if (size - start < header.bytes()) {
      throw truncated(name, "shape " + header.shape(), start + header.bytes(), size);
    }
    return new NpySlices(path, header, start);
  }

  /**
   * Writes an array in C order, first to a temporary file beside {@code path}, which it then
   * replaces.
   *
   * @throws NpyException if it cannot be written, with what the system says
   */
  public static void write(Path path, ElementType element, List<Long> shape, MemorySegment data) {
    NpyHeader header = new NpyHeader(element, false, false, shape, false);
    if (header.bytes() != data.byteSize()) {
      throw new IllegalArgumentException(header.bytes() + " bytes, not " + data.byteSize());
    }
    Path temporary = null;
    try {
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        // a device or a pipe takes the bytes itself; a rename would put a file in its place
        writeTo(target, header, data);
        return;
      }
      temporary = Files.createTempFile(target.getParent(), ".heddle", ".npy");
      temporary.toFile().deleteOnExit(); // if the process is interrupted before the move
      writeTo(temporary, header, data);
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new NpyException(path + ": cannot be written: " + reason(e), e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void writeTo(Path file, NpyHeader header, MemorySegment data) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writeFully(channel, prefix(header));
      writeSegment(channel, data);
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "its folder does not exist"
        : String.valueOf(e.getMessage());
  }

  private static void deleteQuietly(@org.jspecify.annotations.Nullable Path temporary) {
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException ignored) {
      // the write's own error is the one to tell
    }
  }

  /** The bytes before the data. */
  static ByteBuffer prefix(NpyHeader header) {
    byte[] text = header.text(PREFIX_V1).getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.allocate(PREFIX_V1 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
    return bytes.flip();
  }

  private static void writeSegment(FileChannel channel, MemorySegment data) throws IOException {
    long step = 1L << 30;
    for (long at = 0; at < data.byteSize(); at += step) {
      writeFully(channel, data.asSlice(at, Math.min(step, data.byteSize() - at)).asByteBuffer());
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static int version(String name, ByteBuffer prefix) {
    if (prefix.limit() < PREFIX_V2 || !startsWithMagic(prefix)) {
      throw new NpyException(
          name + ": not a .npy file (it does not begin with \\x93NUMPY and a version)");
    }
    int version = prefix.get(6);
    if (version < 1 || version > 3) {
      throw new NpyException(name + ": .npy format version " + version + "; 1 to 3 are read");
    }
    return version;
  }

  private static boolean startsWithMagic(ByteBuffer prefix) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (prefix.get(i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static NpyException truncated(String name, String what, long needed, long size) {
    return new NpyException(
        "%s: truncated: %s needs %,d bytes of file, it has %,d"
            .formatted(name, what, needed, size));
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      continue;
    }
    return bytes.flip();
  }

  private static FileChannel channel(Path path, boolean writable) throws IOException {
    return writable
        ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
        : FileChannel.open(path, StandardOpenOption.READ);
  }

  private static MemorySegment data(
      FileChannel channel, boolean writable, long start, NpyHeader header, Arena arena)
      throws IOException {
    int element = header.element().type().bytes();
    if (header.bytes() == 0) {
      return arena.allocate(0);
    }
    MapMode mode = writable ? MapMode.PRIVATE : MapMode.READ_ONLY;
    MemorySegment mapped = channel.map(mode, start, header.bytes(), arena);
    boolean swap = header.bigEndian() && element > 1;
    if (writable && !swap && !header.needsReordering() && mapped.address() % element == 0) {
      return mapped;
    }
    MemorySegment copy = arena.allocate(header.bytes(), 64);
    if (header.needsReordering()) {
      reorder(mapped, copy, header.shape(), header.itemBytes());
    } else {
      copy.copyFrom(mapped);
    }
    if (swap) {
      swapBytes(copy, element);
    }
    return copy;
  }

  /** Copies an array whose first index varies fastest to one whose last index does. */
  private static void reorder(MemorySegment from, MemorySegment to, List<Long> shape, int item) {
    int rank = shape.size();
    long[] stride = new long[rank];
    long[] index = new long[rank];
    long step = item;
    for (int d = 0; d < rank; d++) {
      stride[d] = step;
      step *= shape.get(d);
    }
    long source = 0;
    for (long target = 0; target < to.byteSize(); target += item) {
      MemorySegment.copy(from, source, to, target, item);
      for (int d = rank - 1; d >= 0; d--) {
        source += stride[d];
        if (++index[d] < shape.get(d)) {
          break;
        }
        source -= stride[d] * index[d];
        index[d] = 0;
      }
    }
  }

  private static void swapBytes(MemorySegment data, int element) {
    for (long at = 0; at < data.byteSize(); at += element) {
      switch (element) {
        case 2 -> {
          short old = data.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
          data.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Short.reverseBytes(old));
        }
        case 4 -> {
          int old = data.get(ValueLayout.JAVA_INT_UNALIGNED, at);
          data.set(ValueLayout.JAVA_INT_UNALIGNED, at, Integer.reverseBytes(old));
        }
        default -> {
          long old = data.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
          data.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Long.reverseBytes(old));
        }
      }
    }
  }
}
