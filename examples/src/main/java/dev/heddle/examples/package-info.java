/** Six programs on the Java API, each of one file; {@code heddle example} runs them. */
@org.jspecify.annotations.NullMarked
package dev.heddle.examples;
