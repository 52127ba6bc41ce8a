package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import java.lang.classfile.TypeKind;

/** Java's types as the IR's. */
final class Kinds {
  private Kinds() {}

  /** The element type of an array of that primitive type. */
  static ElementType element(Class<?> primitive) {
    return switch (primitive.getName()) {
      // a boolean of the JVM is a byte of 0 or 1
      case "boolean" -> ElementType.UCHAR;
      case "byte" -> ElementType.CHAR;
      case "char" -> ElementType.USHORT;
      case "short" -> ElementType.SHORT;
      case "int" -> ElementType.INT;
      case "long" -> ElementType.LONG;
      case "float" -> ElementType.FLOAT;
      case "double" -> ElementType.DOUBLE;
      default -> throw new Refusal(primitive.getTypeName() + " is no primitive type");
    };
  }

  static ElementType element(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> ElementType.UCHAR;
      case BYTE -> ElementType.CHAR;
      case CHAR -> ElementType.USHORT;
      case SHORT -> ElementType.SHORT;
      case INT -> ElementType.INT;
      case LONG -> ElementType.LONG;
      case FLOAT -> ElementType.FLOAT;
      case DOUBLE -> ElementType.DOUBLE;
      case REFERENCE, VOID -> throw new Refusal("an array of objects");
    };
  }

  /** What the JVM computes with. */
  static Type computed(Class<?> primitive) {
    return switch (primitive.getName()) {
      case "boolean", "byte", "char", "short", "int" -> Type.I32;
      case "long" -> Type.I64;
      case "float" -> Type.F32;
      case "double" -> Type.F64;
      default -> throw new Refusal(primitive.getTypeName() + " is no primitive type");
    };
  }
}
