package dev.heddle.spark;

import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import java.util.List;

/** A kernel that can be run over a cluster. Its code travels as the text of the IR. */
public final class SparkKernel {
  private final HeddleSpark spark;
  private final Kernel kernel;
  private final Program program;
  private final String code;

  SparkKernel(HeddleSpark spark, Program program, String name) {
    this.spark = spark;
    this.kernel = spark.planning().program(program).kernel(name);
    this.program = program;
    this.code = IrPrinter.print(program);
  }

  public String name() {
    return kernel.name();
  }

  /** The signature. */
  public List<Parameter> parameters() {
    return kernel.parameters();
  }

  Kernel kernel() {
    return kernel;
  }

  Program program() {
    return program;
  }

  String code() {
    return code;
  }

  /** Room for the arguments of this kernel, none set. */
  public SparkArguments arguments() {
    return new SparkArguments(spark, kernel);
  }

  /**
   * Runs it over the cluster and waits for the end. The arrays that it writes are updated in place.
   *
   * @throws RunException if it can't be run, or faults; then all arrays are as they were
   */
  public SparkExecution run(NDRange range, SparkArguments arguments, SparkOptions options) {
    return iterate(range, arguments, 1, List.of(), options);
  }

  /** Two arrays that trade places between the steps of an iteration. */
  public record Swap(SparkArray a, SparkArray b) {}

  /**
   * Runs it {@code times} times, exchanging arrays between the runs (not after the last). Blocks
   * stay on the executors, and as many steps as cost little extra work run between two exchanges
   * with neighbouring blocks.
   *
   * @throws RunException if it can't be run, or faults; then all arrays are as they were before the
   *     steps since the last exchange
   */
  public SparkExecution iterate(
      NDRange range, SparkArguments arguments, int times, List<Swap> swaps, SparkOptions options) {
    if (times < 1) {
      throw RunException.usage("an iteration has at least 1 step, not " + times);
    }
    return new Iteration(spark, this, range, arguments, swaps, options).run(times);
  }
}
