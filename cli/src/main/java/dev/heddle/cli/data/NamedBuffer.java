package dev.heddle.cli.data;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.api.Buffer;

/**
 * A buffer as the user knows it.
 *
 * @param element type of its scalars, and {@code width} of them in each element
 */
record NamedBuffer(String name, Buffer buffer, ElementType element, int width) {}
