package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.VectorMask;

/** Sets of lanes. A set of all lanes is a mask of the int species. */
final class MaskOps {
  private MaskOps() {}

  static VectorMask<Integer> broadcast(boolean value) {
    return Species.INT.maskAll(value);
  }

  /** The lanes below {@code count}. */
  static VectorMask<Integer> below(int count) {
    return IntOps.lt(IntOps.linear(0, 1), IntOps.broadcast(count));
  }

  static VectorMask<Integer> and(VectorMask<Integer> a, VectorMask<Integer> b) {
    return a.and(b);
  }

  static VectorMask<Integer> or(VectorMask<Integer> a, VectorMask<Integer> b) {
    return a.or(b);
  }

  static VectorMask<Integer> xor(VectorMask<Integer> a, VectorMask<Integer> b) {
    return a.xor(b);
  }

  static VectorMask<Integer> andNot(VectorMask<Integer> a, VectorMask<Integer> b) {
    return a.andNot(b);
  }

  static VectorMask<Integer> not(VectorMask<Integer> a) {
    return a.not();
  }

  static VectorMask<Integer> eq(VectorMask<Integer> a, VectorMask<Integer> b) {
    return a.xor(b).not();
  }

  static VectorMask<Integer> ne(VectorMask<Integer> a, VectorMask<Integer> b) {
    return a.xor(b);
  }

  static VectorMask<Integer> blend(
      VectorMask<Integer> otherwise, VectorMask<Integer> value, VectorMask<Integer> where) {
    return otherwise.andNot(where).or(value.and(where));
  }

  static boolean any(VectorMask<Integer> mask) {
    return mask.anyTrue();
  }

  /** The lanes as bits. */
  static long bits(VectorMask<Integer> mask) {
    return mask.toLong();
  }

  static VectorMask<Integer> fromBits(long bits) {
    return VectorMask.fromLong(Species.INT, bits);
  }

  static VectorMask<Long> low(VectorMask<Integer> mask) {
    return VectorMask.fromLong(Species.LONG, mask.toLong());
  }

  static VectorMask<Long> high(VectorMask<Integer> mask) {
    return VectorMask.fromLong(Species.LONG, mask.toLong() >>> Species.HALF);
  }

  static VectorMask<Integer> join(VectorMask<Long> low, VectorMask<Long> high) {
    return VectorMask.fromLong(Species.INT, low.toLong() | high.toLong() << Species.HALF);
  }
}
