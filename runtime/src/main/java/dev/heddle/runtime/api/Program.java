package dev.heddle.runtime.api;

import dev.heddle.runtime.run.RunException;
import java.util.ArrayList;
import java.util.List;

/** The kernels of one compilation. */
public final class Program {
  private final List<Kernel> kernels = new ArrayList<>();

  Program(Session session, dev.heddle.compiler.ir.Program program) {
    program.kernels().forEach(kernel -> kernels.add(new Kernel(session, program, kernel.name())));
  }

  /** In the order of their definition. */
  public List<Kernel> kernels() {
    return List.copyOf(kernels);
  }

  /**
   * The kernel of that name.
   *
   * @throws RunException USAGE, naming the kernels that there are
   */
  public Kernel kernel(String name) {
    for (Kernel kernel : kernels) {
      if (kernel.name().equals(name)) {
        return kernel;
      }
    }
    String there =
        kernels.isEmpty()
            ? "the program has no kernel"
            : "there are " + String.join(", ", kernels.stream().map(Kernel::name).toList());
    throw RunException.usage("no kernel \"" + name + "\"; " + there);
  }
}
