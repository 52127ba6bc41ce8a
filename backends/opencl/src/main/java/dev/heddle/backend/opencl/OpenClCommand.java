package dev.heddle.backend.opencl;

import dev.heddle.runtime.spi.Event.Completion;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.support.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jocl.CL;
import org.jocl.cl_event;

/**
 * What a launch or copy became when it was given to the driver.
 *
 * @param events its commands; it is done when all are; none if there was nothing to do
 * @param issuedNanos when the first was given, on the scale of {@code System.nanoTime}
 * @param status where a launch stops and records faults
 * @param recycle takes the status buffer back
 * @param uses what must stay alive until it is done
 */
record OpenClCommand(
    OpenClDriver driver,
    List<cl_event> events,
    long issuedNanos,
    Optional<StatusBuffer> status,
    Consumer<StatusBuffer> recycle,
    List<Object> uses)
    implements Command {
  OpenClCommand {
    events = List.copyOf(events);
    uses = List.copyOf(uses);
  }

  /** Nothing to do. */
  static OpenClCommand nothing(OpenClDriver driver) {
    return of(driver, List.of(), System.nanoTime(), List.of());
  }

  /** Without a status buffer. */
  static OpenClCommand of(
      OpenClDriver driver, List<cl_event> events, long issuedNanos, List<Object> uses) {
    return new OpenClCommand(driver, events, issuedNanos, Optional.empty(), none -> {}, uses);
  }

  /** The driver's events that a command has to wait for. */
  static List<cl_event> events(List<Command> waits) {
    List<cl_event> events = new ArrayList<>();
    waits.forEach(wait -> events.addAll(((OpenClCommand) wait).events()));
    return events;
  }

  @Override
  public boolean ended() {
    int failure = CL.CL_COMPLETE;
    for (cl_event event : events) {
      int state = driver.status(event);
      if (state > CL.CL_COMPLETE) {
        return false;
      }
      failure = Math.min(failure, state);
    }
    if (failure != CL.CL_COMPLETE) {
      throw driver.failure(failure, "a command");
    }
    return true;
  }

  @Override
  public void await() {
    if (!events.isEmpty()) {
      driver.await(events);
    }
  }

  @Override
  public void stop() {
    status.ifPresent(StatusBuffer::cancel);
  }

  @Override
  public Completion completion(boolean cancelled) {
    long start = issuedNanos;
    long end = start;
    if (!events.isEmpty()) {
      long queued = driver.nanos(events.getFirst(), CL.CL_PROFILING_COMMAND_QUEUED);
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (cl_event event : events) {
        first = Math.min(first, driver.nanos(event, CL.CL_PROFILING_COMMAND_START));
        last = Math.max(last, driver.nanos(event, CL.CL_PROFILING_COMMAND_END));
      }
      start = issuedNanos + (first - queued);
      end = issuedNanos + (last - queued);
    }
    List<Fault> faults = status.map(StatusBuffer::faults).orElse(List.of());
    return new Completion(start, end, OpenClProvider.NAME, cancelled, faults);
  }

  @Override
  public void release() {
    events.forEach(driver::release);
    status.ifPresent(recycle);
  }
}
