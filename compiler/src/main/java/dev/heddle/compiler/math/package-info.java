/**
 * The math functions of kernels, each written once as a sequence of additions, multiplications,
 * fused multiply-adds, divisions, square roots, integer operations and selects. Every device runs
 * the same sequence, and so gets the same bits.
 *
 * <p>No sequence branches, loops or touches memory: code for SIMD lanes stays straight-line.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.math;
