package dev.heddle.runtime.function;

/**
 * A work-item among those of its work-group, for the bodies of kernels. No object of it exists:
 * calls of its methods become instructions of the kernel. Dimensions are constants, 0 to 2; a
 * method without one is for dimension 0.
 */
public interface WorkItem {

  /** Its number in the whole range. */
  int global();

  /** The same along a dimension. */
  int global(int dimension);

  /** Its number in its group. */
  int local();

  /** The same along a dimension. */
  int local(int dimension);

  /** The number of its group. */
  int group();

  /** The same along a dimension. */
  int group(int dimension);

  /** Work-items of its group; a last group may have fewer than the others. */
  int groupSize();

  /** The same along a dimension. */
  int groupSize(int dimension);

  /** Work-items of the range. */
  int size();

  /** The same along a dimension. */
  int size(int dimension);

  /** Number of groups. */
  int groups();

  /** The same along a dimension. */
  int groups(int dimension);

  /**
   * An array that the work-items of the group share, zero at first; one for each place in the code.
   *
   * @param length a constant
   */
  float[] localFloats(int length);

  /** The same of doubles. */
  double[] localDoubles(int length);

  /** The same of ints. */
  int[] localInts(int length);

  /** The same of longs. */
  long[] localLongs(int length);

  /**
   * Waits until every work-item of the group that has not returned is here; then all see what was
   * written before.
   */
  void barrier();

  /** Sets an element to the sum; it wraps, as one step. The element before. */
  int atomicAdd(int[] array, int index, int value);

  /** Sets an element to the smaller number, as one step. The element before. */
  int atomicMin(int[] array, int index, int value);

  /** Sets an element to the larger number, as one step. The element before. */
  int atomicMax(int[] array, int index, int value);

  /** Sets an element to the bits that both have, as one step. The element before. */
  int atomicAnd(int[] array, int index, int value);

  /** Sets an element to the bits that any has, as one step. The element before. */
  int atomicOr(int[] array, int index, int value);

  /** Sets an element to the bits that one has, as one step. The element before. */
  int atomicXor(int[] array, int index, int value);

  /** Sets an element to the value, as one step. The element before. */
  int atomicExchange(int[] array, int index, int value);

  /** Sets an element that is as expected to the value, as one step. The element before. */
  int atomicCompareExchange(int[] array, int index, int expected, int value);

  /** Sets an element to the sum; it wraps, as one step. The element before. */
  long atomicAdd(long[] array, int index, long value);

  /** Sets an element to the smaller number, as one step. The element before. */
  long atomicMin(long[] array, int index, long value);

  /** Sets an element to the larger number, as one step. The element before. */
  long atomicMax(long[] array, int index, long value);

  /** Sets an element to the bits that both have, as one step. The element before. */
  long atomicAnd(long[] array, int index, long value);

  /** Sets an element to the bits that any has, as one step. The element before. */
  long atomicOr(long[] array, int index, long value);

  /** Sets an element to the bits that one has, as one step. The element before. */
  long atomicXor(long[] array, int index, long value);

  /** Sets an element to the value, as one step. The element before. */
  long atomicExchange(long[] array, int index, long value);

  /** Sets an element that is as expected to the value, as one step. The element before. */
  long atomicCompareExchange(long[] array, int index, long expected, long value);
}
