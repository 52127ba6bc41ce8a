package dev.heddle.compiler.frontend.java;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** The class file of a class. */
final class ClassCode {
  private static final Map<Class<?>, ClassCode> KNOWN = new WeakHashMap<>();

  private final ClassModel model;
  private final String sourceFile;

  private ClassCode(ClassModel model) {
    this.model = model;
    this.sourceFile =
        model
            .findAttribute(Attributes.sourceFile())
            .map(file -> file.sourceFile().stringValue())
            .orElse("");
  }

  /** The class file, empty if it can't be found, as for a class that was generated. */
  static Optional<ClassCode> of(Class<?> type) {
    synchronized (KNOWN) {
      ClassCode known = KNOWN.get(type);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<ClassCode> read = read(type);
    synchronized (KNOWN) {
      read.ifPresent(code -> KNOWN.put(type, code));
    }
    return read;
  }

  private static Optional<ClassCode> read(Class<?> type) {
    String name = type.getName();
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in == null || type.isHidden()
          ? Optional.empty()
          : Optional.of(new ClassCode(ClassFile.of().parse(in.readAllBytes())));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Name of the source file, empty if unknown. */
  String sourceFile() {
    return sourceFile;
  }

  Optional<MethodModel> method(String name, String descriptor) {
    return model.methods().stream()
        .filter(m -> m.methodName().equalsString(name) && m.methodType().equalsString(descriptor))
        .findFirst();
  }
}
