package dev.heddle.kernels;

import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.RunException;
import java.util.function.Consumer;

/** Operations on arrays that stay on the devices of a session. */
public final class ArrayOperations {
  /** Elements that one work-item scans or counts in order. */
  private static final int BLOCK = 256;

  private final Session session;

  /** Operations on arrays of that session. */
  public ArrayOperations(Session session) {
    this.session = session;
  }

  private static int length(long size) {
    if (size > Integer.MAX_VALUE) {
      throw RunException.usage("arrays of over 2^31 elements are not supported here");
    }
    return (int) size;
  }

  private static void require(boolean fits, String what) {
    if (!fits) {
      throw RunException.usage(what);
    }
  }

  // ---- whole arrays

  /** Sets all elements to that value. */
  public void fill(FloatArray out, float value) {
    session.generate(out, i -> value);
  }

  /** Sets all elements to that value. */
  public void fill(IntArray out, int value) {
    session.generate(out, i -> value);
  }

  /** The sum, added up in a fixed tree; 0 of nothing. */
  public float sum(FloatArray values) {
    return session.reduce(values, 0f, Float::sum);
  }

  /** The sum, which wraps; 0 of nothing. */
  public int sum(IntArray values) {
    return session.reduce(values, 0, Integer::sum);
  }

  /** The smallest element, NaN if any is; infinity of nothing. */
  public float min(FloatArray values) {
    return session.reduce(values, Float.POSITIVE_INFINITY, Math::min);
  }

  /** The largest element, NaN if any is; negative infinity of nothing. */
  public float max(FloatArray values) {
    return session.reduce(values, Float.NEGATIVE_INFINITY, Math::max);
  }

  /** The index of the smallest element, the first of several; NaN is larger than all. */
  public int argMin(FloatArray values) {
    return best(values, 1);
  }

  /** The index of the largest element, the first of several; NaN is smaller than all. */
  public int argMax(FloatArray values) {
    return best(values, -1);
  }

  /** Orders by value and then by index, packed into a long: value above, index below. */
  private int best(FloatArray values, int sign) {
    require(values.size() > 0, "an empty array has no smallest or largest element");
    return (int)
        session
            .longElements(
                values.size(),
                i -> {
                  float value = sign * values.get(i);
                  int bits = Float.floatToRawIntBits(value + 0f);
                  int order = value != value ? Integer.MAX_VALUE : ordered(bits);
                  return (long) order << 32 | i;
                })
            .reduce(Long.MAX_VALUE, Math::min);
  }

  // ---- order

  /** Sets each element of {@code out} to the sum of those before it in {@code in}; it wraps. */
  public void exclusiveScan(IntArray in, IntArray out) {
    require(in.size() == out.size(), "a scan needs arrays of one length");
    int n = length(in.size());
    int blocks = Math.ceilDiv(n, BLOCK);
    try (IntArray sums = session.ints(blocks);
        IntArray starts = session.ints(blocks)) {
      session.generate(
          sums,
          b -> {
            int sum = 0;
            for (int i = b * BLOCK; i < Math.min(n, (b + 1) * BLOCK); i++) {
              sum += in.get(i);
            }
            return sum;
          });
      if (blocks > 1) {
        exclusiveScan(sums, starts);
      }
      session.parallelFor(
          blocks,
          b -> {
            int sum = starts.get(b);
            for (int i = b * BLOCK; i < Math.min(n, (b + 1) * BLOCK); i++) {
              int value = in.get(i);
              out.set(i, sum);
              sum += value;
            }
          });
    }
  }

  /** Sets each element of {@code out} to the sum of those up to it in {@code in}; it wraps. */
  public void inclusiveScan(IntArray in, IntArray out) {
    require(in != out, "an inclusive scan needs two arrays");
    exclusiveScan(in, out);
    session.zip(in, out, out, Integer::sum);
  }

  /**
   * Copies the elements whose flag is not 0 to the start of {@code out}, in order.
   *
   * @return how many
   */
  public int compact(IntArray in, IntArray flags, IntArray out) {
    require(in.size() == flags.size(), "compact needs a flag for each element");
    int n = length(in.size());
    if (n == 0) {
      return 0;
    }
    try (IntArray ones = session.ints(n);
        IntArray places = session.ints(n)) {
      session.map(flags, ones, flag -> flag != 0 ? 1 : 0);
      exclusiveScan(ones, places);
      int count = places.get(n - 1) + ones.get(n - 1);
      require(out.size() >= count, "compact found " + count + " elements, out has " + out.size());
      session.parallelFor(
          n,
          i -> {
            if (ones.get(i) != 0) {
              out.set(places.get(i), in.get(i));
            }
          });
      return count;
    }
  }

