package dev.heddle.runtime.support;

/**
 * The bytes of a status buffer: a cancel word that the host sets, the number of faults that
 * work-items met (it stops rising near {@link #MAX_RECORDS}), and the records of the first of them,
 * each six longs: site, offset, size, and the global id.
 */
public final class StatusLayout {
  public static final int CANCEL = 0;
  public static final int COUNT = 4;
  public static final int RECORDS = 64;
  public static final int RECORD_BYTES = 6 * Long.BYTES;
  public static final int MAX_RECORDS = 32;
  public static final int BYTES = RECORDS + MAX_RECORDS * RECORD_BYTES;

  private StatusLayout() {}
}
