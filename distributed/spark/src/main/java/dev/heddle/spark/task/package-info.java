/**
 * What travels to executors and runs there: descriptions of parts of launches, where their data
 * come from, and the executor's session. Nothing here knows the driver.
 */
@NullMarked
package dev.heddle.spark.task;

import org.jspecify.annotations.NullMarked;
