package dev.heddle.compiler.frontend.java;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The static methods of the JDK's public classes that take and return primitives and arrays of
 * them, as far as reflection may call them.
 */
final class Corpus {
  private Corpus() {}

  static List<Method> methods(String... modules) throws IOException {
    FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
    try (Stream<Path> files =
        Stream.of(modules)
            .map(module -> runtime.getPath("/modules", module))
            .flatMap(Corpus::classFiles)) {
      return files
          .map(file -> file.subpath(2, file.getNameCount()).toString())
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .flatMap(Corpus::methodsOf)
          .toList();
    }
  }

  private static Stream<Path> classFiles(Path module) {
    try {
      return Files.walk(module).filter(file -> file.toString().endsWith(".class"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<Method> methodsOf(String className) {
    try {
      Class<?> type = Class.forName(className, false, ClassLoader.getSystemClassLoader());
      boolean visible =
          Modifier.isPublic(type.getModifiers())
              && type.getModule().isExported(type.getPackageName());
      return visible
          ? Arrays.stream(type.getDeclaredMethods())
              .filter(Corpus::fits)
              .sorted(Comparator.comparing(Method::toString))
          : Stream.empty();
    } catch (ClassNotFoundException | LinkageError e) {
      return Stream.empty();
    }
  }

  private static boolean fits(Method method) {
    int modifiers = method.getModifiers();
    return Modifier.isStatic(modifiers)
        && !method.isSynthetic()
        && method.getParameterCount() > 0
        && Arrays.stream(method.getParameterTypes()).allMatch(Corpus::simple)
        && (method.getReturnType() == void.class || method.getReturnType().isPrimitive())
        && (Modifier.isPublic(modifiers) || !intrinsic(method))
        && method.trySetAccessible();
  }

  /**
   * Whether the JVM may put code of its own in place of the method. What is not public relies on
   * its callers' checks then: with arguments of ours it reads and writes wild memory.
   */
  private static boolean intrinsic(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().getSimpleName().equals("IntrinsicCandidate"));
  }

  private static boolean simple(Class<?> type) {
    return type.isPrimitive() || type.isArray() && type.componentType().isPrimitive();
  }
}
