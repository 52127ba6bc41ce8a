package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;

/** A driver call that failed. */
final class CudaFailure extends RuntimeException {
  static final int INVALID_VALUE = 1;
  static final int OUT_OF_MEMORY = 2;
  static final int NO_DEVICE = 100;
  static final int INVALID_PTX = 218;
  static final int ILLEGAL_ADDRESS = 700;
  static final int LAUNCH_OUT_OF_RESOURCES = 701;
  static final int LAUNCH_FAILED = 719;

  private final int code;

  /**
   * @param code a {@code CUresult}
   * @param call the driver's name of the call, and what it was about
   * @param words the name of the code, or what a compiler said
   */
  CudaFailure(int code, String call, String words) {
    super(call + " failed with " + words);
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether the context cannot be used any more after this. */
  boolean sticky() {
    return switch (code) {
      // destroyed contexts, devices that went away, uncorrectable memory errors
      case 4, 46, 100, 101, 201, 214, 220, 226, 709 -> true;
      // kernels that failed: illegal address 700, timeout 702, traps and hardware exceptions
      case 700, 702, 710, 714, 715, 716, 717, 718, 719, 721, 999 -> true;
      default -> false;
    };
  }

  /** As the runtime sees it. */
  DeviceException on(String device) {
    return new DeviceException(kind(), getMessage() + " on " + device, this);
  }

  private Kind kind() {
    if (sticky()) {
      return Kind.LOST;
    }
    return switch (code) {
      case OUT_OF_MEMORY -> Kind.OUT_OF_MEMORY;
      // no image for the device, and what the PTX compiler says
      case 200, 209, INVALID_PTX, 219, 221, 222, 223, 300, 301 -> Kind.COMPILE;
      default -> Kind.LAUNCH;
    };
  }
}
