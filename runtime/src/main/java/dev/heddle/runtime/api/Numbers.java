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

  /** An element of that memory, boxed. */
  static Object read(MemorySegment memory, ElementType element, long index) {
    return switch (element) {
      case INT -> memory.getAtIndex(ValueLayout.JAVA_INT, index);
      case LONG -> memory.getAtIndex(ValueLayout.JAVA_LONG, index);
      case FLOAT -> memory.getAtIndex(ValueLayout.JAVA_FLOAT, index);
      case DOUBLE -> memory.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
      case BOOL, CHAR, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(element.text());
    };
  }

  /** Sets an element of that memory. */
  static void write(MemorySegment memory, ElementType element, long index, Object value) {
    switch (element) {
      case INT -> memory.setAtIndex(ValueLayout.JAVA_INT, index, (int) value);
      case LONG -> memory.setAtIndex(ValueLayout.JAVA_LONG, index, (long) value);
      case FLOAT -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
      case DOUBLE -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, index, (double) value);
      case BOOL, CHAR, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(element.text());
    }
  }
}
