package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;

/** A {@link SparkArray} of {@code double}. */
@DeviceArray.Of(double.class)
public final class SparkDoubles extends SparkArray {
  SparkDoubles(HeddleSpark spark, long bytes, Content content) {
    super(spark, ElementType.DOUBLE, bytes, content);
  }

  /** For lambdas that run on the executors. */
  public double get(long index) {
    throw elsewhere();
  }

  /** For lambdas that run on the executors. */
  public void set(long index, double value) {
    throw elsewhere();
  }

  /** Brings the elements to the driver. */
  public double[] toArray() {
    double[] values = new double[javaLength()];
    readInto(values);
    return values;
  }
}
