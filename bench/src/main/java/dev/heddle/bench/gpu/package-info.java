/** What a GPU does with the kernel library, beside CUDA C++ for the same work. */
@NullMarked
package dev.heddle.bench.gpu;

import org.jspecify.annotations.NullMarked;
