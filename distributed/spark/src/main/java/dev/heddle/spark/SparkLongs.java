package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;

/** A {@link SparkArray} of {@code long}. */
@DeviceArray.Of(long.class)
public final class SparkLongs extends SparkArray {
  SparkLongs(HeddleSpark spark, ElementType element, long bytes, Content content) {
    super(spark, element, bytes, content);
  }

  /** For lambdas that run on the executors. */
  public long get(long index) {
    throw elsewhere();
  }

  /** For lambdas that run on the executors. */
  public void set(long index, long value) {
    throw elsewhere();
  }

  /** Brings the elements to the driver. */
  public long[] toArray() {
    long[] values = new long[javaLength()];
    readInto(values);
    return values;
  }
}
