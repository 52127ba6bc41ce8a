package dev.heddle.cli.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Compares what a STREAM kernel wrote with the same computed in Java: no speed without it. */
final class StreamCheck {
  private static final float FACTOR = 3;

  private StreamCheck() {}

  /**
   * @param a what the kernel wrote in one run; before, {@link DeviceProbes#pattern} was in it
   * @throws WrongResultException if an element is wrong
   */
  static void require(
      String what, String kernel, MemorySegment a, MemorySegment b, MemorySegment c) {
    long count = a.byteSize() / Float.BYTES;
    for (long i = 0; i < count; i++) {
      float found = a.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float right =
          expected(
              kernel,
              b.getAtIndex(ValueLayout.JAVA_FLOAT, i),
              c.getAtIndex(ValueLayout.JAVA_FLOAT, i),
              DeviceProbes.pattern(i, 0));
      if (Float.floatToRawIntBits(found) != Float.floatToRawIntBits(right)) {
        throw new WrongResultException(
            "%s gives %s instead of %s at %d: its speed means nothing"
                .formatted(what, found, right, i));
      }
    }
  }

  /** In Heddle's OpenCL C, {@code b + 3 * c} is one fused operation. */
  private static float expected(String kernel, float b, float c, float before) {
    return switch (kernel) {
      case "copy" -> b;
      case "scale" -> FACTOR * b;
      case "add" -> b + c;
      case "triad" -> Math.fma(FACTOR, c, b);
      default -> Math.fma(FACTOR, b, before);
    };
  }
}
