/** IR to Vector API bytecode, one work-item per lane. */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu.vector;
