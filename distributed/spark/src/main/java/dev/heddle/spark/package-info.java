/**
 * Heddle over Apache Spark: arrays in blocks, kernels and lambdas over them. Spark distributes,
 * schedules and retries; on each executor a session splits its part over that machine's devices.
 */
@NullMarked
package dev.heddle.spark;

import org.jspecify.annotations.NullMarked;
