package dev.heddle.runtime.support;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A launch or copy on a device with a driver: first waiting for what it follows, then issued, then
 * completed. A thread that waits for it looks for a short while itself; then a helper thread waits
 * in the driver, so that the first is free to go when the device is given up.
 */
public final class CommandEvent implements Event {
  private static final long LOOK_NANOS = 50_000;

  private final CommandQueue queue;
  private final CompletableFuture<Completion> completed = new CompletableFuture<>();
  private @Nullable Command command;
  private boolean cancelled;
  private boolean helped;

  CommandEvent(CommandQueue queue) {
    this.queue = queue;
  }

  boolean isOf(CommandQueue other) {
    return queue == other;
  }

  /** Whether it was given to the driver, or needs that no more. */
  synchronized boolean issued() {
    return command != null || completed.isDone();
  }

  /** What a later command must wait for; to be called under the queue's lock. */
  synchronized Optional<Command> toWaitFor() {
    if (completed.isCompletedExceptionally()) {
      await();
    }
    return completed.isDone() ? Optional.empty() : Optional.ofNullable(command);
  }

  /** Whether there is no need to issue it any more; if so, it is completed. */
  synchronized boolean withdrawn() {
    if (cancelled && command == null) {
      long now = System.nanoTime();
      completed.complete(new Completion(now, now, queue.tier(), true, List.of()));
    }
    return completed.isDone();
  }

  synchronized void issue(Command issued) {
    command = issued;
    notifyAll();
    if (cancelled) {
      issued.stop();
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
      queue.harvest(this);
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
    queue.helper(this::waitInDriver);
  }

  private void waitInDriver() {
    try {
      awaitIssue();
      Optional<Command> issued = running();
      issued.ifPresent(Command::await);
      queue.harvest(this);
    } catch (DeviceException e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new DeviceException(Kind.LOST, "the wait for " + queue.device() + " was ended"));
    }
  }

  /** Waits until the driver was given it. */
  synchronized void awaitIssue() throws InterruptedException {
    while (!issued()) {
      wait();
    }
  }

  private synchronized Optional<Command> running() {
    return completed.isDone() ? Optional.empty() : Optional.ofNullable(command);
  }

  @Override
  public void cancel() {
    if (!done()) {
      queue.cancel(this);
    }
  }

  /** Passes the wish to stop on, if that is news; to be called under the queue's lock. */
  synchronized boolean askToStop() {
    if (completed.isDone() || cancelled) {
      return false;
    }
    cancelled = true;
    if (command != null) {
      command.stop();
    }
    return true;
  }

  /** Whether the host wants it to end. */
  public synchronized boolean cancelled() {
    return cancelled;
  }

  boolean isCompleted() {
    return completed.isDone();
  }

  /**
   * Completes it if its command has ended; to be called under the queue's lock.
   *
   * @throws DeviceException if it failed, which it is told as well
   */
  synchronized void harvest() {
    if (completed.isDone() || command == null) {
      return;
    }
    Command running = command;
    try {
      if (!running.ended()) {
        return;
      }
      completed.complete(running.completion(cancelled));
    } catch (DeviceException e) {
      fail(e);
      throw e;
    } finally {
      if (completed.isDone()) {
        command = null;
        running.release();
      }
    }
  }
}
