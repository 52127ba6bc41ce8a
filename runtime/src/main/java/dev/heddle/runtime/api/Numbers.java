package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Java's numbers as bits. */
final class Numbers {
  private Numbers() {}

  /** The low bits of a boxed number; those above may be anything. */
  static long bits(Object number) {
    return switch (number) {
      case Boolean flag -> flag ? 1 : 0;
      case Byte value -> value;
      case Short value -> value;
      case Character value -> value;
      case Integer value -> value;
      case Long value -> value;
      case Float value -> Float.floatToRawIntBits(value);
      case Double value -> Double.doubleToRawLongBits(value);
      default -> throw new IllegalArgumentException(number.getClass().getName());
    };
  }

  /** The first element of that memory, boxed. */
  static Object read(MemorySegment memory, ElementType element) {
    return switch (element) {
      case INT -> memory.get(ValueLayout.JAVA_INT, 0);
      case LONG -> memory.get(ValueLayout.JAVA_LONG, 0);
      case FLOAT -> memory.get(ValueLayout.JAVA_FLOAT, 0);
      case DOUBLE -> memory.get(ValueLayout.JAVA_DOUBLE, 0);
      case BOOL, CHAR, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(element.text());
    };
  }
}
