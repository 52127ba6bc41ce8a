package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.Launch;
import dev.heddle.runtime.support.HiddenParameter;
import dev.heddle.runtime.support.HiddenValues;
import dev.heddle.runtime.support.SubLaunch;
import java.util.List;
import java.util.Optional;

/** Lays out a launch's arguments, the hidden ones too, for a kernel's entry. */
final class Arguments {
  private static final int LOCAL_ALIGNMENT = 16;
  private static final long WINDOW_ALIGNMENT = 16;

  private final PrintedPtx printed;
  private final Launch launch;
  private final long[] localStarts;
  private final long dynamicShared;

  Arguments(List<Parameter> parameters, PrintedPtx printed, Launch launch) {
    this.printed = printed;
    this.launch = launch;
    if (parameters.size() != launch.arguments().size()) {
      throw new IllegalArgumentException(
          "%d arguments for %d parameters".formatted(launch.arguments().size(), parameters.size()));
    }
    localStarts = new long[parameters.size()];
    long shared = printed.dynamicShared();
    for (int i = 0; i < localStarts.length; i++) {
      check(parameters.get(i), launch.arguments().get(i));
      if (launch.arguments().get(i) instanceof Launch.Local local) {
        localStarts[i] = shared;
        shared += Math.ceilDiv(local.bytes(), LOCAL_ALIGNMENT) * LOCAL_ALIGNMENT;
      }
    }
    dynamicShared = shared;
  }

  private static void check(Parameter parameter, Launch.Argument argument) {
    if ((parameter instanceof Parameter.Scalar) != (argument instanceof Launch.Scalar)) {
      throw new IllegalArgumentException("wrong kind of argument for " + parameter.name());
    }
    if (argument instanceof Launch.Buffer buffer && buffer.windowStart() % WINDOW_ALIGNMENT != 0) {
      throw new DeviceException(
          Kind.LAUNCH,
          "the window of buffer %s begins at byte %d, not at a multiple of %d"
              .formatted(parameter.name(), buffer.windowStart(), WINDOW_ALIGNMENT));
    }
  }

  /** Bytes of dynamic shared memory. */
  long dynamicShared() {
    return dynamicShared;
  }

  /** Whether no buffer that is only read shares memory with one that is written. */
  boolean apart() {
    for (int read : printed.readOnly()) {
      for (int written : printed.written()) {
        if (launch.arguments().get(read) instanceof Launch.Buffer one
            && launch.arguments().get(written) instanceof Launch.Buffer other
            && ((CudaBuffer) one.memory()).overlaps((CudaBuffer) other.memory())) {
          return false;
        }
      }
    }
    return true;
  }

  /** The slots of the entry's parameters, for one part of the launch. */
  long[] slots(SubLaunch part, Optional<CudaStatus> status) {
    int count = launch.arguments().size();
    long[] slots = new long[count + printed.hidden().size()];
    for (int i = 0; i < count; i++) {
      slots[i] = slot(launch.arguments().get(i));
    }
    for (int i = 0; i < printed.hidden().size(); i++) {
      slots[count + i] = slot(printed.hidden().get(i), part, status);
    }
    return slots;
  }

  private static long slot(Launch.Argument argument) {
    return switch (argument) {
      case Launch.Scalar scalar -> scalar.bits();
      case Launch.Buffer buffer -> ((CudaBuffer) buffer.memory()).address() - buffer.windowStart();
      case Launch.Null none -> 0;
      case Launch.Local local -> 0;
    };
  }

  private long slot(HiddenParameter hidden, SubLaunch part, Optional<CudaStatus> status) {
    return switch (hidden.kind()) {
      case STATUS -> status.orElseThrow().words();
      case RECORDS -> status.orElseThrow().records();
      case LOCAL_START -> localStarts[hidden.index()];
      case ROOT_SIZE,
          WINDOW_START,
          WINDOW_SIZE,
          FIRST_ITEM,
          END_ITEM,
          FIRST_GROUP,
          GLOBAL_SIZE,
          GROUP_COUNT,
          GLOBAL_OFFSET,
          WORK_DIM ->
          HiddenValues.of(hidden, launch, part);
    };
  }
}
