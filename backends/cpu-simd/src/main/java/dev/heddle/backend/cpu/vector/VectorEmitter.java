package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.backend.cpu.code.Unit;

/** Emits one work-item per vector lane; masks for divergent control flow. */
public final class VectorEmitter implements Emitter {
  /** Why the vector tier can't be used in this process; empty if it can. */
  public static String unavailable() {
    return "no vector emitter yet";
  }

  @Override
  public Emitted emit(Unit unit) throws Refusal {
    throw new Refusal(unavailable());
  }
}
