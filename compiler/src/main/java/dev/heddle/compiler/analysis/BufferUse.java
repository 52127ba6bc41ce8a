package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import java.util.List;
import java.util.Optional;

/**
 * How a chunk of a launch uses one buffer parameter. Ranges are exact numbers for the analysed
 * launch and lie inside the buffer.
 */
public interface BufferUse {
  /** What a chunk reads of the buffer. */
  enum Reading {
    NONE,
    /** The ranges of {@link #reads}. */
    RANGE,
    /** Any of its bytes: {@link #reads} is the whole buffer. */
    WHOLE
  }

  /** What a chunk writes into the buffer. */
  enum Writing {
    NONE,
    /** Every byte of {@link #writes} is written, and no other. */
    EXACT,
    /**
     * Some bytes of {@link #writes}, and no others. A copy elsewhere must hold the old content of
     * these ranges before the chunk starts.
     */
    MAYBE,
    /**
     * Atomics of {@link #reduction} alone. Each device works on a copy that starts out filled with
     * the operator's identity; the copies are combined with the original after.
     */
    REDUCED
  }

  /** Index of the parameter. */
  int parameter();

  /** Name of the parameter. */
  String name();

  Reading reading();

  Writing writing();

  /** The operator of {@link Writing#REDUCED}: add, and, or, xor, smin, smax, umin or umax. */
  Optional<AtomicOp> reduction();

  /** The type that {@link #reduction} works on, I32 or I64. */
  Optional<Type> reductionType();

  /**
   * The bytes that the work-items from {@code begin} to {@code end} (exclusive) along the dimension
   * may read, counted from 0 whatever the global offset; at multiples of the granularity.
   */
  List<ByteRange> reads(long begin, long end);

  /** The bytes that these work-items write, or may write; see {@link #writing}. */
  List<ByteRange> writes(long begin, long end);
}
