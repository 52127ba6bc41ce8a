/**
 * The self-test: which checks there are, what they run on, and how it went. It compares every
 * device's bits with those of the reference interpreter; what the comparison of one case is lives
 * in {@code dev.heddle.conformance}.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli.selftest;
