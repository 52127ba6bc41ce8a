package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;

/** A {@link SparkArray} of {@code float}. */
@DeviceArray.Of(float.class)
public final class SparkFloats extends SparkArray {
  SparkFloats(HeddleSpark spark, long bytes, Content content) {
    super(spark, ElementType.FLOAT, bytes, content);
  }

  /** For lambdas that run on the executors. */
  public float get(long index) {
    throw elsewhere();
  }

  /** For lambdas that run on the executors. */
  public void set(long index, float value) {
    throw elsewhere();
  }

  /** Brings the elements to the driver. */
  public float[] toArray() {
    float[] values = new float[javaLength()];
    readInto(values);
    return values;
  }
}