  /** Sorts in place, smaller first. */
  public void sort(IntArray values) {
    int n = length(values.size());
    network(
        n,
        (group, distance, pairs) ->
            session.parallelFor(pairs, pair -> exchange(values, n, group, distance, pair)));
  }

  /** Sorts in place, smaller first; -0 is smaller than 0, NaN larger than all. */
  public void sort(FloatArray values) {
    int n = length(values.size());
    try (IntArray keys = session.ints(n)) {
      session.generate(keys, i -> ordered(Float.floatToIntBits(values.get(i))));
      sort(keys);
      session.generate(values, i -> Float.intBitsToFloat(ordered(keys.get(i))));
    }
  }

  /** Sorts keys in place, smaller first, and the values with them; equal keys stay in order. */
  public void sort(IntArray keys, IntArray values) {
    require(keys.size() == values.size(), "a sort needs a value for each key");
    sortWithPlaces(keys, places -> permute(values, places));
  }

  /** The same with values of another type. */
  public void sort(IntArray keys, FloatArray values) {
    require(keys.size() == values.size(), "a sort needs a value for each key");
    sortWithPlaces(keys, places -> permute(values, places));
  }

  /** Sorts keys together with their places, which makes all of them different. */
  private void sortWithPlaces(IntArray keys, Consumer<LongArray> permute) {
    int n = length(keys.size());
    try (LongArray pairs = session.longs(n)) {
      session.generate(pairs, i -> (long) keys.get(i) << 32 | i);
      network(
          n,
          (group, distance, count) ->
              session.parallelFor(count, pair -> exchange(pairs, n, group, distance, pair)));
      session.generate(keys, i -> (int) (pairs.get(i) >> 32));
      permute.accept(pairs);
    }
  }

  private void permute(IntArray values, LongArray places) {
    try (IntArray before = session.ints(values.size())) {
      session.map(values, before, value -> value);
      session.generate(values, i -> before.get((int) places.get(i)));
    }
  }

  private void permute(FloatArray values, LongArray places) {
    try (FloatArray before = session.floats(values.size())) {
      session.map(values, before, value -> value);
      session.generate(values, i -> before.get((int) places.get(i)));
    }
  }

  /** The bits of a float as an int of the same order, and back again. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & 0x7fffffff);
  }

  /** One step of a sorting network: compares pairs at that distance in groups of that size. */
  private interface Step {
    void run(int group, int distance, int pairs);
  }

  /** The bitonic network over the next power of two. */
  private static void network(int n, Step step) {
    int padded = Math.max(1, Integer.highestOneBit(Math.max(1, n - 1)) << 1);
    for (int group = 2; group <= padded; group <<= 1) {
      for (int distance = group >> 1; distance > 0; distance >>= 1) {
        step.run(group, distance, padded / 2);
      }
    }
  }

  private static int low(int distance, int pair) {
    return pair / distance * 2 * distance + pair % distance;
  }

  /**
   * The partner of {@link #low}. The first step of a group meets its halves mirrored, so that all
   * comparisons go one way, and what lies behind the end counts as largest without being there.
   */
  private static int high(int group, int distance, int pair) {
    return distance == group / 2
        ? pair / distance * 2 * distance + 2 * distance - 1 - pair % distance
        : low(distance, pair) + distance;
  }

  private static void exchange(IntArray values, int n, int group, int distance, int pair) {
    int low = low(distance, pair);
    int high = high(group, distance, pair);
    if (high < n) {
      int a = values.get(low);
      int b = values.get(high);
      values.set(low, Math.min(a, b));
      values.set(high, Math.max(a, b));
    }
  }

  private static void exchange(LongArray values, int n, int group, int distance, int pair) {
    int low = low(distance, pair);
    int high = high(group, distance, pair);
    if (high < n) {
      long a = values.get(low);
      long b = values.get(high);
      values.set(low, Math.min(a, b));
      values.set(high, Math.max(a, b));
    }
  }

