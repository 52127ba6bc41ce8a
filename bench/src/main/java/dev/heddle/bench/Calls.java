package dev.heddle.bench;

import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of C functions. */
final class Calls {
  private Calls() {}

  static @Nullable Object invoke(MethodHandle function, List<?> arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
