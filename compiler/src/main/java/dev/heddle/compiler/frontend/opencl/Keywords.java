package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reserved words of OpenCL C (section 6.1.9) and the names of its types. */
final class Keywords {
  private static final Map<String, AddressSpace> SPACES =
      Map.of(
          "global", AddressSpace.GLOBAL,
          "local", AddressSpace.LOCAL,
          "constant", AddressSpace.CONSTANT,
          "private", AddressSpace.PRIVATE);

  private static final Set<String> IGNORED =
      Set.of(
          "volatile",
          "__volatile",
          "__volatile__",
          "restrict",
          "__restrict",
          "__restrict__",
          "inline",
          "__inline",
          "__inline__",
          "extern",
          "static",
          "register",
          "auto",
          "read_only",
          "__read_only",
          "write_only",
          "__write_only",
          "read_write",
          "__read_write");

  private static final Set<String> OPAQUE =
      Set.of(
          "image1d_t",
          "image1d_buffer_t",
          "image1d_array_t",
          "image2d_t",
          "image2d_array_t",
          "image3d_t",
          "image2d_depth_t",
          "image2d_array_depth_t",
          "sampler_t",
          "queue_t",
          "ndrange_t",
          "clk_event_t",
          "reserve_id_t",
          "pipe");

  private static final Map<String, ElementType> ALIASES =
      Map.of(
          "size_t", ElementType.ULONG,
          // copies are done by the work-items themselves, so an event holds nothing
          "event_t", ElementType.UINT,
          "ptrdiff_t", ElementType.LONG,
          "intptr_t", ElementType.LONG,
          "uintptr_t", ElementType.ULONG);

  private static final Set<String> OTHERS =
      Set.of(
          "if",
          "else",
          "for",
          "while",
          "do",
          "switch",
          "case",
          "default",
          "break",
          "continue",
          "return",
          "goto",
          "sizeof",
          "typedef",
          "struct",
          "union",
          "enum",
          "const",
          "__const",
          "unsigned",
          "signed",
          "void",
          "kernel",
          "__kernel",
          "__attribute__",
          "__attribute");

  private Keywords() {}

  /** The address space that a qualifier names; null for any other word. */
  static @Nullable AddressSpace space(String word) {
    return SPACES.get(word.startsWith("__") ? word.substring(2) : word);
  }

  /** Words that change nothing here. */
  static boolean isIgnored(String word) {
    return IGNORED.contains(word);
  }

  static boolean isConst(String word) {
    return word.equals("const") || word.equals("__const");
  }

  /** A scalar, vector or opaque type by its one-word name; null for any other word. */
  static @Nullable CType type(String word) {
    if (word.equals("void")) {
      return CType.VOID;
    }
    if (OPAQUE.contains(word)) {
      return new CType.Opaque(word);
    }
    ElementType alias = ALIASES.get(word);
    return alias != null ? CType.scalar(alias) : named(word);
  }

  private static @Nullable CType named(String word) {
    for (ElementType element : ElementType.values()) {
      if (word.equals(element.text())) {
        return CType.scalar(element);
      }
      if (word.startsWith(element.text()) && element != ElementType.BOOL) {
        int width = width(word.substring(element.text().length()));
        if (width > 0) {
          return new CType.Vector(element, width);
        }
      }
    }
    return null;
  }

  private static int width(String digits) {
    return switch (digits) {
      case "2" -> 2;
      case "3" -> 3;
      case "4" -> 4;
      case "8" -> 8;
      case "16" -> 16;
      default -> 0;
    };
  }

  static boolean isKeyword(String word) {
    return OTHERS.contains(word) || isIgnored(word) || space(word) != null;
  }
}
