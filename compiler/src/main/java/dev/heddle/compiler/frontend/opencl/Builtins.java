package dev.heddle.compiler.frontend.opencl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The builtin functions by name (OpenCL C 1.2 section 6.12). */
final class Builtins {
  private static final Map<String, Builtin> ALL = all();

  private Builtins() {}

  private static Map<String, Builtin> all() {
    Map<String, Builtin> table = new LinkedHashMap<>();
    WorkItemBuiltins.addTo(table);
    FloatBuiltins.addTo(table);
    IntegerBuiltins.addTo(table);
    RelationalBuiltins.addTo(table);
    GeometricBuiltins.addTo(table);
    ConversionBuiltins.addTo(table);
    VectorMemoryBuiltins.addTo(table);
    ShuffleBuiltins.addTo(table);
    AsyncBuiltins.addTo(table);
    AtomicBuiltins.addTo(table);
    return table;
  }

  static @Nullable Builtin find(String name) {
    return ALL.get(name);
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  /** What to say of a function that OpenCL C has and this does not; null for any other name. */
  static @Nullable String unsupported(String name) {
    if (ALL.containsKey(name)) {
      return null;
    }
    boolean image = name.startsWith("read_image") || name.startsWith("write_image");
    if (image || name.startsWith("get_image_")) {
      return "'" + name + "' is not supported yet, as images are not";
    }
    if (name.startsWith("sub_group_") || name.startsWith("get_sub_group")) {
      return "'" + name + "' is not supported yet, as sub-groups are not";
    }
    if (name.startsWith("atomic_") || name.startsWith("work_group_")) {
      return "'" + name + "' of OpenCL C 2.0 is not supported; OpenCL C 1.2 is";
    }
    return null;
  }
}
