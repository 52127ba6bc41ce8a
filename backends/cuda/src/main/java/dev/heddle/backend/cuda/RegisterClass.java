package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Type;

/**
 * The classes of PTX registers. An integer narrower than 32 bits and a half lie in a 32-bit
 * register whose other bits are zero.
 */
enum RegisterClass {
  PREDICATE("%p", "pred"),
  B16("%h", "b16"),
  B32("%r", "b32"),
  B64("%rd", "b64"),
  F32("%f", "f32"),
  F64("%fd", "f64");

  private final String prefix;
  private final String type;

  RegisterClass(String prefix, String type) {
    this.prefix = prefix;
    this.type = type;
  }

  /** What the names of such registers begin with. */
  String prefix() {
    return prefix;
  }

  /** The type as instructions name it, without the dot. */
  String type() {
    return type;
  }

  static RegisterClass of(Type type) {
    return switch (type) {
      case BOOL -> PREDICATE;
      case I8, I16, I32, F16 -> B32;
      case I64 -> B64;
      case F32 -> F32;
      case F64 -> F64;
    };
  }
}
