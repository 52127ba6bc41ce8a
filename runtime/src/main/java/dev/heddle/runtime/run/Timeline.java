package dev.heddle.runtime.run;

import java.util.ArrayList;
import java.util.List;

/** What happened when in the runs of a session, for people to look at. Safe for several threads. */
public final class Timeline {
  /**
   * Something that took time.
   *
   * @param track a device's id, or {@code host}
   * @param startNanos and {@code endNanos}: on the scale of {@code System.nanoTime}
   */
  public record Span(String track, String name, long startNanos, long endNanos) {}

  private final List<Span> spans = new ArrayList<>();

  public synchronized void add(String track, String name, long startNanos, long endNanos) {
    spans.add(new Span(track, name, startNanos, endNanos));
  }

  /** All so far, in the order in which they ended. */
  public synchronized List<Span> spans() {
    return List.copyOf(spans);
  }
}
