/**
 * What a back end implements. A device compiles kernels, holds buffers, copies and launches;
 * nothing here blocks, and nothing here knows a particular back end.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.spi;
