package dev.heddle.backend.cpu.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** A {@link CodeBuilder} that knows the operations of the {@link OpsLibrary}. */
final class Code {
  private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");

  private final CodeBuilder builder;
  private final OpsLibrary library;

  Code(CodeBuilder builder, OpsLibrary library) {
    this.builder = builder;
    this.library = library;
  }

  CodeBuilder builder() {
    return builder;
  }

  boolean has(String owner, String name) {
    return library.has(owner, name);
  }

  /** Pushes the memory in which every absolute address is. */
  void allMemory() {
    builder.aconst_null();
  }

  /** Calls an operation; a vector that it returns is of the concrete class from here on. */
  void call(String owner, String name) {
    OpsLibrary.Method method = library.method(owner, name);
    builder.invokestatic(method.owner(), name, method.type());
    ClassDesc result = method.type().returnType();
    if (result.equals(MASK)) {
      boolean half =
          owner.equals("LongOps")
              || owner.equals("DoubleOps")
              || name.equals("low")
              || name.equals("high");
      builder.checkcast(Kind.mask(half));
    } else if (!result.isPrimitive()) {
      builder.checkcast(Kind.concrete(result));
    }
  }

  int local(TypeKind kind) {
    return builder.allocateLocal(kind);
  }

  void load(TypeKind kind, int slot) {
    builder.loadLocal(kind, slot);
  }

  void store(TypeKind kind, int slot) {
    builder.storeLocal(kind, slot);
  }

  /** Stores the long on the stack to a new local. */
  int keepLong() {
    int slot = local(TypeKind.LONG);
    builder.lstore(slot);
    return slot;
  }

  /** Stores the int on the stack to a new local. */
  int keepInt() {
    int slot = local(TypeKind.INT);
    builder.istore(slot);
    return slot;
  }

  /** Stores the object on the stack to a new local. */
  int keepVector() {
    int slot = local(TypeKind.REFERENCE);
    builder.astore(slot);
    return slot;
  }

  void vector(int slot) {
    builder.aload(slot);
  }

  void longValue(int slot) {
    builder.lload(slot);
  }

  void constant(long value) {
    builder.loadConstant(value);
  }

  void constant(int value) {
    builder.loadConstant(value);
  }

  Label label() {
    return builder.newLabel();
  }

  void bind(Label label) {
    builder.labelBinding(label);
  }

  void jump(Label label) {
    builder.goto_(label);
  }
}
