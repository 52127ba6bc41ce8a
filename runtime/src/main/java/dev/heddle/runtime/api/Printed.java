package dev.heddle.runtime.api;

import dev.heddle.compiler.print.PrintBuffer;
import dev.heddle.runtime.exec.Bindings;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The buffer that the work-items of one set of arguments print into. */
final class Printed {
  private final Session session;
  private @Nullable Buffer buffer;
  private boolean used;

  Printed(Session session) {
    this.session = session;
  }

  /** Binds an empty buffer with room for a launch. */
  void bind(String kernel, NDRange range, Bindings bindings) {
    int slot = PrintBuffer.slotBytes(range.items());
    if (slot == 0) {
      throw RunException.usage(
          "%s prints, and there is no room for what %,d work-items may print; run fewer"
              .formatted(kernel, range.items()));
    }
    long bytes = Math.max(1, range.items()) * slot;
    Buffer present = buffer;
    if (present == null || used || present.bytes() != bytes) {
      if (present != null) {
        present.close();
      }
      present = session.allocate(bytes);
      buffer = present;
      used = false;
    }
    int last = bindings.bits().length - 1;
    bindings.buffers()[last - 1] = present.managed();
    bindings.bits()[last] = slot;
  }

  /** A run has ended: the next one needs an empty buffer. */
  void end() {
    used = true;
  }

  /**
   * The text of the run that has just ended, whether well or not.
   *
   * @throws RunException if it is on a device that was lost
   */
  String text(NDRange range, List<String> texts) {
    end();
    return buffer == null
        ? ""
        : PrintBuffer.text(
            buffer.managed().remains().asByteBuffer(),
            PrintBuffer.slotBytes(range.items()),
            range.items(),
            texts);
  }
}
