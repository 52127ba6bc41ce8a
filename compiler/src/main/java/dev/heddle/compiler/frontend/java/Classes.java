package dev.heddle.compiler.frontend.java;

import java.lang.constant.ClassDesc;
import java.util.Optional;

/** Finds the classes and methods that bytecode names. */
final class Classes {
  private Classes() {}

  /** The class of that name, as {@code from} sees it. */
  static Class<?> load(String internalName, Class<?> from) {
    try {
      return Class.forName(internalName.replace('/', '.'), false, from.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new Refusal("the class " + internalName.replace('/', '.') + " can't be loaded");
    }
  }

  static Class<?> load(ClassDesc type, Class<?> from) {
    if (type.isPrimitive()) {
      return switch (type.descriptorString()) {
        case "Z" -> boolean.class;
        case "B" -> byte.class;
        case "C" -> char.class;
        case "S" -> short.class;
        case "I" -> int.class;
        case "J" -> long.class;
        case "F" -> float.class;
        case "D" -> double.class;
        default -> void.class;
      };
    }
    if (type.isArray()) {
      return load(type.componentType(), from).arrayType();
    }
    String descriptor = type.descriptorString();
    return load(descriptor.substring(1, descriptor.length() - 1), from);
  }

  /** Where a method is that a call names: in the class itself or a superclass. */
  static Optional<Class<?>> declaring(Class<?> owner, String name, String descriptor) {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      Class<?> candidate = type;
      if (ClassCode.of(type).flatMap(code -> code.method(name, descriptor)).isPresent()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
