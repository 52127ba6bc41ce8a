/**
 * Measures what Spark costs, and simulates what more executors would gain. Run by {@code bench}.
 */
@NullMarked
package dev.heddle.spark.bench;

import org.jspecify.annotations.NullMarked;
