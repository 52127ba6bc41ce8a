package dev.heddle.bench;

/** One of the systems compared, ready to do one case's work. */
public record Peer(String name, Runnable work) {
  /** Time of one run, in ns. */
  public double time() {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
