/**
 * From Java bytecode to IR: finds the code of a lambda or method, lifts it to SSA with Java's
 * semantics, and structures its control flow. Knows no device and runs nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.frontend.java;
