package dev.heddle.backend.opencl;

/**
 * The bytes of a status buffer: a cancel word that the host sets, the number of faults that
 * work-items met (it stops rising near {@link #MAX_RECORDS}), and the records of the first of them,
 * each six longs: site, offset, size, and the global id.
 */
final class StatusLayout {
  static final int CANCEL = 0;
  static final int COUNT = 4;
  static final int RECORDS = 64;
  static final int RECORD_BYTES = 6 * Long.BYTES;
  static final int MAX_RECORDS = 32;
  static final int BYTES = RECORDS + MAX_RECORDS * RECORD_BYTES;

  private StatusLayout() {}
}
