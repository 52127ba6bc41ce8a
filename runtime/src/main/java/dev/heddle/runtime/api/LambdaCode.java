package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaMethod;
import dev.heddle.runtime.run.RunException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sun.reflect.ReflectionFactory;

/** What a lambda object says of itself: the method with its code, and the captured values. */
record LambdaCode(JavaMethod method, Object[] captures) {
  /** How the objects of one class say it; empty for a class of the user's own. */
  private static final ClassValue<Optional<MethodHandle>> WRITE_REPLACE =
      new ClassValue<>() {
        @Override
        protected Optional<MethodHandle> computeValue(Class<?> type) {
          return Optional.ofNullable(
                  ReflectionFactory.getReflectionFactory().writeReplaceForSerialization(type))
              .map(handle -> handle.asType(MethodType.methodType(Object.class, Object.class)));
        }
      };

  static LambdaCode of(Object lambda) {
    Optional<MethodHandle> replace = WRITE_REPLACE.get(lambda.getClass());
    if (replace.isPresent() && replaced(replace.get(), lambda) instanceof SerializedLambda form) {
      return of(form, lambda.getClass().getClassLoader());
    }
    return ofObject(lambda);
  }

  private static Object replaced(MethodHandle replace, Object lambda) {
    try {
      return (Object) replace.invokeExact(lambda);
    } catch (Throwable e) {
      throw new IllegalStateException("no code of " + lambda.getClass().getName(), e);
    }
  }

  private static LambdaCode of(SerializedLambda form, @Nullable ClassLoader loader) {
    Class<?> owner;
    try {
      owner = Class.forName(form.getImplClass().replace('/', '.'), false, loader);
    } catch (ClassNotFoundException e) {
      throw RunException.usage("the class of the lambda, " + e.getMessage() + ", can't be found");
    }
    Object[] captures = new Object[form.getCapturedArgCount()];
    for (int i = 0; i < captures.length; i++) {
      captures[i] = form.getCapturedArg(i);
    }
    MethodType type = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
    boolean bound = form.getImplMethodKind() != java.lang.invoke.MethodHandleInfo.REF_invokeStatic;
    List<Class<?>> types = new ArrayList<>();
    for (int i = 0; i < captures.length; i++) {
      int parameter = bound ? i - 1 : i;
      types.add(type(parameter < 0 ? Object.class : type.parameterType(parameter), captures[i]));
    }
    return new LambdaCode(
        new JavaMethod(
            owner, form.getImplMethodName(), form.getImplMethodSignature(), !bound, types),
        captures);
  }

  /** A captured object counts as what it is, whatever it was declared as. */
  private static Class<?> type(Class<?> declared, @Nullable Object captured) {
    return declared.isPrimitive() || captured == null ? declared : captured.getClass();
  }

  /** An object of a class that implements the interface: its method, the object captured. */
  private static LambdaCode ofObject(Object object) {
    Class<?> owner = object.getClass();
    Method method =
        Arrays.stream(owner.getInterfaces())
            .filter(java.io.Serializable.class::isAssignableFrom)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(candidate -> Modifier.isAbstract(candidate.getModifiers()))
            .findFirst()
            .orElseThrow(
                () ->
                    RunException.usage(
                        owner.getName() + " is no lambda and implements no function directly"));
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
    return new LambdaCode(
        new JavaMethod(owner, method.getName(), descriptor, false, List.of(owner)),
        new Object[] {object});
  }
}
