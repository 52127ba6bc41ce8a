package dev.heddle.runtime.exec;

import org.jspecify.annotations.Nullable;

/**
 * The values for a kernel's parameters, by position.
 *
 * @param bits low bits of scalars; bytes of local arrays
 * @param buffers the buffers; null for a null pointer and for what is no buffer
 */
public record Bindings(long[] bits, @Nullable ManagedBuffer[] buffers) {}
