package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Type;

/** Constants as PTX writes them. */
final class Immediates {
  static final String NAN_32 = "0f7FC00000";
  static final String NAN_64 = "0d7FF8000000000000";

  private Immediates() {}

  /** The constant of any type but BOOL, which has no immediates. */
  static String of(Type type, long bits) {
    return switch (type) {
      case BOOL -> throw new IllegalArgumentException("predicates have no immediates");
      case I8, I16, F16 -> Long.toString(bits);
      case I32, I64 -> Long.toString(Arithmetic.signed(type, bits));
      case F32 -> "0f%08X".formatted((int) bits);
      case F64 -> "0d%016X".formatted(bits);
    };
  }

  static String nan(Type type) {
    return type == Type.F32 ? NAN_32 : NAN_64;
  }
}
