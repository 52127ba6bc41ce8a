/** The command line: one class per command, exit codes, and what users see. */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli;
