package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.Executable;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/** A kernel built for one OpenCL device. */
final class OpenClExecutable implements Executable {
  private final OpenClDevice device;
  private final OpenClDriver driver;
  private final Function function;
  private final PrintedKernel printed;
  private final cl_program program;
  private final cl_kernel kernel;
  private final long maxGroup;
  private boolean closed;

  OpenClExecutable(
      OpenClDevice device,
      OpenClDriver driver,
      Function function,
      PrintedKernel printed,
      cl_program program,
      cl_kernel kernel,
      long maxGroup) {
    this.device = device;
    this.driver = driver;
    this.function = function;
    this.printed = printed;
    this.program = program;
    this.kernel = kernel;
    this.maxGroup = maxGroup;
  }

  OpenClDevice device() {
    return device;
  }

  Function function() {
    return function;
  }

  PrintedKernel printed() {
    return printed;
  }

  cl_kernel kernel() {
    if (closed) {
      throw new IllegalStateException("executable of " + function.name() + " is closed");
    }
    return kernel;
  }

  /** Most work-items in a group. */
  long maxGroup() {
    return maxGroup;
  }

  @Override
  public String listing() {
    return printed.source();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      device.release(
          () -> {
            driver.release(kernel);
            driver.release(program);
          });
    }
  }
}
