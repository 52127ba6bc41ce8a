/**
 * The contract between generated code and the threads that run it: the frame in memory that code
 * reads its launch from, and the interface of the emitters. Nothing here generates or runs code.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu.code;
