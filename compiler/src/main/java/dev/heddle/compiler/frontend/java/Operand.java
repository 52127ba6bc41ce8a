package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a local variable or a place on the operand stack holds while code is lifted. */
sealed interface Operand {
  /** A number; what is narrower than int is an I32, as in the JVM. */
  record Scalar(Value value) implements Operand {}

  /** The result of {@code lcmp}, {@code fcmpl} and the like before it is compared with zero. */
  record Comparison(Value left, Value right, boolean whenNan) implements Operand {}

  /**
   * A primitive array: a root, read and written from its start.
   *
   * @param length number of elements where that is a constant, else -1
   */
  record Array(Root root, ElementType element, int length) implements Operand {}

  /**
   * An object of the host, reached from a captured one; its fields are read before the launch.
   *
   * @param exact whether its class is {@code type} and no subclass
   */
  record HostObject(Source source, Class<?> type, boolean exact) implements Operand {}

  /** The work-item itself, whose methods ask for ids, make arrays of the work-group and so on. */
  record WorkItem() implements Operand {}

  /** The {@code null} constant. */
  record Null() implements Operand {}

  /** A string; it serves for messages of exceptions alone. Null if it is computed. */
  record Text(@Nullable String text) implements Operand {}

  /** An exception that was made to be thrown. */
  final class Throwing implements Operand {
    final String type;
    @Nullable String message;

    Throwing(String type) {
      this.type = type;
    }
  }

  /** A record that the code itself builds; it never leaves the work-item, and so is its values. */
  final class Composite implements Operand {
    final Class<?> type;
    final Map<String, Operand> fields = new LinkedHashMap<>();

    Composite(Class<?> type) {
      this.type = type;
    }
  }
}
