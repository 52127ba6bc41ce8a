package dev.heddle.compiler.frontend.java;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * The method that holds a lambda's code, or that a method reference names.
 *
 * @param owner the class that declares it, or a subclass
 * @param descriptor its type, in the notation of class files
 * @param isStatic if not, the first captured value is the receiver
 * @param captures types of the values captured; of an object its class
 */
public record JavaMethod(
    Class<?> owner, String name, String descriptor, boolean isStatic, List<Class<?>> captures) {
  public JavaMethod {
    captures = List.copyOf(captures);
  }

  /** A static method, with nothing captured. */
  public static JavaMethod of(java.lang.reflect.Method method) {
    if (!Modifier.isStatic(method.getModifiers())) {
      throw new IllegalArgumentException(method + " is not static");
    }
    List<Class<?>> types = new ArrayList<>(List.of(method.getParameterTypes()));
    String descriptor =
        java.lang.invoke.MethodType.methodType(method.getReturnType(), types)
            .toMethodDescriptorString();
    return new JavaMethod(
        method.getDeclaringClass(), method.getName(), descriptor, true, List.of());
  }
}
