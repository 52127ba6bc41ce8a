/**
 * The OpenCL C front end: source text to IR.
 *
 * <p>One file per station, in the order of the data: {@code Lexer}, {@code Preprocessor}, {@code
 * Parser} (which builds the typed tree of {@code Expr} and {@code Statement} through {@code
 * Typing}), {@code ProgramLowering}. Nothing here optimises, and nothing here knows a device;
 * contraction to fma happens here because only here the source expression is known.
 */
@NullMarked
package dev.heddle.compiler.frontend.opencl;

import org.jspecify.annotations.NullMarked;
