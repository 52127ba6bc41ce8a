/** Side-by-side comparisons with other systems, all peers interleaved in one process. */
@org.jspecify.annotations.NullMarked
package dev.heddle.bench;
