package dev.heddle.spark.task;

/** Bytes of the buffer in that slot, from {@code start} on. */
public record Piece(int slot, long start, byte[] content) implements Output {
  public Span span() {
    return new Span(start, start + content.length);
  }

  /** The part of it that lies in {@code span}, which it meets. */
  public Piece cut(Span span) {
    long begin = Math.max(start, span.begin());
    long end = Math.min(start + content.length, span.end());
    if (begin == start && end == start + content.length) {
      return this;
    }
    return new Piece(
        slot,
        begin,
        java.util.Arrays.copyOfRange(content, (int) (begin - start), (int) (end - start)));
  }

  /** The same bytes in another slot. */
  public Piece in(int newSlot) {
    return newSlot == slot ? this : new Piece(newSlot, start, content);
  }
}
