/** What went wrong, in words for the user: diagnostics of sources and the root of all errors. */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.diagnostic;
