package dev.heddle.backend.cuda;

/**
 * Brings the times of a device's events onto the scale of {@code System.nanoTime}: they are counted
 * from a mark, an event that was reached at a known time. Marks are renewed, since the driver tells
 * times between events in few digits.
 */
final class CudaClock {
  private static final long MARK_NANOS = 1_000_000_000;

  /**
   * A known time.
   *
   * @param event reached at {@code nanos}
   */
  record Mark(long event, long nanos) {}

  private final CudaContext context;
  private final long stream;
  private Mark current;

  /**
   * @param stream on which nothing waits
   */
  CudaClock(CudaContext context, long stream) {
    this.context = context;
    this.stream = stream;
    current = mark();
  }

  private Mark mark() {
    CudaDriver driver = context.driver();
    long event = driver.createEvent();
    driver.record(event, stream);
    driver.await(event);
    return new Mark(event, System.nanoTime());
  }

  /** The mark to count from; its event lives as long as the context, one more each second. */
  synchronized Mark now() {
    if (System.nanoTime() - current.nanos() > MARK_NANOS) {
      current = mark();
    }
    return current;
  }
}