  /** Counts how often each of the numbers 0 to {@code counts.size() - 1} occurs; others do not. */
  public void histogram(IntArray values, IntArray counts) {
    int n = length(values.size());
    int bins = length(counts.size());
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
  public void gather(FloatArray in, IntArray indices, FloatArray out) {
    require(indices.size() == out.size(), "gather needs an index for each element of out");
    session.parallelFor(length(out.size()), i -> out.set(i, in.get(indices.get(i))));
  }

  /** Sets {@code out[indices[i]]} to {@code in[i]}; no index may occur twice. */
  public void scatter(FloatArray in, IntArray indices, FloatArray out) {
    require(indices.size() == in.size(), "scatter needs an index for each element");
    session.parallelFor(length(in.size()), i -> out.set(indices.get(i), in.get(i)));
  }

  /** Transposes a matrix of {@code rows} rows, stored row after row. */
  public void transpose(FloatArray in, int rows, FloatArray out) {
    require(in != out && in.size() == out.size(), "transpose needs two arrays of one length");
    require(rows > 0 && in.size() % rows == 0, "the matrix has no " + rows + " rows");
    int columns = length(in.size() / rows);
    session.parallelFor(
        rows,
        columns,
        (row, column) -> out.set(column * rows + row, in.get(row * columns + column)));
  }

  /**
   * Multiplies an m x k by a k x n matrix, each stored row after row; sums in the order of k, with
   * one rounding for each step.
   */
  public void multiply(FloatArray a, FloatArray b, int m, int n, int k, FloatArray out) {
    require(
        a.size() == (long) m * k && b.size() == (long) k * n && out.size() == (long) m * n,
        "the arrays do not have the sizes of " + m + " x " + k + " and " + k + " x " + n);
    require(out != a && out != b, "a product needs an array of its own");
    session.parallelFor(
        n,
        m,
        (column, row) -> {
          float sum = 0;
          for (int i = 0; i < k; i++) {
            sum = Math.fma(a.get(row * k + i), b.get(i * n + column), sum);
          }
          out.set(row * n + column, sum);
        });
  }

  /** Convolves with a kernel of odd length; what lies beyond the ends counts as zero. */
  public void convolve(FloatArray in, FloatArray kernel, FloatArray out) {
    require(in != out && in.size() == out.size(), "convolve needs two arrays of one length");
    require(kernel.size() % 2 == 1, "a convolution needs a kernel of odd length");
    int n = length(in.size());
    int taps = length(kernel.size());
    session.parallelFor(
        n,
        i -> {
          float sum = 0;
          for (int t = 0; t < taps; t++) {
            int at = i + taps / 2 - t;
            if (at >= 0 && at < n) {
              sum += in.get(at) * kernel.get(t);
            }
          }
          out.set(i, sum);
        });
  }

  /**
   * Convolves a matrix of {@code width} columns, stored row after row, with a kernel of odd width
   * and height; what lies beyond the edges counts as zero.
   */
  public void convolve(
      FloatArray in, int width, FloatArray kernel, int kernelWidth, FloatArray out) {
    require(in != out && in.size() == out.size(), "convolve needs two arrays of one length");
    require(width > 0 && in.size() % width == 0, "the matrix has no " + width + " columns");
    require(
        kernelWidth > 0 && kernel.size() % kernelWidth == 0,
        "the kernel has no " + kernelWidth + " columns");
    int kernelHeight = length(kernel.size() / kernelWidth);
    require(
        kernelWidth % 2 == 1 && kernelHeight % 2 == 1,
        "a convolution needs a kernel of odd width and height");
    int height = length(in.size() / width);
    session.parallelFor(
        width,
        height,
        (x, y) -> {
          float sum = 0;
          for (int v = 0; v < kernelHeight; v++) {
            int row = y + kernelHeight / 2 - v;
            for (int u = 0; u < kernelWidth; u++) {
              int column = x + kernelWidth / 2 - u;
              if (row >= 0 && row < height && column >= 0 && column < width) {
                sum += in.get(row * width + column) * kernel.get(v * kernelWidth + u);
              }
            }
          }
          out.set(y * width + x, sum);
        });
  }

  // ---- random numbers

  /**
   * Fills with numbers from 0 (inclusive) to 1 (exclusive), each a function of seed and index
   * alone: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014) over a counter.
   */
  public void random(FloatArray out, long seed) {
    session.generate(out, i -> (mixed(seed + (i + 1L) * 0x9E3779B97F4A7C15L) >>> 40) * 0x1p-24f);
  }

  private static long mixed(long state) {
    long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
