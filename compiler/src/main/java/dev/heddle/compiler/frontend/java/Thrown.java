package dev.heddle.compiler.frontend.java;

import org.jspecify.annotations.Nullable;

/**
 * An exception that a kernel's code throws. It is lifted to an access out of bounds, of an array
 * that exists for nothing else; {@link JavaKernel#thrown} tells which array stands for what.
 *
 * @param type name of the exception's class
 * @param message its message, null if it has none or one that is computed
 */
public record Thrown(String type, @Nullable String message) {}
