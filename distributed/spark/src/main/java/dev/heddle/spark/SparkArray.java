package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.npy.NpySlices;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.task.Output;
import dev.heddle.spark.task.Piece;
import dev.heddle.spark.task.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;

/**
 * An array in blocks over the executors of a cluster. Runs update it in place, as they do the
 * arrays of a session; after a run that failed it is as it was. Lambdas may capture one whose class
 * has {@code get} and {@code set}.
 */
public abstract sealed class SparkArray implements DeviceArray, AutoCloseable
    permits SparkBytes, SparkDoubles, SparkFloats, SparkInts, SparkLongs, SparkNumbers {
  private final HeddleSpark spark;
  private final ElementType element;
  private final long bytes;
  private Content content;

  SparkArray(HeddleSpark spark, ElementType element, long bytes, Content content) {
    this.spark = spark;
    this.element = element;
    this.bytes = bytes;
    this.content = content;
    content.acquire();
  }

  static SparkArray of(HeddleSpark spark, ElementType element, long bytes, Content content) {
    return switch (element) {
      case FLOAT -> new SparkFloats(spark, bytes, content);
      case DOUBLE -> new SparkDoubles(spark, bytes, content);
      case INT, UINT -> new SparkInts(spark, element, bytes, content);
      case LONG, ULONG -> new SparkLongs(spark, element, bytes, content);
      case CHAR, UCHAR, BOOL -> new SparkBytes(spark, element, bytes, content);
      case SHORT, USHORT, HALF -> new SparkNumbers(spark, element, bytes, content);
    };
  }

  HeddleSpark spark() {
    return spark;
  }

  Content content() {
    return content;
  }

  /** Arrays hold that from now on, one each; contents may move from one to another. */
  static void become(List<SparkArray> arrays, List<Content> contents) {
    contents.forEach(Content::acquire);
    for (int i = 0; i < arrays.size(); i++) {
      SparkArray array = arrays.get(i);
      Content before = array.content;
      array.content = contents.get(i);
      before.release();
    }
  }

  /** Two arrays trade what they hold. */
  public void swap(SparkArray other) {
    Content mine = content;
    content = other.content;
    other.content = mine;
  }

  public ElementType element() {
    return element;
  }

  public long bytes() {
    return bytes;
  }

  @Override
  public long size() {
    return bytes / element.type().bytes();
  }

  /** Where on the host an element of a lambda would be: nowhere. */
  static UnsupportedOperationException elsewhere() {
    return new UnsupportedOperationException(
        "the elements are on the executors: only lambdas that run there get and set them");
  }

  /** Brings the whole content to the driver. */
  public void read(MemorySegment into) {
    if (into.byteSize() != bytes) {
      throw RunException.usage(
          "%,d bytes of memory for an array of %,d".formatted(into.byteSize(), bytes));
    }
    content.read(into);
  }

  final void readInto(Object array) {
    read(
        switch (array) {
          case byte[] values -> MemorySegment.ofArray(values);
          case short[] values -> MemorySegment.ofArray(values);
          case char[] values -> MemorySegment.ofArray(values);
          case int[] values -> MemorySegment.ofArray(values);
          case long[] values -> MemorySegment.ofArray(values);
          case float[] values -> MemorySegment.ofArray(values);
          case double[] values -> MemorySegment.ofArray(values);
          default -> throw new IllegalArgumentException(array.getClass().getTypeName());
        });
  }

  final int javaLength() {
    if (size() > Integer.MAX_VALUE - 8) {
      throw RunException.usage(
          "%,d elements are too many for a Java array; save the array to a file".formatted(size()));
    }
    return (int) size();
  }

  /**
   * Writes a one-dimensional .npy file on storage that every executor sees under that path. Each
   * executor writes its own blocks; the file appears when all are done.
   */
  public void save(Path file) {
    Path target = file.toAbsolutePath();
    Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
    NpySlices slices = NpySlices.create(partial, element, size());
    Content.Spread spread = spread();
    spread.acquire();
    try {
      write(spread, partial.toString(), slices.start());
    } finally {
      spread.release();
    }
    try {
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw RunException.usage(file + ": cannot be written: " + e.getMessage());
    }
  }

  private static void write(Content.Spread spread, String path, long start) {
    spread
        .pieces()
        .values()
        .foreachPartition(
            pieces -> {
              NpySlices file = new NpySlices(Path.of(path), anyHeader(), start);
              while (pieces.hasNext()) {
                Piece piece = pieces.next();
                file.write(piece.start(), ByteBuffer.wrap(piece.content()));
              }
            });
  }

  /** A header for writing: where the data start is all that counts. */
  private static dev.heddle.runtime.npy.NpyHeader anyHeader() {
    return new dev.heddle.runtime.npy.NpyHeader(
        ElementType.UCHAR, false, false, List.of(0L), false);
  }

  private Content.Spread spread() {
    return switch (content) {
      case Content.Spread spread -> spread;
      case Content.Sourced sourced -> spark.spread(this, sourced.source());
    };
  }

  /** The blocks as bytes, with the position of each in the array. */
  public JavaPairRDD<Long, byte[]> blocks() {
    Content.Spread spread = spread();
    become(List.of(this), List.of(spread));
    return spread
        .pieces()
        .values()
        .mapToPair(piece -> new scala.Tuple2<>(piece.start(), piece.content()));
  }

  /** Frees the blocks. */
  @Override
  public void close() {
    become(List.of(this), List.of(new Content.Sourced(new Source.Zeroes())));
  }

  static boolean isPieceOf(Output output, int slot) {
    return output instanceof Piece piece && piece.slot() == slot;
  }
}
