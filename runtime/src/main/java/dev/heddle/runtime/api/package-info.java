/** What a program uses: sessions, programs, kernels, buffers and their arguments. */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.api;
