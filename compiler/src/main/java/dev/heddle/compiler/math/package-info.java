/**
 * The math functions of kernels, each written once as a sequence of additions, multiplications,
 * fused multiply-adds, divisions, square roots, integer operations and selects. Every device runs
 * the same sequence, and so gets the same bits.
 *
 * <p>No sequence touches memory, and none looks up a table. Nearly all are straight-line, so that
 * code for SIMD lanes has nothing to mask; a branch stands before the reduction of huge angles, and
 * a loop in the remainder.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.math;
