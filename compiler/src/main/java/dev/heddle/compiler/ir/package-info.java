/**
 * The intermediate representation: typed, structured, in SSA form, as plain records.
 *
 * <p>Everything that defines what a kernel means lives here: types, operators and their tables,
 * regions, kernels, the verifier and the textual form. Nothing here knows a source language or a
 * device.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.ir;
