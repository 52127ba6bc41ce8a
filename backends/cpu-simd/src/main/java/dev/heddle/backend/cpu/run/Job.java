package dev.heddle.backend.cpu.run;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Work in numbered chunks that several threads share: workers, and whoever waits for it. A thread
 * that finds a free seat takes chunks until none is left; the last to leave ends the job.
 */
abstract class Job implements Event {
  private static final long SPIN_NANOS = 20_000;

  private final long chunks;
  private final int seats;
  private final List<Event> after;
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;
  private volatile long startNanos;
  private volatile @Nullable Completion completion;

  /**
   * @param seats most threads that work on it at once
   * @param after what must be done before it starts
   */
  Job(long chunks, int seats, List<Event> after) {
    this.chunks = chunks;
    this.seats = seats;
    this.after = List.copyOf(after);
  }

  /** One thread's part: it runs chunks, then is closed. */
  interface Part extends AutoCloseable {
    void run(long chunk);

    @Override
    void close();
  }

  /** Opens a thread's part in the job. */
  abstract Part open();

  /** Called once, after all parts are closed. */
  abstract Completion complete(long startNanos, long endNanos, boolean cancelled);

  /** Called when somebody asks it to end early. */
  abstract void interrupt();

  long chunks() {
    return chunks;
  }

  int seats() {
    return seats;
  }

  List<Event> after() {
    return after;
  }

  /** Whether a thread could still do something for it. */
  boolean open(int taken) {
    return !stopped && next.get() < chunks && taken < seats;
  }

  boolean wantsHelp() {
    return open(working.get());
  }

  /** Ends a job that was stopped before anyone worked on it. */
  void endIfStopped() {
    if (stopped) {
      help();
    }
  }

  /** Hands out no more chunks. */
  void stop() {
    stopped = true;
  }

  /** Takes part, if there is a free seat and anything left to do. */
  void help() {
    int seat;
    do {
      seat = working.get();
      if (seat >= seats || ended.get()) {
        return;
      }
    } while (!working.compareAndSet(seat, seat + 1));
    if (startNanos == 0) {
      startNanos = System.nanoTime();
    }
    try {
      work();
    } catch (Throwable e) {
      failure = e;
      stopped = true;
    } finally {
      if (working.decrementAndGet() == 0 && !open(0)) {
        end();
      }
    }
  }

  private void work() {
    long chunk = take();
    if (chunk < 0) {
      return;
    }
    try (Part part = open()) {
      while (chunk >= 0) {
        part.run(chunk);
        chunk = take();
      }
    }
  }

  private long take() {
    if (stopped) {
      return -1;
    }
    long chunk = next.getAndIncrement();
    return chunk < chunks ? chunk : -1;
  }

  private void end() {
    if (ended.getAndSet(true)) {
      return;
    }
    Completion result;
    try {
      result = complete(startNanos, System.nanoTime(), cancelled);
    } catch (RuntimeException e) {
      failure = e;
      result = new Completion(startNanos, System.nanoTime(), "", cancelled, List.of());
    }
    synchronized (this) {
      completion = result;
      notifyAll();
    }
  }

  /** Waits for what comes before; then the job may start. */
  void awaitAfter() {
    try {
      after.forEach(Event::await);
    } catch (RuntimeException e) {
      failure = e;
      stopped = true;
    }
  }

  @Override
  public boolean done() {
    return completion != null;
  }

  @Override
  public Completion await() {
    awaitAfter();
    help();
    Completion result = completion;
    long spinUntil = System.nanoTime() + SPIN_NANOS;
    while (result == null && System.nanoTime() < spinUntil) {
      Thread.onSpinWait();
      result = completion;
    }
    boolean interrupted = false;
    synchronized (this) {
      while (completion == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
          cancel();
        }
      }
      result = completion;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow();
    return result;
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case DeviceException e -> throw e;
      case OutOfMemoryError e ->
          throw new DeviceException(
              DeviceException.Kind.OUT_OF_MEMORY, "cpu: no memory for a launch: " + e.getMessage());
      case Throwable e ->
          throw new DeviceException(
              DeviceException.Kind.LAUNCH, "cpu: generated code failed: " + e, e);
    }
  }

  @Override
  public void cancel() {
    if (completion != null) {
      return;
    }
    cancelled = true;
    stopped = true;
    interrupt();
    // nobody may have started it; whoever helps now finds nothing to do and ends it
    help();
  }
}
