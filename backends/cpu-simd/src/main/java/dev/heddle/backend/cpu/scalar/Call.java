package dev.heddle.backend.cpu.scalar;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;

/** A static method that generated code calls. */
record Call(ClassDesc owner, String name, MethodTypeDesc type) {
  static Call of(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
    MethodTypeDesc type =
        MethodType.methodType(result, parameters).describeConstable().orElseThrow();
    return new Call(owner.describeConstable().orElseThrow(), name, type);
  }

  void emit(CodeBuilder code) {
    code.invokestatic(owner, name, type);
  }
}
