package dev.heddle.backend.opencl;

/**
 * What a device's OpenCL C offers beyond the least.
 *
 * @param doubles has {@code double}
 * @param exactDivision divides and takes square roots of floats correctly rounded when built with
 *     {@code -cl-fp32-correctly-rounded-divide-sqrt}
 * @param longAtomics has 64-bit atomics
 */
record Dialect(boolean doubles, boolean exactDivision, boolean longAtomics) {
  static final Dialect FULL = new Dialect(true, true, true);
}
