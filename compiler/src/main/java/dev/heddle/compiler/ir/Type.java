package dev.heddle.compiler.ir;

/**
 * The type of an IR value. Integers carry no sign: operators do. Vectors of the source language are
 * scalarised when lowered, structs are layouts over bytes, pointers are a {@link Root} and a byte
 * offset; so scalars are all there is. {@code F16} is a storage type: it is loaded, stored and
 * converted, never computed with.
 */
public enum Type {
  BOOL("i1", 1, 1),
  I8("i8", 8, 1),
  I16("i16", 16, 2),
  I32("i32", 32, 4),
  I64("i64", 64, 8),
  F16("f16", 16, 2),
  F32("f32", 32, 4),
  F64("f64", 64, 8);

  private final String text;
  private final int bits;
  private final int bytes;

  Type(String text, int bits, int bytes) {
    this.text = text;
    this.bits = bits;
    this.bytes = bytes;
  }

  /** The spelling in the textual form. */
  public String text() {
    return text;
  }

  /** Width of the value in bits; 1 for {@code BOOL}. */
  public int bits() {
    return bits;
  }

  /** Size in memory in bytes; a {@code BOOL} takes one. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloat() {
    return this == F16 || this == F32 || this == F64;
  }

  /** Whether this is an integer of 8 to 64 bits; {@code BOOL} is not. */
  public boolean isInteger() {
    return this == I8 || this == I16 || this == I32 || this == I64;
  }
}
