package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** The machine's devices, opened. Safe for use from several threads. */
public final class Session implements AutoCloseable {
  private Session() {}

  /** Finds and opens all devices. */
  public static Session open(SessionOptions options) {
    throw new UnsupportedOperationException();
  }

  /** All devices that were found, in a stable order. */
  public List<DeviceInfo> devices() {
    throw new UnsupportedOperationException();
  }

  /**
   * The devices that {@code selector} names.
   *
   * @throws dev.heddle.runtime.run.RunException NO_SUCH_DEVICE, saying which there are
   */
  public List<DeviceInfo> devices(DeviceSelector selector) {
    throw new UnsupportedOperationException();
  }

  /** What was left out and why, one sentence each. */
  public List<String> notes() {
    throw new UnsupportedOperationException();
  }

  /**
   * Compiles OpenCL C sources as one program, in order.
   *
   * @throws dev.heddle.compiler.diagnostic.CompileException with everything that was found
   */
  public Program compile(List<SourceFile> sources, FrontendOptions options) {
    return program(OpenClCompiler.compile(sources, options));
  }

  /** The kernels of a compiled program. */
  public Program program(dev.heddle.compiler.ir.Program program) {
    throw new UnsupportedOperationException();
  }

  /** The names of the code that the back ends generate, such as {@code jvm} and {@code opencl}. */
  public List<String> targets() {
    throw new UnsupportedOperationException();
  }

  /**
   * The code that the back end with that target generates for a kernel, all accesses guarded; empty
   * if there is no such target. Needs no device.
   */
  public Optional<String> listing(String target, Kernel kernel, CompileOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * A buffer of zeroes in memory of its own, aligned to 64 bytes.
   *
   * @throws dev.heddle.runtime.run.RunException OUT_OF_MEMORY
   */
  public Buffer allocate(long bytes) {
    throw new UnsupportedOperationException();
  }

  /**
   * A buffer over native memory of the caller, such as a mapped file, which must stay alive as long
   * as the buffer. Read-only memory is good for buffers that kernels only read.
   */
  public Buffer wrap(MemorySegment memory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
