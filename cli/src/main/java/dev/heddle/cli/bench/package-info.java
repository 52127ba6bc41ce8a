/**
 * The device benchmark: what is measured, how it is repeated, what is kept of it as JSON, and how
 * two reports are compared. Nothing is drawn here.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli.bench;
