package dev.heddle.runtime.support;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The launches and copies that a device with a driver was asked for and that have not ended. It is
 * also the lock under which the device's driver is called. A device that does not stop when asked,
 * or whose driver says so, is given up as lost: all that it was asked for fails, and what it holds
 * is never freed, since its driver may never answer.
 */
public final class CommandQueue {
  /** How long a cancelled launch may go on before the device is given up. */
  private static final long GRACE_MILLIS = 1000;

  private static final int HARVEST_AT = 64;

  private final String device;
  private final String tier;
  private final Set<CommandEvent> inFlight = new LinkedHashSet<>();
  private final ExecutorService helpers;
  private @Nullable DeviceException lost;
  private boolean closed;

  /**
   * @param device its id
   * @param tier what completions name as the code that ran
   */
  public CommandQueue(String device, String tier) {
    this.device = device;
    this.tier = tier;
    helpers =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("heddle-" + device + "-", 0).factory());
  }

  String device() {
    return device;
  }

  String tier() {
    return tier;
  }

  /** Gives something to the driver. */
  public interface Issue {
    /**
     * @param waits what it has to wait for, all on this device
     */
    Command to(List<Command> waits);
  }

  /** Does something, and the driver's part of it all by itself. */
  public interface Task {
    /**
     * @param waits what it has to wait for, all on this device
     * @param event asked whether the host still wants it
     */
    Command to(List<Command> waits, CommandEvent event);
  }

  /** Issues a command now if all that it follows is known to the driver, else when it is. */
  public Event submit(List<Event> after, Issue issue) {
    CommandEvent event = enter();
    List<Event> before = List.copyOf(after);
    if (before.stream().allMatch(this::known)) {
      issue(event, before, issue);
    } else {
      helper(
          event,
          () -> {
            awaitKnown(before);
            issue(event, before, issue);
          });
    }
    return event;
  }

  /**
   * Has a helper thread do something that takes its time, such as copying on the host, without the
   * lock, when all that it follows is known to the driver. What follows it waits until it is done.
   */
  public Event run(List<Event> after, Task task) {
    CommandEvent event = enter();
    List<Event> before = List.copyOf(after);
    helper(
        event,
        () -> {
          awaitKnown(before);
          List<Command> waits;
          synchronized (this) {
            if (event.withdrawn()) {
              forget(event);
              return;
            }
            waits = waits(before);
          }
          Command command = task.to(waits, event);
          synchronized (this) {
            event.issue(command);
          }
          harvest(event);
        });
    return event;
  }

  private CommandEvent enter() {
    CommandEvent event = new CommandEvent(this);
    synchronized (this) {
      checkUsable();
      inFlight.add(event);
    }
    return event;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void helper(CommandEvent event, Work work) {
    helper(
        () -> {
          try {
            work.run();
          } catch (InterruptedException e) {
            fail(event, new DeviceException(Kind.LOST, "the wait for " + device + " was ended"));
          } catch (RuntimeException e) {
            fail(event, e);
          }
        });
  }

  private boolean known(Event event) {
    return event instanceof CommandEvent own && own.isOf(this) ? own.issued() : event.done();
  }

  private void awaitKnown(List<Event> events) throws InterruptedException {
    for (Event event : events) {
      if (event instanceof CommandEvent own && own.isOf(this)) {
        own.awaitIssue();
      } else {
        event.await();
      }
    }
  }

  private synchronized void issue(CommandEvent event, List<Event> after, Issue issue) {
    if (inFlight.size() > HARVEST_AT) {
      List.copyOf(inFlight).forEach(this::harvest);
    }
    try {
      if (event.withdrawn()) {
        forget(event);
        return;
      }
      event.issue(issue.to(waits(after)));
    } catch (RuntimeException e) {
      fail(event, e);
    }
  }

  private List<Command> waits(List<Event> after) {
    checkUsable();
    List<Command> waits = new ArrayList<>();
    for (Event before : after) {
      if (before instanceof CommandEvent own && own.isOf(this)) {
        own.toWaitFor().ifPresent(waits::add);
      } else {
        before.await();
      }
    }
    return waits;
  }

  private void fail(CommandEvent event, RuntimeException cause) {
    event.fail(cause);
    forget(event);
    if (cause instanceof DeviceException failure && failure.kind() == Kind.LOST) {
      giveUp(failure.getMessage());
    }
  }

  private synchronized void forget(CommandEvent event) {
    inFlight.remove(event);
  }

  /** Completes an event whose command has ended. */
  synchronized void harvest(CommandEvent event) {
    if (lost == null && !closed) {
      try {
        event.harvest();
      } catch (DeviceException e) {
        fail(event, e);
      }
    }
    if (event.isCompleted()) {
      inFlight.remove(event);
    }
  }

  /** Has a helper thread do something. */
  void helper(Runnable task) {
    helpers.execute(task);
  }

  /** Asks an event's command to stop, and gives the device up if it doesn't. */
  void cancel(CommandEvent event) {
    synchronized (this) {
      if (lost != null || !event.askToStop()) {
        return;
      }
    }
    expectEnd(event);
  }

  /** Gives the device up if a cancelled event does not end soon. */
  private void expectEnd(CommandEvent event) {
    helper(
        () -> {
          try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
            while (!event.done() && System.nanoTime() < end) {
              Thread.sleep(2);
            }
          } catch (InterruptedException closing) {
            return;
          }
          if (!event.done()) {
            giveUp("%s did not stop within %d ms".formatted(device, GRACE_MILLIS));
          }
        });
  }

  /** Uses the device no more; all that it was asked for fails. */
  public synchronized void giveUp(String reason) {
    if (lost == null) {
      lost = new DeviceException(Kind.LOST, reason + "; it is not used any more");
      for (CommandEvent event : List.copyOf(inFlight)) {
        event.fail(lost);
      }
      inFlight.clear();
    }
  }

  /**
   * @throws DeviceException if the device is lost
   */
  public synchronized void checkUsable() {
    if (lost != null) {
      throw new DeviceException(Kind.LOST, lost.getMessage(), lost);
    }
    if (closed) {
      throw new IllegalStateException(device + " is closed");
    }
  }

  /** Frees something, unless the device is lost, whose driver may never answer, or closed. */
  public synchronized void release(Runnable release) {
    if (lost == null && !closed) {
      release.run();
    }
  }

  /**
   * Cancels what runs and waits for its end.
   *
   * @param free frees all that is left, unless the device is lost
   */
  public void close(Runnable free) {
    List<CommandEvent> open;
    synchronized (this) {
      if (closed) {
        return;
      }
      open = List.copyOf(inFlight);
    }
    open.forEach(CommandEvent::cancel);
    for (CommandEvent event : open) {
      try {
        event.await();
      } catch (RuntimeException ended) {
        // that it failed matters to whoever issued it
      }
    }
    synchronized (this) {
      release(free);
      closed = true;
    }
    helpers.shutdownNow();
  }
}
