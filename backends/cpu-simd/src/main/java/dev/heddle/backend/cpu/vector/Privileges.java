package dev.heddle.backend.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The right to define classes in the package of the Vector API, where C2 knows the exact shape of
 * every vector whatever ran before. It takes {@code --add-opens
 * jdk.incubator.vector/jdk.incubator.vector=<this module>}.
 */
final class Privileges {
  private final OpsLibrary library;
  private final MethodHandles.Lookup lookup;

  private Privileges(OpsLibrary library, MethodHandles.Lookup lookup) {
    this.library = library;
    this.lookup = lookup;
  }

  OpsLibrary library() {
    return library;
  }

  /** Defines a hidden class among the Vector API's. */
  MethodHandles.Lookup define(byte[] classFile) throws IllegalAccessException {
    return lookup.defineHiddenClass(classFile, true);
  }

  /** The one instance of the process, made on first use; or why there is none. */
  record Result(Privileges privileges, String unavailable) {
    private static final Result INSTANCE = make();

    static Result get() {
      return INSTANCE;
    }

    private static Result make() {
      try {
        if (!sameLanes()) {
          return refused("this processor has no vector shape that serves every type");
        }
        return new Result(open(), "");
      } catch (IllegalAccessException e) {
        return refused("the Vector API's package is closed; add " + VectorModule.OPEN_FLAG);
      } catch (LinkageError e) {
        return refused("the Vector API of this JVM is not as expected: " + e.getMessage());
      }
    }

    @SuppressWarnings("NullAway")
    private static Result refused(String reason) {
      return new Result(null, reason);
    }

    private static boolean sameLanes() {
      return IntVector.SPECIES_PREFERRED.length() == FloatVector.SPECIES_PREFERRED.length()
          && IntVector.SPECIES_PREFERRED.length() == 2 * LongVector.SPECIES_PREFERRED.length()
          && IntVector.SPECIES_PREFERRED.length() >= 4;
    }

    private static Privileges open() throws IllegalAccessException {
      MethodHandles.Lookup outer =
          MethodHandles.privateLookupIn(FloatVector.class, MethodHandles.lookup());
      OpsLibrary library = new OpsLibrary();
      Class<?> trampoline = outer.defineClass(library.classes().getFirst());
      for (byte[] next : library.classes().subList(1, library.classes().size())) {
        outer.defineClass(next);
      }
      return new Privileges(library, enter(outer, trampoline));
    }

    private static MethodHandles.Lookup enter(MethodHandles.Lookup outer, Class<?> trampoline)
        throws IllegalAccessException {
      MemorySegment all = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
      try {
        MethodHandle open =
            outer.findStatic(
                trampoline,
                "open",
                MethodType.methodType(MethodHandles.Lookup.class, MemorySegment.class));
        return (MethodHandles.Lookup) open.invokeExact(all);
      } catch (IllegalAccessException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new LinkageError(e.toString());
      }
    }
  }
}
