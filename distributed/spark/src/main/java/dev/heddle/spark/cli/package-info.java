/** {@code heddle run --spark}: the command line's requests over a cluster. */
@NullMarked
package dev.heddle.spark.cli;

import org.jspecify.annotations.NullMarked;
