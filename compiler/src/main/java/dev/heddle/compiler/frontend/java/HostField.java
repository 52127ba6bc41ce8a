package dev.heddle.compiler.frontend.java;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A field of a class of the host, which can be read. Two are equal if they are the same field,
 * however each is read.
 */
public final class HostField {
  private final Field field;

  /** Reads it where reflection may not. */
  private final @Nullable MethodHandle getter;

  private HostField(Field field, @Nullable MethodHandle getter) {
    this.field = field;
    this.getter = getter;
  }

  /**
   * The field, looked for in the class and its superclasses.
   *
   * @param lookup of the user's, for fields of modules that are not open to this one
   */
  static HostField of(Class<?> owner, String name, MethodHandles.@Nullable Lookup lookup) {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      try {
        return readable(type.getDeclaredField(name), lookup);
      } catch (NoSuchFieldException e) {
        // it may be the superclass's
      }
    }
    throw new Refusal("there is no field " + name + " in " + owner.getName());
  }

  private static HostField readable(Field field, MethodHandles.@Nullable Lookup lookup) {
    try {
      field.setAccessible(true);
      return new HostField(field, null);
    } catch (InaccessibleObjectException e) {
      return lookup == null ? refuse(field, "") : read(field, lookup);
    }
  }

  private static HostField read(Field field, MethodHandles.Lookup lookup) {
    try {
      MethodHandles.Lookup inside =
          MethodHandles.privateLookupIn(field.getDeclaringClass(), lookup);
      return new HostField(field, inside.unreflectGetter(field));
    } catch (IllegalAccessException e) {
      return refuse(field, " to the given lookup either");
    }
  }

  private static HostField refuse(Field field, String more) {
    throw new Refusal(
        "the field "
            + field.getName()
            + " of "
            + field.getDeclaringClass().getName()
            + " can't be read: module "
            + field.getDeclaringClass().getModule().getName()
            + " does not open its package"
            + more
            + "; capture its value in a local variable, or give LambdaOptions.withLookup a lookup"
            + " of that module");
  }

  String name() {
    return field.getName();
  }

  Class<?> type() {
    return field.getType();
  }

  Class<?> owner() {
    return field.getDeclaringClass();
  }

  boolean isStatic() {
    return Modifier.isStatic(field.getModifiers());
  }

  /**
   * Its value now.
   *
   * @param object whose field it is; ignored for a static one
   * @throws NullPointerException naming the field, if the object is null
   */
  @Nullable Object get(@Nullable Object object) {
    if (object == null && !isStatic()) {
      throw new NullPointerException("cannot read field \"" + name() + "\" of null");
    }
    MethodHandle handle = getter;
    try {
      if (handle == null) {
        return field.get(object);
      }
      return isStatic() ? handle.invoke() : handle.invoke(object);
    } catch (Throwable e) {
      throw new IllegalStateException(field + " was made accessible", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostField that && field.equals(that.field);
  }

  @Override
  public int hashCode() {
    return field.hashCode();
  }

  @Override
  public String toString() {
    return field.toString();
  }
}
