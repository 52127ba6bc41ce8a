package dev.heddle.spark.task;

import java.io.Serializable;

/** The bytes of a buffer from {@code begin} to {@code end} (exclusive). */
public record Span(long begin, long end) implements Serializable {
  public Span {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(begin + " to " + end);
    }
  }

  public long bytes() {
    return end - begin;
  }
}
