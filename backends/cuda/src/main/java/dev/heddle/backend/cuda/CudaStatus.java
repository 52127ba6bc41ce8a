package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.support.StatusLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the host asks a launch to stop and its work-items record faults. The words that work-items
 * look at lie in the device's memory; the records lie in the host's, so that a launch without
 * faults costs no copy. The first word of a record is the site's number plus one, 0 if there is
 * none.
 */
final class CudaStatus {
  /** Work-items in the order of their global ids, the first dimension fastest. */
  private static final Comparator<Fault> BY_ITEM =
      Comparator.comparingLong(Fault::z).thenComparingLong(Fault::y).thenComparingLong(Fault::x);

  private static final long WORD_BYTES = StatusLayout.RECORDS;
  private static final long RECORD_BYTES =
      (long) StatusLayout.MAX_RECORDS * StatusLayout.RECORD_BYTES;

  private final CudaContext context;
  private final long aside;
  private final long words;
  private final CudaDriver.HostMemory host;
  private final MemorySegment records;
  private final MemorySegment none;
  private final MemorySegment one;
  private final long cleared;
  private boolean used = true;

  /**
   * @param aside a stream on which nothing waits
   */
  CudaStatus(CudaContext context, long aside) {
    this.context = context;
    this.aside = aside;
    CudaDriver driver = context.driver();
    words = driver.allocate(StatusLayout.RECORDS);
    host = driver.allocateHost(RECORD_BYTES + WORD_BYTES + Integer.BYTES);
    records = host.content().asSlice(0, RECORD_BYTES);
    none = host.content().asSlice(RECORD_BYTES, WORD_BYTES).fill((byte) 0);
    one = host.content().asSlice(RECORD_BYTES + WORD_BYTES, Integer.BYTES);
    one.set(ValueLayout.JAVA_INT, 0, 1);
    cleared = driver.createEvent();
  }

  /** The address of the words. */
  long words() {
    return words;
  }

  /** The address of the records. */
  long records() {
    return host.address();
  }

  /**
   * Makes it ready for what is launched on {@code stream} next. The words are cleared on the stream
   * that also carries the wish to stop, else a wish that comes before the launch began would be
   * cleared with them; and by a copy, as there.
   */
  void reset(long stream) {
    if (used) {
      context.driver().copyIn(none, words, aside);
      context.driver().record(cleared, aside);
      context.driver().waitFor(stream, cleared);
      records.fill((byte) 0);
      used = false;
    }
  }

  /** Asks the work-items to stop; may be called before and while they run. */
  void cancel() {
    context.run(
        () -> {
          used = true;
          // by a copy, since a fill is a kernel that may find no room beside those that run
          context.driver().copyIn(one, words + StatusLayout.CANCEL, aside);
        });
  }

  /** What was recorded, the lowest work-item first; to be called when the launch is done. */
  List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < StatusLayout.MAX_RECORDS; i++) {
      long at = (long) i * StatusLayout.RECORD_BYTES;
      if (records.get(ValueLayout.JAVA_LONG, at) != 0) {
        faults.add(record(at));
      }
    }
    used |= !faults.isEmpty();
    faults.sort(BY_ITEM);
    return faults;
  }

  private Fault record(long at) {
    long[] content = records.asSlice(at, StatusLayout.RECORD_BYTES).toArray(ValueLayout.JAVA_LONG);
    return new Fault(
        (int) content[0] - 1, content[1], content[2], content[3], content[4], content[5]);
  }
}
