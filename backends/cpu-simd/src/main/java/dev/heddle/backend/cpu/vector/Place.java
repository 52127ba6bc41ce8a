package dev.heddle.backend.cpu.vector;

/**
 * Where a value is kept: one scalar local, or a vector local for each part. A BOOL that came from a
 * comparison of 64-bit values has its two half masks as well.
 *
 * @param first the scalar, the vector, the lower of two vectors, or the mask
 * @param second the upper of two vectors
 * @param low lower half mask, or -1
 * @param high upper half mask, or -1
 */
record Place(boolean scalar, int first, int second, int low, int high) {
  static Place scalar(int slot) {
    return new Place(true, slot, -1, -1, -1);
  }

  static Place vector(int slot) {
    return new Place(false, slot, -1, -1, -1);
  }

  static Place pair(int first, int second) {
    return new Place(false, first, second, -1, -1);
  }

  static Place mask(int full, int low, int high) {
    return new Place(false, full, -1, low, high);
  }

  int part(int part) {
    return part == 0 ? first : second;
  }
}
