package dev.heddle.bench;

/** One of the systems compared, ready to do one case's work. */
record Peer(String name, Runnable work) {
  /** Time of one run, in ns. */
  double time() {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
