/**
 * The benchmark report as one HTML page that needs nothing else: static SVG, light and dark, no
 * scripts. What the figures are is decided in {@code dev.heddle.cli.bench}; here they are shown.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.cli.report;
