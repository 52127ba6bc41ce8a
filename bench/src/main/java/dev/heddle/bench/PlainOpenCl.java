package dev.heddle.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.heddle.runtime.run.NDRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** OpenCL by plain API calls, through the C functions of {@code plain_opencl.c}. */
final class PlainOpenCl {
  /** A kernel with its arguments set, and its range. */
  record Launch(MemorySegment kernel, NDRange range) {}

  private final MethodHandle kernel;
  private final MethodHandle buffer;
  private final MethodHandle setBuffer;
  private final MethodHandle setScalar;
  private final MethodHandle run;

  PlainOpenCl(Native library) {
    kernel =
        library.function("plain_kernel", Optional.of(ADDRESS), List.of(ADDRESS, ADDRESS, ADDRESS));
    buffer = library.function("plain_buffer", Optional.of(ADDRESS), List.of(ADDRESS, JAVA_LONG));
    setBuffer =
        library.function(
            "plain_set_buffer", Optional.of(JAVA_INT), List.of(ADDRESS, JAVA_INT, ADDRESS));
    setScalar =
        library.function(
            "plain_set_scalar",
            Optional.of(JAVA_INT),
            List.of(ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS));
    run =
        library.function(
            "plain_run",
            Optional.of(JAVA_INT),
            List.of(ADDRESS, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  }

  MemorySegment kernel(String source, String options, String name) {
    try (Arena arena = Arena.ofConfined()) {
      Object made =
          Calls.invoke(
              kernel,
              List.of(
                  arena.allocateFrom(source),
                  arena.allocateFrom(options),
                  arena.allocateFrom(name)));
      if (made instanceof MemorySegment segment && segment.address() != 0) {
        return segment;
      }
      throw new IllegalStateException("plain OpenCL could not build " + name);
    }
  }

  MemorySegment buffer(MemorySegment memory) {
    if (Calls.invoke(buffer, List.of(memory, memory.byteSize())) instanceof MemorySegment made) {
      return made;
    }
    throw new IllegalStateException("plain OpenCL could not make a buffer");
  }

  void set(MemorySegment target, int at, Object value) {
    try (Arena arena = Arena.ofConfined()) {
      switch (value) {
        case MemorySegment memory -> check(Calls.invoke(setBuffer, List.of(target, at, memory)));
        case Integer i ->
            check(
                Calls.invoke(setScalar, List.of(target, at, 4L, arena.allocateFrom(JAVA_INT, i))));
        case Float f ->
            check(
                Calls.invoke(
                    setScalar,
                    List.of(target, at, 4L, arena.allocateFrom(ValueLayout.JAVA_FLOAT, f))));
        default -> throw new IllegalArgumentException("no OpenCL argument: " + value);
      }
    }
  }

  void run(Launch launch) {
    NDRange range = launch.range();
    long y = range.dimensions() > 1 ? range.global().get(1) : 1;
    long localX = range.local().map(List::getFirst).orElse(0L);
    long localY = range.local().filter(l -> l.size() > 1).map(l -> l.get(1)).orElse(1L);
    check(
        Calls.invoke(
            run,
            List.of(
                launch.kernel(),
                range.dimensions(),
                range.global().getFirst(),
                y,
                localX,
                localY)));
  }

  private static void check(@org.jspecify.annotations.Nullable Object status) {
    if (!Integer.valueOf(0).equals(status)) {
      throw new IllegalStateException("plain OpenCL failed with status " + status);
    }
  }
}
