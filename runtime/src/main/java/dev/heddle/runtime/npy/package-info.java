/** Reads and writes NumPy's .npy files, format versions 1 to 3. */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.npy;
