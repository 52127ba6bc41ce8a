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

  @Override
  void close();
}
