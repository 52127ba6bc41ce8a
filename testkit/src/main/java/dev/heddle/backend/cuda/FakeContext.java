package dev.heddle.backend.cuda;

import dev.heddle.backend.cuda.FakeStream.Engine;
import dev.heddle.backend.cuda.FakeStream.Operation;
import dev.heddle.testkit.ptx.DeviceMemory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A context: its memory, and the streams whose work is done as late and in as strange an order as
 * streams and events allow. Nothing happens until somebody asks whether an event is done; then the
 * asking thread does work of any stream whose turn it is. So code that looks at memory too early,
 * or changes what a copy still has to read, does not get away with it.
 */
final class FakeContext {
  /** Thrown by work that never ends. */
  static final class Hang extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final FakeGpu gpu;
  private final DeviceMemory memory = new DeviceMemory();
  private final List<FakeStream> streams = new ArrayList<>();
  private final Map<Engine, Long> engines = new EnumMap<>(Engine.class);
  private final Map<Engine, Object> turns = new EnumMap<>(Engine.class);
  private final Random random;
  private int failure;

  FakeContext(FakeGpu gpu, long seed) {
    this.gpu = gpu;
    this.random = new Random(seed);
    for (Engine engine : Engine.values()) {
      engines.put(engine, 0L);
      turns.put(engine, new Object());
    }
  }

  FakeGpu gpu() {
    return gpu;
  }

  DeviceMemory memory() {
    return memory;
  }

  /** The code that every call fails with, or 0. */
  synchronized int failure() {
    return failure;
  }

  /** Every call fails from now on; what waits is woken. */
  synchronized void fail(int code) {
    failure = code;
    streams.forEach(FakeStream::clear);
    notifyAll();
  }

  synchronized FakeStream createStream() {
    FakeStream stream = new FakeStream();
    streams.add(stream);
    return stream;
  }

  synchronized void destroyStream(FakeStream stream) {
    streams.remove(stream);
  }

  synchronized void issue(FakeStream stream, Operation operation) {
    stream.add(operation);
    notifyAll();
  }

  synchronized boolean idle() {
    return streams.stream().allMatch(FakeStream::isEmpty);
  }

  /** Whether it is done; has one step of whatever work there is begun, and waits for no kernel. */
  boolean poll(Operation mark) {
    FakeStream ready = take(mark);
    if (ready != null && computes(ready)) {
      Thread.ofPlatform().daemon().name("fake-gpu").start(() -> work(ready));
    } else if (ready != null) {
      work(ready);
    }
    synchronized (this) {
      return mark.done;
    }
  }

  /** Works until it is done, or the context fails. */
  void await(Operation mark) {
    while (true) {
      FakeStream ready = take(mark);
      if (ready != null) {
        work(ready);
        continue;
      }
      synchronized (this) {
        if (mark.done || failure != 0) {
          return;
        }
        if (nextReady() == null) {
          waitForOthers();
        }
      }
    }
  }

  private void waitForOthers() {
    try {
      wait();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  /** A stream whose first operation the caller is to do now; null if there is nothing to do. */
  private synchronized @Nullable FakeStream take(Operation mark) {
    if (mark.done || failure != 0) {
      return null;
    }
    FakeStream ready = nextReady();
    if (ready != null) {
      first(ready).running = true;
    }
    return ready;
  }

  private @Nullable FakeStream nextReady() {
    List<FakeStream> ready =
        streams.stream().filter(s -> s.first() != null && first(s).ready()).toList();
    return ready.isEmpty() ? null : ready.get(random.nextInt(ready.size()));
  }

  private synchronized boolean computes(FakeStream stream) {
    Operation operation = stream.first();
    return operation != null && operation.engine == Engine.COMPUTE;
  }

  private static Operation first(FakeStream stream) {
    Operation first = stream.first();
    if (first == null) {
      throw new IllegalStateException("an empty stream");
    }
    return first;
  }

  private void work(FakeStream stream) {
    Operation operation;
    synchronized (this) {
      if (stream.isEmpty()) {
        return;
      }
      operation = first(stream);
    }
    Engine engine = operation.engine;
    if (engine == null || operation.work == null) {
      finish(stream, null, 0);
      return;
    }
    try {
      synchronized (Objects.requireNonNull(turns.get(engine))) {
        finish(stream, engine, operation.work.run());
      }
    } catch (Hang _) {
      // it stays where it is, running
    }
  }

  private synchronized void finish(FakeStream stream, @Nullable Engine engine, long duration) {
    if (!stream.isEmpty()) {
      long time = stream.finish(engine == null ? 0 : engines.get(engine), duration);
      if (engine != null) {
        engines.put(engine, time);
      }
    }
    notifyAll();
  }
}
