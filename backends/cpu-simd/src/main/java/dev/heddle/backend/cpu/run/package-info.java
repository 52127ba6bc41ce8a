/**
 * Runs generated code: variants of a kernel (one per tier), launches cut into chunks, worker
 * threads, and the choice of tier. Knows nothing of bytecode.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu.run;
