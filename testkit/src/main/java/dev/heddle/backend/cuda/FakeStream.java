package dev.heddle.backend.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was issued to a stream and is not done. */
final class FakeStream {
  /** What does the work; operations of one engine run one after the other. */
  enum Engine {
    COMPUTE,
    COPY_IN,
    COPY_OUT
  }

  /** Work, and how long it takes in simulated time. */
  interface Work {
    long run();
  }

  /** Something issued: work for an engine, a mark that an event waits for, or a wait for a mark. */
  static final class Operation {
    final @Nullable Engine engine;
    final @Nullable Work work;
    final @Nullable Operation awaited;
    boolean running;
    boolean done;
    long time;

    private Operation(@Nullable Engine engine, @Nullable Work work, @Nullable Operation awaited) {
      this.engine = engine;
      this.work = work;
      this.awaited = awaited;
    }

    static Operation work(Engine engine, Work work) {
      return new Operation(engine, work, null);
    }

    static Operation mark() {
      return new Operation(null, null, null);
    }

    static Operation waitFor(Operation mark) {
      return new Operation(null, null, mark);
    }

    boolean ready() {
      return !running && (awaited == null || awaited.done);
    }
  }

  private final Deque<Operation> operations = new ArrayDeque<>();
  private long time;

  void add(Operation operation) {
    operations.add(operation);
  }

  @Nullable Operation first() {
    return operations.peek();
  }

  /** Takes out the first operation, which took that long on an engine free from {@code free}. */
  long finish(long free, long duration) {
    Operation first = operations.remove();
    if (first.awaited != null) {
      time = Math.max(time, first.awaited.time);
    }
    time = Math.max(time, free) + duration;
    first.done = true;
    first.time = time;
    return time;
  }

  boolean isEmpty() {
    return operations.isEmpty();
  }

  void clear() {
    operations.clear();
  }
}
