package dev.heddle.cli.run;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A session being opened by a thread of its own, while the sources are compiled. */
final class Opening {
  private final FutureTask<Session> task;

  Opening(SessionOptions options) {
    task = new FutureTask<>(() -> Session.open(options));
    Thread.ofPlatform().daemon().name("heddle-open").start(task);
  }

  /** The session, once it is there. */
  Session session() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // a driver that is being loaded can't be left alone
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrap(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrap(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException known -> known;
      case Error error -> throw error;
      default -> new IllegalStateException(e.getCause());
    };
  }
}
