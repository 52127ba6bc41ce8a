package dev.heddle.compiler.frontend.java;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the host finds an argument: one of the values that a lambda captured, or a static field,
 * and from there along fields.
 *
 * @param capture number of the captured value; -1 if the first field is static
 */
public record Source(int capture, List<HostField> fields) {
  public Source {
    fields = List.copyOf(fields);
  }

  static Source captured(int capture) {
    return new Source(capture, List.of());
  }

  static Source ofStatic(HostField field) {
    return new Source(-1, List.of(field));
  }

  Source field(HostField field) {
    List<HostField> longer = new ArrayList<>(fields);
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
    for (HostField field : fields) {
      at = field.get(at);
    }
    return at;
  }
}
