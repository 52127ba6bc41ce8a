package dev.heddle.spark;

import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.task.JobSpec.Argument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values for the parameters of a kernel that runs over a cluster, by name or position. Every setter
 * checks against the signature and throws {@link RunException} USAGE.
 */
public final class SparkArguments {
  private final HeddleSpark spark;
  private final Kernel kernel;
  private final Arguments shapes;
  private final @Nullable SparkArray[] arrays;

  SparkArguments(HeddleSpark spark, Kernel kernel) {
    this.spark = spark;
    this.kernel = kernel;
    this.shapes = kernel.arguments();
    this.arrays = new SparkArray[kernel.parameters().size()];
  }

  /** The position of a parameter. */
  public int position(String name) {
    return shapes.position(name);
  }

  /** An integer for a scalar parameter, which must be able to hold it exactly. */
  public SparkArguments set(String name, long value) {
    shapes.set(name, value);
    return this;
  }

  /** A number for a floating-point parameter, rounded to its type. */
  public SparkArguments set(String name, double value) {
    shapes.set(name, value);
    return this;
  }

  /** The raw low bits of a scalar parameter. */
  public SparkArguments setBits(int position, long bits) {
    shapes.setBits(position, bits);
    return this;
  }

  /** The size in bytes of a {@code __local} pointer parameter. */
  public SparkArguments setLocal(int position, long bytes) {
    shapes.setLocal(position, bytes);
    return this;
  }

  /** A null pointer for a pointer parameter. */
  public SparkArguments setNull(int position) {
    shapes.setNull(position);
    arrays[position] = null;
    return this;
  }

  /** An array for a pointer parameter. */
  public SparkArguments set(String name, SparkArray array) {
    return set(position(name), array);
  }

  /** An array for a pointer parameter. */
  public SparkArguments set(int position, SparkArray array) {
    if (array.spark() != spark) {
      throw RunException.usage(
          kernel.name()
              + " got an array of another cluster for "
              + kernel.parameters().get(position).name());
    }
    arrays[position] = array;
    shapes.set(position, spark.anyBuffer());
    return this;
  }

  SparkArray array(int position) {
    SparkArray array = arrays[position];
    if (array == null) {
      throw new IllegalStateException("no array at position " + position);
    }
    return array;
  }

  /** The arrays, each once, in the order of the parameters. */
  List<SparkArray> arrays() {
    List<SparkArray> all = new ArrayList<>();
    for (SparkArray array : arrays) {
      if (array != null && !all.contains(array)) {
        all.add(array);
      }
    }
    return all;
  }

  /**
   * The arguments, with arrays as the slots that they are in.
   *
   * @param slotOf for each of {@code all} the slot that it is in
   */
  List<Argument> inSlots(List<SparkArray> all, int[] slotOf) {
    shapes.requireAll();
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < arrays.length; i++) {
      SparkArray array = arrays[i];
      Argument argument =
          switch (kernel.parameters().get(i)) {
            case Parameter.Scalar scalar -> new Argument.Scalar(shapes.bits(i));
            case Parameter.Pointer pointer when pointer.root() instanceof Root.LocalParameter ->
                new Argument.Local(shapes.bits(i));
            case Parameter.Pointer pointer ->
                array == null
                    ? new Argument.Null()
                    : new Argument.Buffer(slotOf[all.indexOf(array)]);
          };
      arguments.add(argument);
    }
    return arguments;
  }
}
