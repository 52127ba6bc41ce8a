package dev.heddle.spark;

import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.run.RunException;
import java.util.List;

/** The kernels of one compilation, for a cluster. */
public final class SparkProgram {
  private final List<SparkKernel> kernels;
  private final dev.heddle.runtime.api.Program names;

  SparkProgram(HeddleSpark spark, Program program) {
    this.names = spark.planning().program(program);
    this.kernels =
        names.kernels().stream()
            .map(kernel -> new SparkKernel(spark, program, kernel.name()))
            .toList();
  }

  /** In the order of their definition. */
  public List<SparkKernel> kernels() {
    return kernels;
  }

  /**
   * The kernel of that name.
   *
   * @throws RunException USAGE, naming the kernels that there are
   */
  public SparkKernel kernel(String name) {
    int position = names.kernels().indexOf(names.kernel(name));
    return kernels.get(position);
  }
}
