package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.Launch;
import dev.heddle.runtime.support.HiddenParameter;
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
        driver.argument(kernel, next++, Long.BYTES, value(hidden, part));
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

  private long value(HiddenParameter hidden, SubLaunch part) {
    int i = hidden.index();
    return switch (hidden.kind()) {
      case ROOT_SIZE -> rootSize(launch.arguments().get(i));
      case WINDOW_START ->
          launch.arguments().get(i) instanceof Launch.Buffer buffer ? buffer.windowStart() : 0;
      case WINDOW_SIZE -> windowSize(launch.arguments().get(i));
      case FIRST_ITEM -> part.firstItem()[i];
      case END_ITEM -> part.endItem()[i];
      case FIRST_GROUP -> part.firstGroup()[i];
      case GLOBAL_SIZE -> launch.range().global()[i];
      case GROUP_COUNT -> launch.range().groups(i);
      case GLOBAL_OFFSET -> launch.range().offset()[i];
      case WORK_DIM -> launch.range().dimensions();
      case STATUS, LOCAL_START, RECORDS ->
          throw new IllegalStateException(hidden.text() + " is no number of OpenCL's");
    };
  }

  private static long rootSize(Launch.Argument argument) {
    return switch (argument) {
      case Launch.Buffer buffer -> buffer.rootBytes();
      case Launch.Local local -> local.bytes();
      case Launch.Null none -> 0;
      case Launch.Scalar scalar -> throw new IllegalArgumentException("a scalar has no size");
    };
  }

  private static long windowSize(Launch.Argument argument) {
    return argument instanceof Launch.Buffer buffer
        ? Math.min(buffer.memory().bytes(), buffer.rootBytes() - buffer.windowStart())
        : 0;
  }
}
