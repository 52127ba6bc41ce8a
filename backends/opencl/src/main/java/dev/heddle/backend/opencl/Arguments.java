package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.Launch;
import dev.heddle.runtime.support.HiddenParameter;
import dev.heddle.runtime.support.HiddenValues;
import dev.heddle.runtime.support.SubLaunch;
import java.util.List;
import java.util.Optional;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/** Passes a launch's arguments, the hidden ones too, to a kernel. */
final class Arguments {
  private final OpenClDriver driver;
  private final OpenClExecutable executable;
  private final Launch launch;
  private final cl_mem nothing;

  /**
   * @param nothing what stands for a null pointer
   */
  Arguments(OpenClDriver driver, OpenClExecutable executable, Launch launch, cl_mem nothing) {
    this.driver = driver;
    this.executable = executable;
    this.launch = launch;
    this.nothing = nothing;
    List<Parameter> parameters = executable.function().parameters();
    if (parameters.size() != launch.arguments().size()) {
      throw new IllegalArgumentException(
          "%d arguments for %d parameters".formatted(launch.arguments().size(), parameters.size()));
    }
  }

  void set(SubLaunch part, Optional<StatusBuffer> status) {
    cl_kernel kernel = executable.kernel();
    List<Parameter> parameters = executable.function().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      set(kernel, i, parameters.get(i));
    }
    int next = parameters.size();
    for (HiddenParameter hidden : executable.printed().hidden()) {
      if (hidden.kind() == HiddenParameter.Kind.STATUS) {
        driver.argument(kernel, next++, status.orElseThrow().memory());
      } else {
        driver.argument(kernel, next++, Long.BYTES, HiddenValues.of(hidden, launch, part));
      }
    }
  }

  private void set(cl_kernel kernel, int index, Parameter parameter) {
    switch (launch.arguments().get(index)) {
      case Launch.Scalar scalar -> {
        if (!(parameter instanceof Parameter.Scalar declared)) {
          throw mismatch(parameter);
        }
        driver.argument(kernel, index, declared.value().type().bytes(), scalar.bits());
      }
      case Launch.Buffer buffer -> {
        checkWindow(parameter, buffer);
        driver.argument(kernel, index, ((OpenClBuffer) buffer.memory()).memory());
      }
      case Launch.Null none -> driver.argument(kernel, index, nothing);
      // whole longs, since the kernel zeroes it by longs
      case Launch.Local local ->
          driver.localArgument(
              kernel, index, Math.max(1, Math.ceilDiv(local.bytes(), Long.BYTES)) * Long.BYTES);
    }
  }

  private static IllegalArgumentException mismatch(Parameter parameter) {
    return new IllegalArgumentException("wrong kind of argument for " + parameter.name());
  }

  private static void checkWindow(Parameter parameter, Launch.Buffer buffer) {
    if (buffer.windowStart() % Long.BYTES != 0) {
      throw new DeviceException(
          Kind.LAUNCH,
          "the window of buffer %s begins at byte %d, not at a multiple of 8"
              .formatted(parameter.name(), buffer.windowStart()));
    }
  }
}
