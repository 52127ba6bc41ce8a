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

  /** The complement of the lowest number of a work-item that met a fault, or 0 if none did. */
  public static final int LOWEST = 8;

  /** How often {@link #LOWEST} was set. */
  public static final int LOWEST_COUNT = 12;

  /** More records, in turn: of the last work-items that were the lowest so far. */
  public static final int LOWEST_RECORDS = RECORDS + MAX_RECORDS * RECORD_BYTES;

  public static final int MAX_LOWEST_RECORDS = 8;
  public static final int BYTES = LOWEST_RECORDS + MAX_LOWEST_RECORDS * RECORD_BYTES;

  private StatusLayout() {}
}
