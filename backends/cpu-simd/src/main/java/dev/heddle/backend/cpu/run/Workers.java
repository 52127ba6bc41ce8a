package dev.heddle.backend.cpu.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the device. Whoever issues a job works on it too, as soon as it waits for it; the
 * threads here are the others. One that has nothing to do spins for a moment before it parks, since
 * the next launch is often near.
 */
final class Workers implements AutoCloseable {
  private static final long SPIN_NANOS = 30_000;

  private final int threads;
  private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean closed;

  Workers(int threads) {
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /** Starts a job, whose predecessors are done. */
  void submit(Job job) {
    jobs.removeIf(Job::done);
    jobs.add(job);
    long useful = Math.min(job.chunks(), job.seats());
    wake((int) Math.max(1, useful - 1));
  }

  /** Starts a job when its predecessors are done, without keeping the caller. */
  void submitAfter(Job job) {
    Thread.ofPlatform()
        .daemon()
        .name("heddle-cpu-wait")
        .start(
            () -> {
              job.awaitAfter();
              submit(job);
              // one whose predecessor failed is ended, not run
              job.endIfStopped();
            });
  }

  private void wake(int count) {
    synchronized (workers) {
      int woken = 0;
      for (Worker worker : workers) {
        if (woken < count && worker.idle) {
          worker.idle = false;
          LockSupport.unpark(worker.thread);
          woken++;
        }
      }
      while (woken < count && workers.size() < threads && !closed) {
        Worker worker = new Worker();
        workers.add(worker);
        worker.thread.start();
        woken++;
      }
    }
  }

  private @Nullable Job find() {
    for (Job job : jobs) {
      if (job.done()) {
        jobs.remove(job);
      } else if (job.wantsHelp()) {
        return job;
      }
    }
    return null;
  }

  private final class Worker implements Runnable {
    private final Thread thread = Thread.ofPlatform().daemon().name("heddle-cpu").unstarted(this);
    private volatile boolean idle;

    @Override
    public void run() {
      while (!closed) {
        Job job = find();
        if (job != null) {
          job.help();
        } else {
          rest();
        }
      }
    }

    private void rest() {
      long until = System.nanoTime() + SPIN_NANOS;
      while (System.nanoTime() < until) {
        if (find() != null || closed) {
          return;
        }
        Thread.onSpinWait();
      }
      idle = true;
      if (find() == null && !closed) {
        LockSupport.park(Workers.this);
      }
      idle = false;
    }
  }

  @Override
  public void close() {
    closed = true;
    jobs.forEach(Job::cancel);
    synchronized (workers) {
      workers.forEach(worker -> LockSupport.unpark(worker.thread));
    }
  }
}
