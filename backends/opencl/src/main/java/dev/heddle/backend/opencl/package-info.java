/**
 * The OpenCL back end: prints prepared kernels as OpenCL C and runs them through JOCL. Nothing of
 * OpenCL leaves this package.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.opencl;
