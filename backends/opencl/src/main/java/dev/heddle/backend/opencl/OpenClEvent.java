package dev.heddle.backend.opencl;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jocl.CL;
import org.jocl.cl_event;
import org.jspecify.annotations.Nullable;

/**
 * A launch or copy on an OpenCL device: first waiting for what it follows, then issued, then
 * completed. A thread that waits for it looks for a short while itself; then a helper thread waits
 * in the driver, so that the first is free to go when the device is given up.
 */
final class OpenClEvent implements Event {
  private static final long LOOK_NANOS = 50_000;

  private final OpenClDevice device;
  private final OpenClDriver driver;
  private final CompletableFuture<Completion> completed = new CompletableFuture<>();
  private @Nullable Command command;
  private boolean cancelled;
  private boolean helped;

  OpenClEvent(OpenClDevice device, OpenClDriver driver) {
    this.device = device;
    this.driver = driver;
  }

  boolean isOf(OpenClDevice other) {
    return device == other;
  }

  /** Whether it was given to the driver, or needs that no more. */
  synchronized boolean issued() {
    return command != null || completed.isDone();
  }

  /** The commands that a later one must wait for; to be called under the device's lock. */
  synchronized List<cl_event> toWaitFor() {
    if (completed.isCompletedExceptionally()) {
      await();
    }
    return completed.isDone() || command == null ? List.of() : command.events();
  }

  /** Whether there is no need to issue it any more; if so, it is completed. */
  synchronized boolean withdrawn() {
    if (cancelled && command == null) {
      long now = System.nanoTime();
      completed.complete(new Completion(now, now, OpenClProvider.NAME, true, List.of()));
    }
    return completed.isDone();
  }

  synchronized void issue(Command issued) {
    command = issued;
    notifyAll();
    if (cancelled) {
      issued.status().ifPresent(StatusBuffer::cancel);
    }
  }

  /** Ends it as failed. */
  void fail(Throwable cause) {
    completed.completeExceptionally(cause);
    synchronized (this) {
      notifyAll();
    }
  }

  @Override
  public boolean done() {
    if (!completed.isDone()) {
      device.harvest(this);
    }
    return completed.isDone();
  }

  @Override
  public Completion await() {
    try {
      long start = System.nanoTime();
      while (!done()) {
        if (System.nanoTime() - start > LOOK_NANOS) {
          help();
          return completed.join();
        }
        Thread.onSpinWait();
      }
      return completed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DeviceException failure) {
        throw new DeviceException(failure.kind(), failure.getMessage(), failure);
      }
      throw e;
    }
  }

  private void help() {
    synchronized (this) {
      if (helped) {
        return;
      }
      helped = true;
    }
    device.helper(this::waitInDriver);
  }

  private void waitInDriver() {
    try {
      List<cl_event> events = issuedEvents();
      if (!completed.isDone() && !events.isEmpty()) {
        driver.await(events);
      }
      device.harvest(this);
    } catch (DeviceException e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new DeviceException(Kind.LOST, "the wait for " + device.info().id() + " was ended"));
    }
  }

  private synchronized List<cl_event> issuedEvents() throws InterruptedException {
    while (command == null && !completed.isDone()) {
      wait();
    }
    return command == null ? List.of() : command.events();
  }

  @Override
  public void cancel() {
    if (!done()) {
      device.cancel(this);
    }
  }

  /** Passes the wish to stop on, if that is news; to be called under the device's lock. */
  synchronized boolean askToStop() {
    if (completed.isDone() || cancelled) {
      return false;
    }
    cancelled = true;
    if (command != null) {
      command.status().ifPresent(StatusBuffer::cancel);
    }
    return true;
  }

  boolean isCompleted() {
    return completed.isDone();
  }

  /** Completes it if its commands have ended; to be called under the device's lock. */
  synchronized void harvest() {
    if (completed.isDone() || command == null) {
      return;
    }
    int failure = CL.CL_COMPLETE;
    for (cl_event event : command.events()) {
      int status = driver.status(event);
      if (status > CL.CL_COMPLETE) {
        return;
      }
      failure = Math.min(failure, status);
    }
    if (failure != CL.CL_COMPLETE) {
      fail(driver.failure(failure, "a command"));
    } else {
      completed.complete(completion(command));
    }
    command.events().forEach(driver::release);
    command.status().ifPresent(device::recycle);
    command = null;
  }

  private Completion completion(Command done) {
    long start = done.issuedNanos();
    long end = start;
    if (!done.events().isEmpty()) {
      long queued = driver.nanos(done.events().getFirst(), CL.CL_PROFILING_COMMAND_QUEUED);
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (cl_event event : done.events()) {
        first = Math.min(first, driver.nanos(event, CL.CL_PROFILING_COMMAND_START));
        last = Math.max(last, driver.nanos(event, CL.CL_PROFILING_COMMAND_END));
      }
      start = done.issuedNanos() + (first - queued);
      end = done.issuedNanos() + (last - queued);
    }
    List<Fault> faults = done.status().map(StatusBuffer::faults).orElse(List.of());
    return new Completion(start, end, OpenClProvider.NAME, cancelled, faults);
  }
}
