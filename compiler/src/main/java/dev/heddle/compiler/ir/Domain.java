package dev.heddle.compiler.ir;

/** The operand types that an operator accepts. F16 is never computed with. */
public enum Domain {
  INTEGER,
  INTEGER_OR_BOOL,
  FLOAT;

  public boolean accepts(Type type) {
    return switch (this) {
      case INTEGER -> type.isInteger();
      case INTEGER_OR_BOOL -> type.isInteger() || type == Type.BOOL;
      case FLOAT -> type == Type.F32 || type == Type.F64;
    };
  }
}
