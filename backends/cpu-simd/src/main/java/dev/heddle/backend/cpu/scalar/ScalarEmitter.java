package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.backend.cpu.code.Listing;
import dev.heddle.backend.cpu.code.Unit;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.function.ObjLongConsumer;

/** Emits a loop over the work-items, each after the other, in plain JVM instructions. */
public final class ScalarEmitter implements Emitter {
  /** The JVM never compiles methods of more than 8000 bytes. */
  public static final int MAX_BYTES = 7900;

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassDesc RUNNER = ClassDesc.of("java.util.function.ObjLongConsumer");
  private static final MethodTypeDesc ACCEPT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_long);

  private final int maxBytes;

  /**
   * @param maxBytes longer methods are refused
   */
  public ScalarEmitter(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public Emitted emit(Unit unit) throws Refusal {
    byte[] bytes = Emitter.classFile(() -> classFile(unit));
    int length = Listing.longestMethod(bytes);
    if (length > maxBytes) {
      throw Refusal.tooLarge(length);
    }
    return new Emitted(define(bytes), new Listing(bytes));
  }

  private static byte[] classFile(Unit unit) {
    ClassDesc name =
        ClassDesc.of(ScalarEmitter.class.getPackageName(), "Scalar_" + identifier(unit.name()));
    return ClassFile.of()
        .build(
            name,
            type -> {
              type.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
              type.withInterfaceSymbols(RUNNER);
              type.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  ConstantDescs.MTD_void,
                  ClassFile.ACC_PUBLIC,
                  ScalarEmitter::constructor);
              type.withMethodBody(
                  "accept",
                  ACCEPT,
                  ClassFile.ACC_PUBLIC,
                  code -> new BodyWriter(code, unit).write());
            });
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }

  private static String identifier(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "_");
  }

  @SuppressWarnings("unchecked")
  private static ObjLongConsumer<Object[]> define(byte[] bytes) {
    try {
      MethodHandles.Lookup defined = LOOKUP.defineHiddenClass(bytes, true);
      return (ObjLongConsumer<Object[]>)
          defined.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("scalar class cannot be made", e);
    }
  }
}
