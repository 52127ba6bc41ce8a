/**
 * The math functions of kernels, each written once as a sequence of additions, multiplications,
 * fused multiply-adds, divisions, square roots, integer operations and selects. Every device runs
 * the same sequence, and so gets the same bits.
 *
 * <p>No sequence touches memory, and none looks up a table. Nearly all are straight-line, so that
 * code for SIMD lanes has nothing to mask; a branch stands before the reduction of huge angles, and
 * loops in the remainder and the gamma function. Where the errors of several roundings would add up
 * to more than a unit in the last place, numbers are carried as {@link Pair}s.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.math;
