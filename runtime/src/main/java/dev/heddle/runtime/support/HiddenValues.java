package dev.heddle.runtime.support;

import dev.heddle.runtime.spi.Launch;

/** The values of the hidden parameters that a launch alone decides. */
public final class HiddenValues {
  private HiddenValues() {}

  /**
   * @param part which of the driver's launches it is for
   * @throws IllegalArgumentException for what only a device knows
   */
  public static long of(HiddenParameter hidden, Launch launch, SubLaunch part) {
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
          throw new IllegalArgumentException(hidden.text() + " is for the device to give");
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
