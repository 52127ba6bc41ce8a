package dev.heddle.compiler.frontend.java;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the host finds an argument: one of the values that a lambda captured, or a static field,
 * and from there along fields.
 *
 * @param capture number of the captured value; -1 if the first field is static
 */
public record Source(int capture, List<Field> fields) {
  public Source {
    fields = List.copyOf(fields);
  }

  static Source captured(int capture) {
    return new Source(capture, List.of());
  }

  static Source ofStatic(Field field) {
    return new Source(-1, List.of(field));
  }

  Source field(Field field) {
    List<Field> longer = new ArrayList<>(fields);
    longer.add(field);
    return new Source(capture, longer);
  }

  /**
   * What is found there now.
   *
   * @param captures the captured values
   * @throws NullPointerException naming the field, if an object on the way is null
   */
  public @Nullable Object read(Object[] captures) {
    Object at = capture < 0 ? null : captures[capture];
    for (Field field : fields) {
      boolean isStatic = java.lang.reflect.Modifier.isStatic(field.getModifiers());
      if (at == null && !isStatic) {
        throw new NullPointerException("cannot read field \"" + field.getName() + "\" of null");
      }
      try {
        at = field.get(at);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(field + " was made accessible", e);
      }
    }
    return at;
  }
}
