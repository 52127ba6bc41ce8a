package dev.heddle.compiler.ir;

/** The declared scalar type of a parameter or buffer element: an IR type with its signedness. */
public enum ElementType {
  BOOL("bool", Type.BOOL, false),
  CHAR("char", Type.I8, true),
  UCHAR("uchar", Type.I8, false),
  SHORT("short", Type.I16, true),
  USHORT("ushort", Type.I16, false),
  INT("int", Type.I32, true),
  UINT("uint", Type.I32, false),
  LONG("long", Type.I64, true),
  ULONG("ulong", Type.I64, false),
  HALF("half", Type.F16, true),
  FLOAT("float", Type.F32, true),
  DOUBLE("double", Type.F64, true);

  private final String text;
  private final Type type;
  private final boolean signed;

  ElementType(String text, Type type, boolean signed) {
    this.text = text;
    this.type = type;
    this.signed = signed;
  }

  /** The OpenCL C spelling. */
  public String text() {
    return text;
  }

  public Type type() {
    return type;
  }

  public boolean signed() {
    return signed;
  }
}
