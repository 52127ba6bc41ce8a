package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.Event.Completion;
import dev.heddle.runtime.support.Command;
import java.util.List;

/** What was over when it was issued: nothing to do, or a copy that the host saw end. */
record DoneCommand(long startNanos, long endNanos) implements Command {
  static DoneCommand nothing() {
    long now = System.nanoTime();
    return new DoneCommand(now, now);
  }

  @Override
  public boolean ended() {
    return true;
  }

  @Override
  public void await() {}

  @Override
  public void stop() {}

  @Override
  public Completion completion(boolean cancelled) {
    return new Completion(startNanos, endNanos, CudaProvider.NAME, cancelled, List.of());
  }

  @Override
  public void release() {}
}
