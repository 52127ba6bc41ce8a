package dev.heddle.runtime.npy;

import dev.heddle.compiler.ir.ElementType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** NumPy's names of element types: a kind letter and a size in bytes. */
final class Dtype {
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("b1", ElementType.BOOL),
          Map.entry("i1", ElementType.CHAR),
          Map.entry("u1", ElementType.UCHAR),
          Map.entry("i2", ElementType.SHORT),
          Map.entry("u2", ElementType.USHORT),
          Map.entry("i4", ElementType.INT),
          Map.entry("u4", ElementType.UINT),
          Map.entry("i8", ElementType.LONG),
          Map.entry("u8", ElementType.ULONG),
          Map.entry("f2", ElementType.HALF),
          Map.entry("f4", ElementType.FLOAT),
          Map.entry("f8", ElementType.DOUBLE),
          Map.entry("c8", ElementType.FLOAT),
          Map.entry("c16", ElementType.DOUBLE));

  private Dtype() {}

  /** The type that {@code f4} and the like name, null if it is none of the numeric ones. */
  static @Nullable ElementType type(String kindAndSize) {
    return TYPES.get(kindAndSize);
  }

  /** The little-endian spelling. */
  static String spelling(ElementType element) {
    return switch (element) {
      case BOOL -> "|b1";
      case CHAR -> "|i1";
      case UCHAR -> "|u1";
      case SHORT -> "<i2";
      case USHORT -> "<u2";
      case INT -> "<i4";
      case UINT -> "<u4";
      case LONG -> "<i8";
      case ULONG -> "<u8";
      case HALF -> "<f2";
      case FLOAT -> "<f4";
      case DOUBLE -> "<f8";
    };
  }
}
