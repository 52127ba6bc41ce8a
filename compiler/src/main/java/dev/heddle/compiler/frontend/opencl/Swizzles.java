package dev.heddle.compiler.frontend.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The names of vector components (OpenCL C 1.2 section 6.1.7). */
final class Swizzles {
  private Swizzles() {}

  /**
   * The components that {@code name} picks from a vector of {@code width}; null if it is no name.
   */
  static @Nullable List<Integer> components(String name, int width) {
    int room = width == 3 ? 4 : width;
    List<Integer> found =
        switch (name) {
          case "lo" -> range(0, room / 2, 1);
          case "hi" -> range(room / 2, room, 1);
          case "even" -> range(0, room, 2);
          case "odd" -> range(1, room, 2);
          default -> named(name);
        };
    if (found == null || found.size() > 16 || !validSize(found.size())) {
      return null;
    }
    // the half of a vector of three that has no component reads the one before
    List<Integer> clipped = found.stream().map(c -> width == 3 && c == 3 ? 2 : c).toList();
    boolean named = found.equals(named(name));
    return (named ? found : clipped).stream().allMatch(c -> c < width)
        ? (named ? found : clipped)
        : null;
  }

  private static boolean validSize(int size) {
    return size <= 4 && size > 0 || size == 8 || size == 16;
  }

  private static List<Integer> range(int from, int to, int step) {
    return IntStream.iterate(from, i -> i < to, i -> i + step).boxed().toList();
  }

  private static @Nullable List<Integer> named(String name) {
    boolean numbered = name.length() > 1 && (name.charAt(0) == 's' || name.charAt(0) == 'S');
    List<Integer> result = new ArrayList<>();
    for (int i = numbered ? 1 : 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int component = numbered ? Character.digit(c, 16) : Math.max("xyzw".indexOf(c), -1);
      if (!numbered && component < 0) {
        component = "rgba".indexOf(c);
      }
      if (component < 0) {
        return null;
      }
      result.add(component);
    }
    return result;
  }
}
