package dev.heddle.spark;

import dev.heddle.compiler.ir.ElementType;

/** A {@link SparkArray} for kernel files alone. */
public final class SparkNumbers extends SparkArray {
  SparkNumbers(HeddleSpark spark, ElementType element, long bytes, Content content) {
    super(spark, element, bytes, content);
  }
}
