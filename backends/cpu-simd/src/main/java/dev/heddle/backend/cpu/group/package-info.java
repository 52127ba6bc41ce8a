/**
 * What the CPU device does to a kernel before it is turned into bytecode: cuts it at its barriers
 * into segments, lays out private memory, and finds out what both emitters have to know about loops
 * and NaNs. Pure functions of IR; no bytecode, no memory, no threads.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu.group;
