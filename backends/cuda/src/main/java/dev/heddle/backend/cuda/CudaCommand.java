package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.Event.Completion;
import dev.heddle.runtime.support.Command;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A launch or copy that lies between two events of a stream.
 *
 * @param status where a launch stops and records faults
 * @param recycle takes the status back
 * @param uses held until it is done
 */
record CudaCommand(
    CudaContext context,
    EventPool events,
    CudaClock.Mark mark,
    long start,
    long end,
    Optional<CudaStatus> status,
    Consumer<CudaStatus> recycle,
    List<Held> uses)
    implements Command {
  CudaCommand {
    uses = List.copyOf(uses);
    uses.forEach(Held::hold);
  }

  /** Has what comes next on {@code stream} wait for commands of the same device. */
  static void follow(CudaDriver driver, long stream, List<Command> waits) {
    for (Command wait : waits) {
      if (wait instanceof CudaCommand command) {
        driver.waitFor(stream, command.end());
      }
    }
  }

  @Override
  public boolean ended() {
    return context.get(() -> context.driver().done(end));
  }

  @Override
  public void await() {
    try {
      context.driver().await(end);
    } catch (CudaFailure e) {
      // ended() meets it again
    }
  }

  @Override
  public void stop() {
    status.ifPresent(CudaStatus::cancel);
  }

  @Override
  public Completion completion(boolean cancelled) {
    return context.get(
        () -> {
          CudaDriver driver = context.driver();
          long began = mark.nanos() + driver.elapsedNanos(mark.event(), start);
          long ended = began + driver.elapsedNanos(start, end);
          return new Completion(
              began,
              ended,
              CudaProvider.NAME,
              cancelled,
              status.map(CudaStatus::faults).orElse(List.of()));
        });
  }

  @Override
  public void release() {
    events.give(start);
    events.give(end);
    status.ifPresent(recycle);
    uses.forEach(Held::letGo);
  }
}
