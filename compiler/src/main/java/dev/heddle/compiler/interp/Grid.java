package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpResult.Item;

/** The geometry of a launch: which work-item is which. Items of a group count x fastest. */
final class Grid {
  private final InterpLaunch launch;

  Grid(InterpLaunch launch) {
    this.launch = launch;
  }

  InterpLaunch launch() {
    return launch;
  }

  /** Coordinate of a group along a dimension. */
  long group(long linear, int dimension) {
    long coordinate = linear;
    for (int d = 0; d < dimension; d++) {
      coordinate /= launch.groupCount(d);
    }
    return coordinate % launch.groupCount(dimension);
  }

  /** Size of a group along a dimension; the last one may be smaller. */
  int size(long linear, int dimension) {
    long begin = group(linear, dimension) * launch.local()[dimension];
    return (int) Math.min(launch.local()[dimension], launch.global()[dimension] - begin);
  }

  int items(long linear) {
    return size(linear, 0) * size(linear, 1) * size(linear, 2);
  }

  /** Local id of an item along a dimension. */
  int local(long linear, int item, int dimension) {
    int rest = item;
    for (int d = 0; d < dimension; d++) {
      rest /= size(linear, d);
    }
    return rest % size(linear, dimension);
  }

  long global(long linear, int item, int dimension) {
    return launch.offset()[dimension]
        + group(linear, dimension) * launch.local()[dimension]
        + local(linear, item, dimension);
  }

  Item item(long linear, int item) {
    return new Item(global(linear, item, 0), global(linear, item, 1), global(linear, item, 2));
  }
}
