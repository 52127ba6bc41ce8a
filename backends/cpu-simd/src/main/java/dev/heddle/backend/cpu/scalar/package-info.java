/** IR to plain JVM bytecode, one work-item after the other: the tier that runs at once. */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu.scalar;
