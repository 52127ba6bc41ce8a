/**
 * Measures the errors of the math functions: the code that the CPU device runs against references
 * of about twice the precision of a double. Nothing but tests and the accuracy report uses it.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.testkit.accuracy;
