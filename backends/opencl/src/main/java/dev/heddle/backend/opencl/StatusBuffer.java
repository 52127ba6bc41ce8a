package dev.heddle.backend.opencl;

import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.support.StatusLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/** Where the host asks a launch to stop and its work-items record faults; see StatusLayout. */
sealed interface StatusBuffer {
  cl_mem memory();

  /** Asks the work-items to stop; may be called before and while they run. */
  void cancel();

  /** What was recorded, the lowest work-item first; to be called when they are done. */
  List<Fault> faults();

  /** Makes it ready for the next launch on {@code queue}. */
  void reset(cl_command_queue queue);

  /** In memory that host and device share. */
  record Shared(cl_mem memory, MemorySegment content) implements StatusBuffer {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    static Shared create(OpenClDriver driver, cl_context context) {
      // collected with the last reference, since a kernel that was given up may still write here
      MemorySegment content = Arena.ofAuto().allocate(StatusLayout.BYTES, 4096);
      Pointer host = Pointer.to(content.asByteBuffer());
      return new Shared(driver.buffer(context, StatusLayout.BYTES, host), content);
    }

    @Override
    public void cancel() {
      INT.setVolatile(content, (long) StatusLayout.CANCEL, 1);
    }

    @Override
    public List<Fault> faults() {
      return StatusBuffer.read(content);
    }

    @Override
    public void reset(cl_command_queue queue) {
      content.fill((byte) 0);
    }
  }

  /**
   * In the device's own memory, reached by a queue on which nothing else runs. It is cleared there
   * too, else a wish to stop that comes before the launch began would be cleared with it.
   */
  record Distant(cl_mem memory, OpenClDriver driver, cl_command_queue aside)
      implements StatusBuffer {
    static Distant create(OpenClDriver driver, cl_context context, cl_command_queue aside) {
      return new Distant(driver.buffer(context, StatusLayout.BYTES), driver, aside);
    }

    @Override
    public void cancel() {
      driver.release(driver.fill(aside, memory, 1, StatusLayout.CANCEL, Integer.BYTES));
      driver.flush(aside);
    }

    @Override
    public List<Fault> faults() {
      byte[] content = new byte[StatusLayout.BYTES];
      driver.readNow(aside, memory, content);
      MemorySegment aligned = Arena.ofAuto().allocate(StatusLayout.BYTES, Long.BYTES);
      return StatusBuffer.read(aligned.copyFrom(MemorySegment.ofArray(content)));
    }

    @Override
    public void reset(cl_command_queue queue) {
      cl_event cleared = driver.fill(aside, memory, 0, 0, StatusLayout.BYTES);
      driver.flush(aside);
      driver.follow(queue, cleared);
      driver.release(cleared);
    }
  }

  private static List<Fault> read(MemorySegment content) {
    Set<Fault> faults = new HashSet<>();
    read(content, StatusLayout.COUNT, StatusLayout.RECORDS, StatusLayout.MAX_RECORDS, faults);
    read(
        content,
        StatusLayout.LOWEST_COUNT,
        StatusLayout.LOWEST_RECORDS,
        StatusLayout.MAX_LOWEST_RECORDS,
        faults);
    return faults.stream().sorted(BY_ITEM).toList();
  }

  private static void read(
      MemorySegment content, int countAt, int recordsAt, int most, Set<Fault> faults) {
    long count = Integer.toUnsignedLong(content.get(ValueLayout.JAVA_INT, countAt));
    for (int i = 0; i < Math.min(count, most); i++) {
      long at = recordsAt + (long) i * StatusLayout.RECORD_BYTES;
      long[] words = content.asSlice(at, StatusLayout.RECORD_BYTES).toArray(ValueLayout.JAVA_LONG);
      faults.add(new Fault((int) words[0], words[1], words[2], words[3], words[4], words[5]));
    }
  }

  /** Work-items in the order of their global ids, the first dimension fastest. */
  Comparator<Fault> BY_ITEM =
      Comparator.comparingLong(Fault::z)
          .thenComparingLong(Fault::y)
          .thenComparingLong(Fault::x)
          .thenComparingInt(Fault::site);
}
