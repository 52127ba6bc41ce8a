package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;

/** A {@link SparkArray} of {@code int}. */
@DeviceArray.Of(int.class)
public final class SparkInts extends SparkArray {
  SparkInts(HeddleSpark spark, ElementType element, long bytes, Content content) {
    super(spark, element, bytes, content);
  }

  /** For lambdas that run on the executors. */
  public int get(long index) {
    throw elsewhere();
  }

  /** For lambdas that run on the executors. */
  public void set(long index, int value) {
    throw elsewhere();
  }

  /** Brings the elements to the driver. */
  public int[] toArray() {
    int[] values = new int[javaLength()];
    readInto(values);
    return values;
  }
}
