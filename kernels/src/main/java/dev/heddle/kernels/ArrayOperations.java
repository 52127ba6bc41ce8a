package dev.heddle.kernels;

import static dev.heddle.kernels.Checks.length;
import static dev.heddle.kernels.Checks.require;
import static dev.heddle.kernels.Checks.requireSameType;

import dev.heddle.runtime.api.DoubleArray;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionArray;

/**
 * Operations on arrays that stay on the devices of a session, of any of the four types of elements
 * unless their parameters say which. Arrays of one operation whose elements meet are of one type;
 * others are a {@link dev.heddle.runtime.run.RunException}, as lengths that do not fit are. Arrays
 * have up to 2^31 - 1 elements here.
 */
public final class ArrayOperations {
  private final Session session;
  private final Moves moves;

  /** Operations on arrays of that session. */
  public ArrayOperations(Session session) {
    this.session = session;
    moves = new Moves(session);
  }

  // ---- whole arrays

  /** Sets all elements to that value. */
  public void fill(FloatArray out, float value) {
    session.generate(out, i -> value);
  }

  /** The same for doubles. */
  public void fill(DoubleArray out, double value) {
    session.generate(out, i -> value);
  }

  /** The same for ints. */
  public void fill(IntArray out, int value) {
    session.generate(out, i -> value);
  }

  /** The same for longs. */
  public void fill(LongArray out, long value) {
    session.generate(out, i -> value);
  }

  /** The sum, added up in a fixed tree; 0 of nothing. */
  public float sum(FloatArray values) {
    return session.reduce(values, 0f, Float::sum);
  }

  /** The same for doubles. */
  public double sum(DoubleArray values) {
    return session.reduce(values, 0.0, Double::sum);
  }

  /** The sum, which wraps; 0 of nothing. */
  public int sum(IntArray values) {
    return session.reduce(values, 0, Integer::sum);
  }

  /** The same for longs. */
  public long sum(LongArray values) {
    return session.reduce(values, 0L, Long::sum);
  }

  /** The smallest element, NaN if any is; infinity of nothing. */
  public float min(FloatArray values) {
    return session.reduce(values, Float.POSITIVE_INFINITY, Math::min);
  }

  /** The same for doubles. */
  public double min(DoubleArray values) {
    return session.reduce(values, Double.POSITIVE_INFINITY, Math::min);
  }

  /** The smallest element; {@link Integer#MAX_VALUE} of nothing. */
  public int min(IntArray values) {
    return session.reduce(values, Integer.MAX_VALUE, Math::min);
  }

  /** The smallest element; {@link Long#MAX_VALUE} of nothing. */
  public long min(LongArray values) {
    return session.reduce(values, Long.MAX_VALUE, Math::min);
  }

  /** The largest element, NaN if any is; negative infinity of nothing. */
  public float max(FloatArray values) {
    return session.reduce(values, Float.NEGATIVE_INFINITY, Math::max);
  }

  /** The same for doubles. */
  public double max(DoubleArray values) {
    return session.reduce(values, Double.NEGATIVE_INFINITY, Math::max);
  }

  /** The largest element; {@link Integer#MIN_VALUE} of nothing. */
  public int max(IntArray values) {
    return session.reduce(values, Integer.MIN_VALUE, Math::max);
  }

  /** The largest element; {@link Long#MIN_VALUE} of nothing. */
  public long max(LongArray values) {
    return session.reduce(values, Long.MIN_VALUE, Math::max);
  }

  /** The index of the smallest element, the first of several; NaN is larger than all. */
  public int argMin(SessionArray values) {
    return new Extremes(session).place(values, false);
  }

  /** The index of the largest element, the first of several; NaN is smaller than all. */
  public int argMax(SessionArray values) {
    return new Extremes(session).place(values, true);
  }

  // ---- order

  /**
   * Sets each element of {@code out} to the sum of those before it in {@code in}, which may be the
   * same array. Ints and longs wrap. Blocks of 256 elements are added up in order, and so are the
   * sums of blocks.
   */
  public void exclusiveScan(SessionArray in, SessionArray out) {
    scan(in, out, false);
  }

  /** The same, each element added to its own sum. */
  public void inclusiveScan(SessionArray in, SessionArray out) {
    scan(in, out, true);
  }

  private void scan(SessionArray in, SessionArray out, boolean inclusive) {
    requireSameType("a scan", in, out);
    require(in.size() == out.size(), "a scan needs arrays of one length");
    NumberKernels.of(session).scan(in, out, inclusive);
  }

  /**
   * Copies the elements whose flag is not 0 to the start of {@code out}, in order.
   *
   * @return how many
   */
  public int compact(SessionArray in, IntArray flags, SessionArray out) {
    requireSameType("compact", in, out);
    require(in != out, "compact needs two arrays");
    require(in.size() == flags.size(), "compact needs a flag for each element");
    int n = length(in);
    if (n == 0) {
      return 0;
    }
    try (IntArray ones = session.ints(n);
        IntArray places = session.ints(n)) {
      session.map(flags, ones, flag -> flag != 0 ? 1 : 0);
      exclusiveScan(ones, places);
      int count = places.get(n - 1) + ones.get(n - 1);
      require(out.size() >= count, "compact found " + count + " elements, out has " + out.size());
      moves.scatterFlagged(in, ones, places, out);
      return count;
    }
  }

  /** Sorts in place, smaller first; -0 is smaller than 0, NaN larger than all. */
  public void sort(SessionArray values) {
    new Sorts(session, moves).sort(values);
  }

