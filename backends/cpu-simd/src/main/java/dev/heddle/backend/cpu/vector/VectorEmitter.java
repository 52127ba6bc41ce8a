package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.backend.cpu.code.Listing;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/** Emits one work-item per vector lane; masks for divergent control flow. */
public final class VectorEmitter implements Emitter {
  /** The JVM compiles no method that is longer (its flag HugeMethodLimit). */
  private static final int LONGEST_METHOD = 8000;

  private final boolean eager;

  public VectorEmitter() {
    this(false);
  }

  /**
   * @param eager whether code takes several vectors at once even where that does not pay; for tests
   */
  VectorEmitter(boolean eager) {
    this.eager = eager;
  }

  /** Why the vector tier can't be used in this process; empty if it can. */
  public static String unavailable() {
    if (!VectorModule.available()) {
      return "the Vector API is not there; add " + VectorModule.FLAGS;
    }
    return Privileges.Result.get().unavailable();
  }

  @Override
  public Emitted emit(Unit unit) throws Refusal {
    String reason = unavailable();
    if (!reason.isEmpty()) {
      throw new Refusal(reason);
    }
    refuseBuiltins(unit.function().body());
    Privileges privileges = Privileges.Result.get().privileges();
    byte[] classFile = classFile(unit, privileges.library());
    return new Emitted(instance(privileges, classFile), new Listing(classFile));
  }

  /** The class whose code takes as many vectors at once as is worth it and fits. */
  private byte[] classFile(Unit unit, OpsLibrary library) throws Refusal {
    KernelClass kernel = new KernelClass(unit, library);
    if (unit.together() > 0) {
      if (!kernel.allowsTogether()) {
        throw new Refusal("work-items of a group may part");
      }
      return fitting(kernel::generateTogether);
    }
    for (int copies = kernel.copies(eager); copies > 1; copies /= 2) {
      try {
        int wanted = copies;
        return fitting(() -> kernel.generate(wanted));
      } catch (Refusal refusal) {
        if (!refusal.tooLarge()) {
          throw refusal;
        }
      }
    }
    return fitting(() -> kernel.generate(1));
  }

  /** Generates a class, unless it has a method that is too long. */
  private static byte[] fitting(Supplier<byte[]> generator) throws Refusal {
    byte[] classFile = Emitter.classFile(generator);
    int longest = Listing.longestMethod(classFile);
    if (longest > LONGEST_METHOD) {
      throw Refusal.tooLarge(longest);
    }
    return classFile;
  }

  private static void refuseBuiltins(Region region) throws Refusal {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Builtin builtin ->
            throw new Refusal("math function " + builtin.op().text() + " is not expanded");
        case Op.If branch -> {
          refuseBuiltins(branch.thenRegion());
          refuseBuiltins(branch.elseRegion());
        }
        case Op.Loop loop -> refuseBuiltins(loop.body());
        default -> {}
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static ObjLongConsumer<Object[]> instance(Privileges privileges, byte[] classFile) {
    try {
      MethodHandles.Lookup inside = privileges.define(classFile);
      MethodHandle constructor =
          inside.findConstructor(inside.lookupClass(), MethodType.methodType(void.class));
      return (ObjLongConsumer<Object[]>) constructor.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("generated class can't be used", e);
    }
  }
}
