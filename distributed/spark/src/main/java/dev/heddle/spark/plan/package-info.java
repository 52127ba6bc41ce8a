/**
 * Decides on the driver which part of a launch runs in which partition, and which bytes it needs
 * and gives. Pure functions of split certificates; no Spark.
 */
@NullMarked
package dev.heddle.spark.plan;

import org.jspecify.annotations.NullMarked;