  /**
   * Sorts keys in place, in the order of {@link #sort(SessionArray)}, and the values with them;
   * equal keys stay in order. The values may be of another type.
   */
  public void sort(SessionArray keys, SessionArray values) {
    require(keys != values, "a sort by keys needs two arrays");
    require(keys.size() == values.size(), "a sort needs a value for each key");
    new Sorts(session, moves).sort(keys, values);
  }

  /** Counts how often each of the numbers 0 to {@code counts.size() - 1} occurs; others do not. */
  public void histogram(IntArray values, IntArray counts) {
    int n = length(values);
    int bins = length(counts);
    int parts = Math.clamp(n / 1024, 1, 64);
    int share = Math.ceilDiv(n, parts);
    try (IntArray partial = session.ints((long) bins * parts)) {
      session.parallelFor(
          parts,
          p -> {
            for (int i = p * share; i < Math.min(n, (p + 1) * share); i++) {
              int value = values.get(i);
              if (value >= 0 && value < bins) {
                int at = p * bins + value;
                partial.set(at, partial.get(at) + 1);
              }
            }
          });
      session.generate(
          counts,
          bin -> {
            int sum = 0;
            for (int p = 0; p < parts; p++) {
              sum += partial.get(p * bins + bin);
            }
            return sum;
          });
    }
  }

  // ---- shapes

  /** Sets {@code out[i]} to {@code in[indices[i]]}. */
  public void gather(SessionArray in, IntArray indices, SessionArray out) {
    requireSameType("gather", in, out);
    require(in != out, "gather needs two arrays");
    require(indices.size() == out.size(), "gather needs an index for each element of out");
    moves.gather(in, indices, out);
  }

  /** Sets {@code out[indices[i]]} to {@code in[i]}; no index may occur twice. */
  public void scatter(SessionArray in, IntArray indices, SessionArray out) {
    requireSameType("scatter", in, out);
    require(in != out, "scatter needs two arrays");
    require(indices.size() == in.size(), "scatter needs an index for each element");
    moves.scatter(in, indices, out);
  }

  /** Transposes a matrix of {@code rows} rows, stored row after row. */
  public void transpose(SessionArray in, int rows, SessionArray out) {
    requireSameType("transpose", in, out);
    require(in != out && in.size() == out.size(), "transpose needs two arrays of one length");
    require(rows > 0 && in.size() % rows == 0, "the matrix has no " + rows + " rows");
    moves.transpose(in, rows, out);
  }

  /**
   * Multiplies an m x k by a k x n matrix, each stored row after row; sums in the order of k, with
   * one rounding for each step. Ints and longs wrap.
   */
  public void multiply(SessionArray a, SessionArray b, int m, int n, int k, SessionArray out) {
    requireSameType("a product", a, b, out);
    require(
        m >= 0
            && n >= 0
            && k >= 0
            && a.size() == (long) m * k
            && b.size() == (long) k * n
            && out.size() == (long) m * n,
        "the arrays do not have the sizes of " + m + " x " + k + " and " + k + " x " + n);
    require(out != a && out != b, "a product needs an array of its own");
    NumberKernels.of(session).multiply(a, b, m, n, k, out);
  }

  /** Convolves with a kernel of odd length; what lies beyond the ends counts as zero. */
  public void convolve(SessionArray in, SessionArray kernel, SessionArray out) {
    require(kernel.size() % 2 == 1, "a convolution needs a kernel of odd length");
    convolve(in, Math.max(1, length(in)), kernel, length(kernel), out);
  }

  /**
   * Convolves a matrix of {@code width} columns, stored row after row, with a kernel of odd width
   * and height; what lies beyond the edges counts as zero. Products and sums round one by one, in
   * the order of the kernel; ints and longs wrap.
   */
  public void convolve(
      SessionArray in, int width, SessionArray kernel, int kernelWidth, SessionArray out) {
    requireSameType("a convolution", in, kernel, out);
    require(
        in != out && kernel != out && in.size() == out.size(),
        "convolve needs two arrays of one length");
    require(width > 0 && in.size() % width == 0, "the matrix has no " + width + " columns");
    require(
        kernelWidth > 0 && kernel.size() % kernelWidth == 0,
        "the kernel has no " + kernelWidth + " columns");
    require(
        kernelWidth % 2 == 1 && kernel.size() / kernelWidth % 2 == 1,
        "a convolution needs a kernel of odd width and height");
    NumberKernels.of(session).convolve(in, width, kernel, kernelWidth, out);
  }

  // ---- random numbers

  /**
   * Fills with random numbers, each a function of seed and index alone: the finaliser of SplitMix64
   * (Steele, Lea and Flood, 2014) over a counter. Floats and doubles are from 0 (inclusive) to 1
   * (exclusive), in steps of 2^-24 and 2^-53; ints and longs are any.
   */
  public void random(SessionArray out, long seed) {
    switch (out) {
      case FloatArray floats -> session.generate(floats, i -> (mixed(seed, i) >>> 40) * 0x1p-24f);
      case DoubleArray doubles -> session.generate(doubles, i -> (mixed(seed, i) >>> 11) * 0x1p-53);
      case IntArray ints -> session.generate(ints, i -> (int) (mixed(seed, i) >>> 32));
      case LongArray longs -> session.generate(longs, i -> mixed(seed, i));
    }
  }

  private static long mixed(long seed, int index) {
    long state = seed + (index + 1L) * 0x9E3779B97F4A7C15L;
    long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
