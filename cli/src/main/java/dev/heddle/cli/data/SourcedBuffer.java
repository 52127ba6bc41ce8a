package dev.heddle.cli.data;

import dev.heddle.compiler.ir.ElementType;

/**
 * A buffer as the user knows it, and where its content comes from.
 *
 * @param element type of its scalars, and {@code width} of them in each element
 */
public record SourcedBuffer(String name, ElementType element, int width, BufferSource source) {}
