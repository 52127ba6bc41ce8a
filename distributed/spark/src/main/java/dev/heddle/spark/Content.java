package dev.heddle.spark;

import dev.heddle.spark.plan.Layout;
import dev.heddle.spark.task.Output;
import dev.heddle.spark.task.Piece;
import dev.heddle.spark.task.Source;
import java.lang.foreign.MemorySegment;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** What an array holds: executors read it where it lies, or they have it in pieces. */
sealed interface Content {
  /** An array holds it. */
  void acquire();

  /** An array holds it no more. */
  void release();

  /** Brings it to the driver: as many bytes as the memory has. */
  void read(MemorySegment into);

  /** Every executor reads what it needs itself. */
  record Sourced(Source source) implements Content {
    @Override
    public void read(MemorySegment into) {
      source.load(0, into);
    }

    @Override
    public void acquire() {}

    @Override
    public void release() {}
  }

  /**
   * Pieces in partitions, keyed by the number of the partition.
   *
   * @param slot the slot that it had in the job that made it
   */
  record Spread(Outputs outputs, int slot, Layout layout) implements Content {
    /** Larger contents are fetched one partition after the other. */
    private static final long AT_ONCE = 256L << 20;

    JavaPairRDD<Integer, Piece> pieces() {
      int wanted = slot;
      return outputs
          .rdd()
          .filter(entry -> SparkArray.isPieceOf(entry._2(), wanted))
          .mapValues(output -> (Piece) output);
    }

    @Override
    public void read(MemorySegment into) {
      JavaRDD<Piece> pieces = pieces().values();
      if (into.byteSize() <= AT_ONCE) {
        Fetch.each(pieces, piece -> copy(piece, into));
      } else {
        pieces.toLocalIterator().forEachRemaining(piece -> copy(piece, into));
      }
    }

    private static void copy(Piece piece, MemorySegment into) {
      into.asSlice(piece.start(), piece.content().length)
          .copyFrom(MemorySegment.ofArray(piece.content()));
    }

    @Override
    public void acquire() {
      outputs.holders++;
    }

    @Override
    public void release() {
      outputs.holders--;
      if (outputs.holders == 0) {
        outputs.rdd().unpersist(false);
      }
    }
  }

  /** What one job left on the executors, for all its slots; freed when no array holds any of it. */
  final class Outputs {
    private final JavaPairRDD<Integer, Output> rdd;
    private int holders;

    Outputs(JavaPairRDD<Integer, Output> rdd) {
      this.rdd = rdd.persist(StorageLevel.MEMORY_AND_DISK());
    }

    JavaPairRDD<Integer, Output> rdd() {
      return rdd;
    }
  }
}
