package dev.heddle.backend.cpu.code;

import dev.heddle.compiler.ir.ElementType;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;

/**
 * Buffer parameters that are Java arrays, used where they are. Generated code gets an array of
 * them: for each parameter the Java array itself, and a spare one of the same class that holds a
 * vector; both null for all other parameters. The address of such a buffer in the frame counts from
 * the array's first byte.
 */
public final class ArrayParameters {
  /** Elements of a spare array; at least the lanes of a vector. */
  private static final int SPARE = 64;

  private ArrayParameters() {}

  /** Length for a kernel of so many parameters. */
  public static int length(int parameters) {
    return 2 * parameters;
  }

  /** Where a parameter's array is. */
  public static int array(int parameter) {
    return 2 * parameter;
  }

  /** Where a parameter's spare array is. */
  public static int spare(int parameter) {
    return 2 * parameter + 1;
  }

  /** A spare array for arrays of that class. */
  public static Object newSpare(Class<?> array) {
    return Array.newInstance(array.componentType(), SPARE);
  }

  /** An array without elements, for a parameter of that type. */
  public static Object empty(ElementType element) {
    return Array.newInstance(javaType(element), 0);
  }

  /** The type of the elements of a Java array that stands for a buffer of such elements. */
  public static ClassDesc component(ElementType element) {
    return javaType(element).describeConstable().orElseThrow();
  }

  private static Class<?> javaType(ElementType element) {
    return switch (element) {
      case CHAR -> byte.class;
      case SHORT -> short.class;
      case USHORT -> char.class;
      case INT -> int.class;
      case LONG -> long.class;
      case FLOAT -> float.class;
      case DOUBLE -> double.class;
      case BOOL, UCHAR, UINT, ULONG, HALF ->
          throw new IllegalArgumentException("no Java array of " + element.text());
    };
  }
}
