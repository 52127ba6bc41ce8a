package dev.heddle.backend.opencl;

import dev.heddle.runtime.spi.DeviceBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/** Memory of an OpenCL device. The driver frees it when no command uses it any more. */
final class OpenClBuffer implements DeviceBuffer {
  private final OpenClDevice device;
  private final OpenClDriver driver;
  private final cl_mem memory;
  private final long bytes;
  private final @Nullable MemorySegment host;
  private @Nullable ByteBuffer mapped;
  private boolean closed;

  /**
   * @param host the host memory that this buffer lies over, if any
   */
  OpenClBuffer(
      OpenClDevice device,
      OpenClDriver driver,
      cl_mem memory,
      long bytes,
      @Nullable MemorySegment host) {
    this.device = device;
    this.driver = driver;
    this.memory = memory;
    this.bytes = bytes;
    this.host = host;
  }

  OpenClDevice device() {
    return device;
  }

  cl_mem memory() {
    if (closed) {
      throw new IllegalStateException("buffer is closed");
    }
    return memory;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** Whether it lies over host memory. */
  boolean wraps() {
    return host != null;
  }

  /** Gives the host its turn on wrapped memory after the commands in the queue, if it had none. */
  synchronized Optional<cl_event> toHost(cl_command_queue queue) {
    if (mapped != null) {
      return Optional.empty();
    }
    cl_event event = new cl_event();
    mapped = driver.map(queue, memory, bytes, event);
    return Optional.of(event);
  }

  /** Gives the device its turn on wrapped memory. */
  synchronized void toDevice(cl_command_queue queue) {
    if (mapped != null) {
      driver.unmap(queue, memory, mapped);
      mapped = null;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      device.release(() -> driver.release(memory));
    }
  }
}
