/**
 * The kernels of the six examples as lambdas, beside the same in plain Java, in parallel streams,
 * in Aparapi and as kernel files.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.bench.lambda;
