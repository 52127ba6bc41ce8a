package dev.heddle.runtime.fake;

import dev.heddle.runtime.spi.Launch;
import java.util.stream.LongStream;

/** What a launch's ranges mean. */
final class FakeLaunches {
  private FakeLaunches() {}

  /** Linear ids of the groups, x fastest. */
  static long[] groups(Launch launch) {
    long across = launch.range().groups(0);
    long plane = across * launch.range().groups(1);
    long[] begin = launch.groupBegin();
    long[] end = launch.groupEnd();
    LongStream.Builder ids = LongStream.builder();
    for (long z = begin[2]; z < end[2]; z++) {
      for (long y = begin[1]; y < end[1]; y++) {
        for (long x = begin[0]; x < end[0]; x++) {
          ids.add(z * plane + y * across + x);
        }
      }
    }
    return ids.build().toArray();
  }

  static long items(Launch launch) {
    long items = 1;
    for (int d = 0; d < 3; d++) {
      long local = launch.range().local()[d];
      long last = Math.min(launch.groupEnd()[d] * local, launch.range().global()[d]);
      items *= last - launch.groupBegin()[d] * local;
    }
    return items;
  }
}
