package dev.heddle.cli;

/** A line on the terminal that says how far a long command is; nothing where there is none. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 100;
  private static final long INTERVAL_NANOS = 100_000_000L;

  private final boolean shown = System.console() != null && System.console().isTerminal();
  private int expected;
  private int begun;
  private long shownAt;

  /** That many steps are going to come. */
  void expect(int steps) {
    expected += steps;
  }

  /** A step begins. */
  void next(String what) {
    begun++;
    long now = System.nanoTime();
    if (shown && (begun == 1 || now - shownAt > INTERVAL_NANOS)) {
      shownAt = now;
      line("%d/%d  %s".formatted(begun, Math.max(begun, expected), what));
    }
  }

  private static void line(String text) {
    String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    System.err.print("\r" + cut + " ".repeat(WIDTH - cut.length()) + "\r");
    System.err.flush();
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (shown && begun > 0) {
      line("");
      begun = 0;
    }
  }
}
