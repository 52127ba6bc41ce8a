/** A device for tests of what becomes of executors whose devices fail. */
@NullMarked
package dev.heddle.spark.fake;

import org.jspecify.annotations.NullMarked;
