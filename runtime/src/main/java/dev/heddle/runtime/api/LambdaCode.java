package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaMethod;
import dev.heddle.runtime.run.RunException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sun.reflect.ReflectionFactory;

/** What a lambda object says of itself: the method with its code, and the captured values. */
record LambdaCode(JavaMethod method, Object[] captures) {
  /** What the objects of one class have in common. */
  private static final class Form {
    /** Gives the {@link SerializedLambda}; null for a class of the user's own. */
    private final @Nullable MethodHandle replace;

    /** The method found for the last object asked. */
    private volatile @Nullable JavaMethod method;

    Form(Class<?> type) {
      MethodHandle handle =
          ReflectionFactory.getReflectionFactory().writeReplaceForSerialization(type);
      replace =
          handle == null ? null : handle.asType(MethodType.methodType(Object.class, Object.class));
    }
  }

  private static final ClassValue<Form> FORMS =
      new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
          return new Form(type);
        }
      };

  static LambdaCode of(Object lambda) {
    Form form = FORMS.get(lambda.getClass());
    if (form.replace != null
        && replaced(form.replace, lambda) instanceof SerializedLambda serialized) {
      return of(form, serialized, lambda.getClass().getClassLoader());
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

  private static LambdaCode of(
      Form form, SerializedLambda serialized, @Nullable ClassLoader loader) {
    Object[] captures = new Object[serialized.getCapturedArgCount()];
    for (int i = 0; i < captures.length; i++) {
      captures[i] = serialized.getCapturedArg(i);
    }
    JavaMethod known = form.method;
    if (known == null || !fits(known.captures(), captures)) {
      known = method(serialized, captures, loader);
      form.method = known;
    }
    return new LambdaCode(known, captures);
  }

  private static boolean fits(List<Class<?>> types, @Nullable Object[] captures) {
    for (int i = 0; i < captures.length; i++) {
      Class<?> type = types.get(i);
      Object captured = captures[i];
      if (!type.isPrimitive() && (captured == null || captured.getClass() != type)) {
        return false;
      }
    }
    return true;
  }

  private static JavaMethod method(
      SerializedLambda form, Object[] captures, @Nullable ClassLoader loader) {
    Class<?> owner;
    try {
      owner = Class.forName(form.getImplClass().replace('/', '.'), false, loader);
    } catch (ClassNotFoundException e) {
      throw RunException.usage("the class of the lambda, " + e.getMessage() + ", can't be found");
    }
    MethodType type = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
    boolean bound = form.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
    List<Class<?>> types = new ArrayList<>();
    for (int i = 0; i < captures.length; i++) {
      int parameter = bound ? i - 1 : i;
      types.add(type(parameter < 0 ? Object.class : type.parameterType(parameter), captures[i]));
    }
    return new JavaMethod(
        owner, form.getImplMethodName(), form.getImplMethodSignature(), !bound, types);
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
