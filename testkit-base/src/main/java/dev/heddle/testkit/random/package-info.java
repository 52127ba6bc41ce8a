/** Generators of random kernels. They know the compiler's IR alone, no device. */
@org.jspecify.annotations.NullMarked
package dev.heddle.testkit.random;
