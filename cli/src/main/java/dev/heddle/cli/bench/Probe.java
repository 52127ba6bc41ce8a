package dev.heddle.cli.bench;

/** Something that can be measured again and again. Its making may take long. */
interface Probe extends AutoCloseable {
  Subject subject();

  /**
   * Measures once.
   *
   * @return a value in the subject's unit
   * @throws dev.heddle.compiler.diagnostic.HeddleException if the device fails
   */
  double sample();

  /** Whether the last sample ran the code that samples will run from now on, as far as is known. */
  default boolean settled() {
    return true;
  }

  @Override
  void close();
}
