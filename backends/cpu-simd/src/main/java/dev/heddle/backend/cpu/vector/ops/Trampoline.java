package dev.heddle.backend.cpu.vector.ops;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The first class that is defined among the Vector API's: lets the others in. */
final class Trampoline {
  private static MemorySegment memory = MemorySegment.NULL;

  private Trampoline() {}

  /** A lookup with full access, which may define hidden classes. */
  static MethodHandles.Lookup open(MemorySegment all) {
    memory = all;
    return MethodHandles.lookup();
  }

  static MemorySegment memory() {
    return memory;
  }
}
