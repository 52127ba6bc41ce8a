package dev.heddle.runtime.api;

import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs that were started and not waited for. Each waits for the earlier ones that write what it
 * uses or use what it writes; others overlap.
 */
final class AsyncRuns {
  /** The runs that a buffer still waits for. */
  static final class Pending {
    private @Nullable CompletableFuture<Void> writer;
    private final List<CompletableFuture<Void>> readers = new ArrayList<>();

    private synchronized void addTo(Set<CompletableFuture<Void>> needed, boolean writes) {
      if (writer != null && !writer.isDone()) {
        needed.add(writer);
      }
      if (writes) {
        readers.stream().filter(reader -> !reader.isDone()).forEach(needed::add);
      }
    }

    private synchronized void add(CompletableFuture<Void> run, boolean writes) {
      readers.removeIf(CompletableFuture::isDone);
      if (writes) {
        writer = run;
        readers.clear();
      } else {
        readers.add(run);
      }
    }

    private synchronized boolean idle() {
      return writer == null && readers.isEmpty();
    }

    /** Waits until the content is what the runs started so far leave. */
    void await(boolean writes) {
      if (idle()) {
        return;
      }
      Set<CompletableFuture<Void>> needed = new HashSet<>();
      addTo(needed, writes);
      needed.forEach(CompletableFuture::join);
    }
  }

  /** The result; cancelling it ends the run. */
  private static final class Started extends CompletableFuture<Execution> {
    private @Nullable Thread runner;

    /** Whether the run may begin, in this thread. */
    private synchronized boolean begin() {
      runner = isDone() ? null : Thread.currentThread();
      return runner != null;
    }

    private synchronized void end() {
      runner = null;
      // an interrupt that came too late must not meet what the thread does next
      Thread.interrupted();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean cancelled = super.cancel(mayInterrupt);
      synchronized (this) {
        if (cancelled && runner != null) {
          runner.interrupt();
        }
      }
      return cancelled;
    }
  }

  /** A buffer that a run uses. */
  record Use(Pending buffer, boolean writes) {}

  /**
   * Starts a run behind those that it depends on.
   *
   * @param run ends with CANCELLED if its thread is interrupted
   */
  synchronized CompletableFuture<Execution> start(List<Use> uses, Supplier<Execution> run) {
    Set<CompletableFuture<Void>> needed = new HashSet<>();
    uses.forEach(use -> use.buffer().addTo(needed, use.writes()));
    Started result = new Started();
    CompletableFuture<Void> over = new CompletableFuture<>();
    uses.forEach(use -> use.buffer().add(over, use.writes()));
    CompletableFuture.allOf(needed.toArray(CompletableFuture[]::new))
        .whenComplete(
            (nothing, failure) ->
                Thread.ofPlatform()
                    .daemon()
                    .name("heddle-run")
                    .start(() -> run(result, over, run)));
    return result;
  }

  private static void run(Started result, CompletableFuture<Void> over, Supplier<Execution> run) {
    try {
      if (result.begin()) {
        result.complete(run.get());
      }
    } catch (RunException e) {
      result.completeExceptionally(
          e.kind() == RunException.Kind.CANCELLED ? new CancellationException(e.getMessage()) : e);
    } catch (Throwable e) {
      result.completeExceptionally(e instanceof CompletionException ? e.getCause() : e);
    } finally {
      result.end();
      over.complete(null);
    }
  }
}
