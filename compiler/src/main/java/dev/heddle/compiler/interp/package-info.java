/**
 * The reference interpreter: the living definition of what the IR means, and the oracle of the
 * tests. It favours plain meaning over speed, checks every access, and knows no device.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.compiler.interp;
