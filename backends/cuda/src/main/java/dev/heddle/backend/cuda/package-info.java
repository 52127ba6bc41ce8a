/**
 * The CUDA back end: prints prepared kernels as PTX and runs them through the NVIDIA driver.
 * Nothing of CUDA leaves this package.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cuda;
