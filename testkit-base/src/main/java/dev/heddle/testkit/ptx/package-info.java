/**
 * A PTX interpreter for tests, written from NVIDIA's PTX ISA text (section numbers are those of ISA
 * 8.x, chapters 5 to 9). It shares nothing with the printer that it judges, and knows nothing of
 * the IR: what is not of the ISA subset it knows, or not well typed, is an error with its line;
 * what the ISA leaves undefined or unspecified is a fault, or a value chosen to be noticed. Times,
 * warps' lock step and weak memory order are not modelled.
 */
@NullMarked
package dev.heddle.testkit.ptx;

import org.jspecify.annotations.NullMarked;
