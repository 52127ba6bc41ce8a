package dev.heddle.runtime.spi;

import dev.heddle.compiler.ir.Function;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A view of a processor. Copies and launches may return before they are done; they start when the
 * events they are to follow are done. Safe for use from several threads. Closing a device ends what
 * runs on it.
 */
public interface Device extends AutoCloseable {
  DeviceInfo info();

  /**
   * Compiles an inlined, expanded kernel: no calls, no builtins that {@code options} want expanded.
   *
   * @throws DeviceException if the device can't take the kernel
   */
  Executable compile(Function kernel, CompileOptions options);

  /**
   * Allocates a buffer whose bytes are zero.
   *
   * @throws DeviceException with kind OUT_OF_MEMORY if there is no room
   */
  DeviceBuffer allocate(long bytes);

  /** A buffer over host memory itself, where the device shares it; closing it frees nothing. */
  DeviceBuffer wrap(MemorySegment host);

  /**
   * Whether {@link #wrap} takes whole Java arrays, too, and kernels compiled for them work in
   * place, see {@link CompileOptions#arrays}.
   */
  default boolean takesArrays() {
    return false;
  }

  /** Copies host bytes into {@code to}, from {@code offset} on. */
  Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after);

  /** Copies bytes of {@code from}, from {@code offset} on, to host memory, as many as fit there. */
  Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after);

  /**
   * Runs the work-groups of {@code launch}. Work that a device does on the caller's own thread it
   * does in {@link Event#await}, never here, so that it can be cancelled and other devices can be
   * given their work first.
   */
  Event launch(Executable executable, Launch launch, List<Event> after);

  @Override
  void close();
}
