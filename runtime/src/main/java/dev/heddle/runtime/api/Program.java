package dev.heddle.runtime.api;

import java.util.List;

/** The kernels of one compilation. */
public final class Program {
  private Program() {}

  /** In the order of their definition. */
  public List<Kernel> kernels() {
    throw new UnsupportedOperationException();
  }

  /**
   * The kernel of that name.
   *
   * @throws dev.heddle.runtime.run.RunException USAGE, naming the kernels that there are
   */
  public Kernel kernel(String name) {
    throw new UnsupportedOperationException();
  }
}
