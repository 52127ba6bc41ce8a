package dev.heddle.bench.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.heddle.bench.Native;
import dev.heddle.cli.run.Workload;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.api.Buffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The library that is built of {@code bench/gpu/twins.cu}. */
final class CudaTwins {
  private static final long DIMENSIONS = 3;

  private final Native library;

  /**
   * @param device the GPU's number
   */
  CudaTwins(Path library, int device) {
    this.library = new Native(library);
    done((int) call("twin_device", JAVA_INT, List.of(JAVA_INT), device));
  }

  private Object call(
      String function, MemoryLayout result, List<MemoryLayout> parameters, Object... arguments) {
    return Objects.requireNonNull(invoke(function, Optional.of(result), parameters, arguments));
  }

  private @Nullable Object invoke(
      String function,
      Optional<MemoryLayout> result,
      List<MemoryLayout> parameters,
      Object... arguments) {
    try {
      return library.function(function, result, parameters).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(function, e);
    }
  }

  private void done(int code) {
    if (code != 0) {
      throw failure();
    }
  }

  private IllegalStateException failure() {
    MemorySegment words = (MemorySegment) call("twin_error", ADDRESS, List.of());
    return new IllegalStateException(words.reinterpret(Long.MAX_VALUE).getString(0));
  }

  private double positive(Object number) {
    if ((double) number < 0) {
      throw failure();
    }
    return (double) number;
  }

  /** Bytes per second that a copy within the device's memory reads and writes. */
  double memoryBytes(long bytes) {
    return positive(call("ceiling_memory", JAVA_DOUBLE, List.of(JAVA_LONG), bytes));
  }

  /** Bytes per second between pinned host memory and the device. */
  double copyBytes(long bytes, boolean in, boolean out) {
    List<MemoryLayout> parameters = List.of(JAVA_LONG, JAVA_BOOLEAN, JAVA_BOOLEAN);
    return positive(call("ceiling_copies", JAVA_DOUBLE, parameters, bytes, in, out));
  }

  /** Nanoseconds from launching an empty kernel to knowing that it is done. */
  double launchNanos() {
    return positive(call("ceiling_launch", JAVA_DOUBLE, List.of()));
  }

  /** The same launch by the kernel's twin, on copies of its buffers as they are now. */
  Twin of(Workload.Launch launch) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment global = sizes(arena, launch.range().global());
      MemorySegment local = sizes(arena, launch.range().local().orElse(List.of()));
      MemorySegment name = arena.allocateFrom(launch.kernel().name());
      MemorySegment handle =
          (MemorySegment)
              call("twin_new", ADDRESS, List.of(ADDRESS, ADDRESS, ADDRESS), name, global, local);
      if (handle.address() == 0) {
        throw new IllegalStateException(launch.kernel().name() + " has no twin in twins.cu");
      }
      Twin twin = new Twin(handle, launch);
      twin.giveArguments();
      return twin;
    }
  }

  /** Three sizes, the missing ones 1; all 0 if none is given. */
  private static MemorySegment sizes(Arena arena, List<Long> sizes) {
    MemorySegment segment = arena.allocate(JAVA_LONG, DIMENSIONS);
    long missing = sizes.isEmpty() ? 0 : 1;
    for (int i = 0; i < DIMENSIONS; i++) {
      segment.setAtIndex(JAVA_LONG, i, i < sizes.size() ? sizes.get(i) : missing);
    }
    return segment;
  }

  /** A launch that can be repeated. */
  final class Twin implements AutoCloseable {
    private final MemorySegment handle;
    private final Workload.Launch launch;

    private Twin(MemorySegment handle, Workload.Launch launch) {
      this.handle = handle;
      this.launch = launch;
    }

    private void giveArguments() {
      List<Parameter> parameters = launch.kernel().parameters();
      for (int i = 0; i < parameters.size(); i++) {
        Optional<Buffer> buffer = launch.arguments().buffer(i);
        if (buffer.isPresent()) {
          MemorySegment content = buffer.get().read();
          List<MemoryLayout> layouts = List.of(ADDRESS, ADDRESS, JAVA_LONG);
          done((int) call("twin_buffer", JAVA_INT, layouts, handle, content, content.byteSize()));
        } else {
          scalar(launch.arguments().bits(i));
        }
      }
    }

    private void scalar(long bits) {
      invoke("twin_scalar", Optional.empty(), List.of(ADDRESS, JAVA_LONG), handle, bits);
    }

    /** Runs it once; nanoseconds on the device. */
    double run() {
      return positive(call("twin_run", JAVA_DOUBLE, List.of(ADDRESS), handle));
    }

    /** Nanoseconds to copy all buffers in, run, and copy back those that are written. */
    double runWithCopies() {
      List<MemoryLayout> layouts = List.of(ADDRESS, JAVA_INT, ADDRESS);
      List<Integer> buffers = buffers(launch);
      long start = System.nanoTime();
      for (int i : buffers) {
        MemorySegment content = launch.arguments().buffer(i).orElseThrow().read();
        done((int) call("twin_write", JAVA_INT, layouts, handle, i, content));
      }
      run();
      try (Arena arena = Arena.ofConfined()) {
        for (int i : buffers) {
          if (written(launch, i)) {
            read(i, arena);
          }
        }
      }
      return System.nanoTime() - start;
    }

    /** What a buffer argument holds now. */
    MemorySegment read(int argument, Arena arena) {
      long bytes = launch.arguments().buffer(argument).orElseThrow().bytes();
      MemorySegment to = arena.allocate(bytes, Long.BYTES);
      List<MemoryLayout> layouts = List.of(ADDRESS, JAVA_INT, ADDRESS);
      done((int) call("twin_read", JAVA_INT, layouts, handle, argument, to));
      return to;
    }

    @Override
    public void close() {
      invoke("twin_free", Optional.empty(), List.of(ADDRESS), handle);
    }
  }

  /** Positions of a launch's buffers. */
  static List<Integer> buffers(Workload.Launch launch) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < launch.kernel().parameters().size(); i++) {
      if (launch.arguments().buffer(i).isPresent()) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** Whether a kernel may write to a buffer argument. */
  static boolean written(Workload.Launch launch, int argument) {
    return launch.kernel().parameters().get(argument) instanceof Parameter.Pointer pointer
        && !pointer.readOnly();
  }
}
