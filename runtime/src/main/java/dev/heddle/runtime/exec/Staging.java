package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.exec.ChunkSource.Chunk;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of one chunk on one device: brings what the chunk reads, and notes afterwards what it
 * wrote. Where a device's memory is too small for whole buffers it works on windows of them, which
 * live as long as the chunk.
 */
final class Staging implements AutoCloseable {
  private static final Launch.Argument NULL = new Launch.Null();

  private record Windowed(BufferUse use, ManagedBuffer buffer, DeviceBuffer memory, long start) {}

  private final PreparedLaunch launch;
  private final Bindings bindings;
  private final DeviceView view;
  private final @Nullable PrivateCopies privates;
  private final boolean windows;
  private final Chunk chunk;
  private final long begin;
  private final long end;
  private List<Event> events = List.of();
  private List<Windowed> windowed = List.of();
  private long bytesIn;
  private long bytesOut;

  Staging(
      Run run, DeviceView view, @Nullable PrivateCopies privates, boolean windows, Chunk chunk) {
    this.launch = run.launch();
    this.bindings = run.bindings();
    this.view = view;
    this.privates = privates;
    this.windows = windows;
    this.chunk = chunk;
    this.begin = launch.item(chunk.begin());
    this.end = launch.item(chunk.end());
  }

  /** Copies that the launch is to follow. */
  List<Event> events() {
    return events;
  }

  long bytesIn() {
    return bytesIn;
  }

  long bytesOut() {
    return bytesOut;
  }

  /** Brings what the chunk needs. */
  Launch stage() {
    Launch.Argument[] arguments = new Launch.Argument[launch.parameters()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          switch (launch.code().kind(i)) {
            case INTEGER, FLOAT -> new Launch.Scalar(bindings.bits()[i]);
            case LOCAL -> new Launch.Local(bindings.bits()[i]);
            case BUFFER -> buffer(i);
          };
    }
    return launch.launch(chunk.begin(), chunk.end(), List.of(arguments));
  }

  private Launch.Argument buffer(int parameter) {
    ManagedBuffer buffer = bindings.buffers()[parameter];
    BufferUse use = launch.use(parameter);
    if (buffer == null || use == null || buffer.bytes() == 0) {
      return NULL;
    }
    if (privates != null && use.writing() == BufferUse.Writing.REDUCED) {
      return new Launch.Buffer(privates.of(use, buffer), buffer.bytes(), 0);
    }
    if (windows) {
      requireAlone(parameter);
      return window(use, buffer);
    }
    if (!buffer.validAt(view)) {
      bring(use, buffer);
    }
    return new Launch.Buffer(buffer.on(view), buffer.bytes(), buffer.start());
  }

  /** Two windows of one buffer would not see each other's writes. */
  private void requireAlone(int parameter) {
    for (int i = 0; i < launch.parameters(); i++) {
      if (i != parameter && bindings.buffers()[i] == bindings.buffers()[parameter]) {
        throw new DeviceException(
            DeviceException.Kind.OUT_OF_MEMORY,
            view.id() + " does not hold a buffer that is passed twice");
      }
    }
  }

  private void bring(BufferUse use, ManagedBuffer buffer) {
    if (events.isEmpty()) {
      events = new ArrayList<>();
    }
    for (ByteRange range : needed(use)) {
      for (long piece = 0; piece < range.count(); piece++) {
        long start = range.start() + piece * range.stride();
        bytesIn += buffer.bring(view, start, start + range.length(), events);
      }
    }
  }

  /** What must be there before the chunk starts: what it reads, and what it may leave unwritten. */
  private List<ByteRange> needed(BufferUse use) {
    List<ByteRange> reads = use.reads(begin, end);
    boolean owns =
        use.writing() == BufferUse.Writing.MAYBE || use.writing() == BufferUse.Writing.REDUCED;
    if (!owns) {
      return reads;
    }
    List<ByteRange> all = new ArrayList<>(reads);
    all.addAll(use.writes(begin, end));
    return all;
  }

  private Launch.Argument window(BufferUse use, ManagedBuffer buffer) {
    Footprint.Window window = Footprint.window(launch, use, chunk.begin(), chunk.end());
    if (window.bytes() == 0) {
      // nothing is touched, yet the kernel may ask for the size
      window = new Footprint.Window(0, 1);
    }
    DeviceBuffer memory = view.device().allocate(window.bytes());
    if (windowed.isEmpty()) {
      windowed = new ArrayList<>();
    }
    windowed.add(new Windowed(use, buffer, memory, window.begin()));
    if (events.isEmpty()) {
      events = new ArrayList<>();
    }
    for (ByteRange range : needed(use)) {
      for (long piece = 0; piece < range.count(); piece++) {
        long start = range.start() + piece * range.stride();
        buffer.bring(null, start, start + range.length(), events);
        MemorySegment from = buffer.host(start, range.length());
        events.add(view.copyIn(from, memory, start - window.begin()));
        bytesIn += range.length();
      }
    }
    return new Launch.Buffer(memory, buffer.bytes(), window.begin());
  }

  /** Notes what was written, once the launch is done. */
  void commit() {
    if (windows) {
      windowed.forEach(this::copyBack);
      return;
    }
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      ManagedBuffer buffer = bindings.buffers()[i];
      if (use == null || buffer == null || buffer.onlyAt(view) || kept(use)) {
        continue;
      }
      for (ByteRange range : use.writes(begin, end)) {
        for (long piece = 0; piece < range.count(); piece++) {
          long start = range.start() + piece * range.stride();
          buffer.written(view, start, start + range.length());
        }
      }
    }
  }

  /** Whether the buffer itself is not written, though the kernel writes. */
  private boolean kept(BufferUse use) {
    return use.writing() == BufferUse.Writing.NONE
        || (privates != null && use.writing() == BufferUse.Writing.REDUCED);
  }

  private void copyBack(Windowed window) {
    List<Event> copies = new ArrayList<>();
    List<ByteRange> written = window.use().writes(begin, end);
    for (ByteRange range : written) {
      for (long piece = 0; piece < range.count(); piece++) {
        long start = range.start() + piece * range.stride();
        MemorySegment to = window.buffer().host(start, range.length());
        copies.add(view.copyOut(window.memory(), start - window.start(), to));
        bytesOut += range.length();
      }
    }
    copies.forEach(Event::await);
    for (ByteRange range : written) {
      for (long piece = 0; piece < range.count(); piece++) {
        long start = range.start() + piece * range.stride();
        window.buffer().writtenOnHost(start, start + range.length());
      }
    }
  }

  @Override
  public void close() {
    if (view.lost().isEmpty()) {
      windowed.forEach(window -> window.memory().close());
    }
  }
}
