package dev.heddle.cli.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The rate of one device while another one works, over its rate alone. */
final class ContentionProbe implements Probe {
  private static final long SLICE_NANOS = 40_000_000L;

  private final Subject subject;
  private final Probe probe;
  private final Probe other;

  /** Both probes' values are rates, and belong to the caller. */
  ContentionProbe(Probe probe, Probe other) {
    this.subject =
        new Subject(
            Subject.Section.CONTENTION,
            probe.subject().device() + " beside " + other.subject().device(),
            probe.subject().name(),
            0,
            Unit.RATIO);
    this.probe = probe;
    this.other = other;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    double alone = rate(probe);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> company =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                other.sample();
              }
            },
            task -> Thread.ofPlatform().daemon().name("heddle-company").start(task));
    try {
      return rate(probe) / alone;
    } finally {
      enough.set(true);
      company.join();
    }
  }

  /** The mean over a slice of time. */
  private static double rate(Probe probe) {
    long end = System.nanoTime() + SLICE_NANOS;
    double sum = 0;
    int count = 0;
    do {
      sum += 1 / probe.sample();
      count++;
    } while (System.nanoTime() < end);
    return count / sum;
  }

  @Override
  public void close() {}
}
