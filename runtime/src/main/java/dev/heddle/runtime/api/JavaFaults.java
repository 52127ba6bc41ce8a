package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaKernel;
import dev.heddle.compiler.frontend.java.Thrown;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.RunException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Faults of kernels made from Java code as the exceptions that Java throws. */
final class JavaFaults {
  private JavaFaults() {}

  /**
   * The exception for the lowest work-item that faulted; its cause is {@code e}.
   *
   * @param lengths the number of elements of an array of that name
   */
  static RuntimeException translate(
      RunException e, JavaKernel kernel, ToLongFunction<String> lengths) {
    if (e.kind() != RunException.Kind.KERNEL_FAULT || e.execution().isEmpty()) {
      return e;
    }
    KernelFault fault = e.execution().get().faults().getFirst();
    RuntimeException exception =
        switch (fault.kind()) {
          case DIVISION_BY_ZERO -> new ArithmeticException("/ by zero");
          case OUT_OF_BOUNDS -> outOfBounds(fault, kernel, lengths);
          case MISALIGNED, BARRIER -> null;
        };
    if (exception == null) {
      return e;
    }
    exception.initCause(e);
    return exception;
  }

  private static RuntimeException outOfBounds(
      KernelFault fault, JavaKernel kernel, ToLongFunction<String> lengths) {
    Thrown thrown = kernel.thrown().get(fault.object());
    if (thrown == null) {
      return outOfBounds(fault.index(), fault.size());
    }
    String array = thrown.array();
    if (array == null) {
      return make(thrown);
    }
    long length = thrown.length() >= 0 ? thrown.length() : lengths.applyAsLong(array);
    return outOfBounds(Thrown.index(fault.index()), length);
  }

  private static RuntimeException outOfBounds(long index, long length) {
    return new ArrayIndexOutOfBoundsException(
        "Index " + index + " out of bounds for length " + length);
  }

  private static RuntimeException make(Thrown thrown) {
    String message = thrown.message();
    return switch (thrown.type()) {
      case "java.lang.ArithmeticException" -> new ArithmeticException(message);
      case "java.lang.IllegalArgumentException" -> new IllegalArgumentException(message);
      case "java.lang.IllegalStateException" -> new IllegalStateException(message);
      case "java.lang.IndexOutOfBoundsException" -> new IndexOutOfBoundsException(message);
      case "java.lang.ArrayIndexOutOfBoundsException" ->
          new ArrayIndexOutOfBoundsException(message);
      case "java.lang.UnsupportedOperationException" -> new UnsupportedOperationException(message);
      default -> new RuntimeException(described(thrown.type(), message));
    };
  }

  private static String described(String type, @Nullable String message) {
    return message == null ? type : type + ": " + message;
  }
}
