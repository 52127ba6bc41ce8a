/**
 * Transformations of the IR: a {@link dev.heddle.compiler.pass.Pass} takes a function and returns
 * one that computes the same bits, and the {@link dev.heddle.compiler.pass.Pipeline} is the recipe.
 *
 * <p>Nothing here knows a source language, a launch or a device.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.pass;
