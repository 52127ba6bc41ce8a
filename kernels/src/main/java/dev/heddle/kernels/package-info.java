/**
 * Operations on the arrays of a session, each written as lambdas that the session runs: the same
 * bits on every device and however the work is split. Nothing here is special; a user could write
 * the same.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.kernels;
