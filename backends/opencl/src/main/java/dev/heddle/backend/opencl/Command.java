package dev.heddle.backend.opencl;

import java.util.List;
import java.util.Optional;
import org.jocl.cl_event;

/**
 * What a launch or copy became when it was given to the driver.
 *
 * @param events its commands; it is done when all are; none if there was nothing to do
 * @param issuedNanos when the first was given, on the scale of {@code System.nanoTime}
 * @param status where a launch stops and records faults
 * @param uses what must stay alive until it is done
 */
record Command(
    List<cl_event> events, long issuedNanos, Optional<StatusBuffer> status, List<Object> uses) {
  Command {
    events = List.copyOf(events);
    uses = List.copyOf(uses);
  }

  /** Nothing to do. */
  static Command nothing() {
    return new Command(List.of(), System.nanoTime(), Optional.empty(), List.of());
  }
}
