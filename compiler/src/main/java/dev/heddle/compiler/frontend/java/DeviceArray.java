package dev.heddle.compiler.frontend.java;

/**
 * An array that lives with the devices. Kernels made from Java code may call the methods {@code
 * get(long)}, {@code set(long, value)} and {@code size()} of a captured one; its class says the
 * element type by {@link Of}.
 */
public interface DeviceArray {
  /** Number of elements. */
  long size();

  /** The element type of a class of arrays. */
  @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
  @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE)
  @interface Of {
    /** A primitive type. */
    Class<?> value();
  }
}
