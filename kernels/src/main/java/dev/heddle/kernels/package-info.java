/**
 * Operations on the arrays of a session: the same bits on every device and however the work is
 * split. They are lambdas that the session runs; what computes with numbers of several types is
 * kernels, in {@code numbers.clh}. Nothing here is special; a user could write the same.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.kernels;
