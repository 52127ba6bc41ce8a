/** What can be known about a kernel without running it. Pure functions of IR and launch facts. */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.analysis;
