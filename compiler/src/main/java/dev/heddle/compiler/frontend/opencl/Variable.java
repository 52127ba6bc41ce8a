package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.Span;
import org.jspecify.annotations.Nullable;

/** A variable or parameter; known by its identity. What its uses demand is noted as they appear. */
final class Variable {
  /** Where it was declared. */
  enum Scope {
    FILE,
    PARAMETER,
    BLOCK
  }

  private final String name;
  private final Scope scope;
  private final Span span;
  private Qualified type;
  private boolean addressTaken;
  private @Nullable Bytes content;
  private @Nullable Long constant;

  Variable(String name, Qualified type, Scope scope, Span span) {
    this.name = name;
    this.type = type;
    this.scope = scope;
    this.span = span;
  }

  String name() {
    return name;
  }

  Scope scope() {
    return scope;
  }

  Span span() {
    return span;
  }

  Qualified qualified() {
    return type;
  }

  CType type() {
    return type.type();
  }

  /** Gives an array its length from its initialiser. */
  void complete(CType newType) {
    type = type.withType(newType);
  }

  void takeAddress() {
    addressTaken = true;
  }

  /** The constant content of a table, if this is one. */
  @Nullable Bytes content() {
    return content;
  }

  void setContent(Bytes bytes) {
    content = bytes;
  }

  /** The bits of a number that never changes and is known, if this is one. */
  @Nullable Long constant() {
    return constant;
  }

  void setConstant(@Nullable Long bits) {
    constant = bits;
  }

  /** Whether it lies in memory; any other is a set of SSA values. */
  boolean inMemory() {
    return addressTaken
        || scope == Scope.FILE
        || content != null
        || type().isAggregate()
        || type.space() == AddressSpace.LOCAL;
  }

  /** Whether nothing may be assigned to it. */
  boolean readOnly() {
    return type.constant() || type.space() == AddressSpace.CONSTANT || scope == Scope.FILE;
  }

  @Override
  public String toString() {
    return name;
  }
}
