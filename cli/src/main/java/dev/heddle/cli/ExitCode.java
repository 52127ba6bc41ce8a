package dev.heddle.cli;

import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.runtime.npy.NpyException;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.spi.DeviceException;

/** What the process ends with. */
final class ExitCode {
  static final int OK = 0;
  static final int INTERNAL = 1;
  static final int USAGE = 2;
  static final int MISMATCH = 3;
  static final int NO_SUCH_DEVICE = 4;
  static final int COMPILE = 5;
  static final int KERNEL_FAULT = 6;
  static final int OUT_OF_MEMORY = 7;
  static final int TIMEOUT = 8;
  static final int DEVICE_LOST = 9;
  static final int REGRESSION = 10;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Throwable error) {
    return switch (error) {
      case RunException run -> of(run.kind());
      case DeviceException device -> of(device.kind());
      case CompileException compile -> COMPILE;
      case UsageException usage -> USAGE;
      case NpyException npy -> USAGE;
      case OutOfMemoryError memory -> OUT_OF_MEMORY;
      default -> INTERNAL;
    };
  }

  private static int of(RunException.Kind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case NO_SUCH_DEVICE -> NO_SUCH_DEVICE;
      case COMPILE -> COMPILE;
      case KERNEL_FAULT -> KERNEL_FAULT;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case TIMEOUT -> TIMEOUT;
      case DEVICE_LOST -> DEVICE_LOST;
      case MISMATCH -> MISMATCH;
      case CANCELLED -> INTERRUPTED;
    };
  }

  private static int of(DeviceException.Kind kind) {
    return switch (kind) {
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case COMPILE -> COMPILE;
      case LAUNCH, LOST -> DEVICE_LOST;
    };
  }
}
