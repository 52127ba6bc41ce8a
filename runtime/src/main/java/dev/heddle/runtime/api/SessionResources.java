package dev.heddle.runtime.api;

import dev.heddle.runtime.exec.Engine;
import dev.heddle.runtime.exec.ManagedBuffer;
import dev.heddle.runtime.learn.CorrectionStore;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a session has to close: its buffers and devices. It knows nothing of the session itself, so
 * that one that is forgotten can be found and closed.
 */
final class SessionResources implements Runnable {
  /** Closes what is forgotten. */
  static final Cleaner CLEANER = Cleaner.create();

  private final Engine engine;
  private final CorrectionStore corrections;
  private final boolean keep;
  private final Set<ManagedBuffer> buffers = ConcurrentHashMap.newKeySet();

  SessionResources(Engine engine, CorrectionStore corrections, boolean keep) {
    this.engine = engine;
    this.corrections = corrections;
    this.keep = keep;
  }

  void add(ManagedBuffer buffer) {
    buffers.add(buffer);
  }

  void close(ManagedBuffer buffer) {
    buffers.remove(buffer);
    buffer.close();
  }

  /** Whether memory is part of a buffer of the session. */
  boolean overlaps(MemorySegment memory) {
    return buffers.stream().anyMatch(buffer -> buffer.overlaps(memory));
  }

  /** Closes everything; called once. */
  @Override
  public void run() {
    engine.stop();
    if (keep && engine.learned()) {
      corrections.save(engine.corrections());
    }
    buffers.forEach(ManagedBuffer::close);
    engine.close();
  }
}
