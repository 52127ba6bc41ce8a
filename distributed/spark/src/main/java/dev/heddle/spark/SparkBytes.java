package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;

/** A {@link SparkArray} of {@code byte}. */
@DeviceArray.Of(byte.class)
public final class SparkBytes extends SparkArray {
  SparkBytes(HeddleSpark spark, ElementType element, long bytes, Content content) {
    super(spark, element, bytes, content);
  }

  /** For lambdas that run on the executors. */
  public byte get(long index) {
    throw elsewhere();
  }

  /** For lambdas that run on the executors. */
  public void set(long index, byte value) {
    throw elsewhere();
  }

  /** Brings the elements to the driver. */
  public byte[] toArray() {
    byte[] values = new byte[javaLength()];
    readInto(values);
    return values;
  }
}
