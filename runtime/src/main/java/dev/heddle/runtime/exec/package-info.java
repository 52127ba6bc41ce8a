/**
 * Carries out plans: which bytes are valid where, compiled code, launches on all devices at once,
 * failures. Knows devices through the SPI alone.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.runtime.exec;
