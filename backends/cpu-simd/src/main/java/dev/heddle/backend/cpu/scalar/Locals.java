package dev.heddle.backend.cpu.scalar;

import java.lang.classfile.TypeKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Hands out local variables, and takes them back. */
final class Locals {
  private final Map<TypeKind, Deque<Integer>> free = new EnumMap<>(TypeKind.class);
  private int next;

  /** Variables below {@code first} are taken. */
  Locals(int first) {
    next = first;
  }

  int take(TypeKind kind) {
    Integer reused = free.computeIfAbsent(kind, key -> new ArrayDeque<>()).poll();
    if (reused != null) {
      return reused;
    }
    int slot = next;
    next += kind.slotSize();
    return slot;
  }

  void release(TypeKind kind, int slot) {
    free.computeIfAbsent(kind, key -> new ArrayDeque<>()).push(slot);
  }
}
