package dev.heddle.testkit.ptx;

import static dev.heddle.testkit.ptx.PtxType.B16;
import static dev.heddle.testkit.ptx.PtxType.B32;
import static dev.heddle.testkit.ptx.PtxType.B64;
import static dev.heddle.testkit.ptx.PtxType.F32;
import static dev.heddle.testkit.ptx.PtxType.F64;
import static dev.heddle.testkit.ptx.PtxType.PRED;
import static dev.heddle.testkit.ptx.PtxType.S16;
import static dev.heddle.testkit.ptx.PtxType.S32;
import static dev.heddle.testkit.ptx.PtxType.S64;
import static dev.heddle.testkit.ptx.PtxType.U16;
import static dev.heddle.testkit.ptx.PtxType.U32;
import static dev.heddle.testkit.ptx.PtxType.U64;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Logic, shifts, selection and permutation (ISA sections 9.7.6, 9.7.8 and 9.7.9). */
final class LogicOperations {
  private static final Set<PtxType> SELECTABLE =
      EnumSet.of(B16, B32, B64, U16, U32, U64, S16, S32, S64, F32, F64);

  private LogicOperations() {}

  static Optional<Operation> find(Modifiers m) {
    return switch (m.name()) {
      case "and" -> Optional.of(logic(m, 2, (a, b, _, _) -> a & b));
      case "or" -> Optional.of(logic(m, 2, (a, b, _, _) -> a | b));
      case "xor" -> Optional.of(logic(m, 2, (a, b, _, _) -> a ^ b));
      case "not" -> Optional.of(logic(m, 1, (a, _, _, _) -> ~a));
      case "cnot" ->
          Optional.of(Operation.uniform(m.type(Modifiers.BITS), 1, (a, _, _, _) -> a == 0 ? 1 : 0));
      case "lop3" -> Optional.of(table(m));
      case "shl" -> Optional.of(shiftLeft(m));
      case "shr" -> Optional.of(shiftRight(m));
      case "shf" -> Optional.of(funnel(m));
      case "prmt" -> Optional.of(permute(m));
      case "selp" -> Optional.of(select(m));
      case "slct" -> Optional.of(selectBySign(m));
      default -> Optional.empty();
    };
  }

  private static Operation logic(Modifiers m, int operands, Operation.Compute compute) {
    return Operation.uniform(m.type(PRED, B16, B32, B64), operands, compute);
  }

  /** Bit i of the result is bit {a,b,c} of the table. */
  private static Operation table(Modifiers m) {
    PtxType type = m.type(B32);
    return Operation.of(
        type,
        (a, b, c, d) -> {
          long result = 0;
          for (int i = 0; i < 32; i++) {
            int index = (int) ((a >>> i & 1) << 2 | (b >>> i & 1) << 1 | (c >>> i & 1));
            result |= (d >>> index & 1) << i;
          }
          return result;
        },
        type,
        type,
        type,
        U32);
  }

  /** "Shift amounts greater than the register width N are clamped to N." */
  private static Operation shiftLeft(Modifiers m) {
    PtxType type = m.type(Modifiers.BITS);
    return Operation.of(type, (a, b, _, _) -> b >= type.bits() ? 0 : a << b, type, U32);
  }

  private static Operation shiftRight(Modifiers m) {
    PtxType type = m.type(EnumSet.of(B16, B32, B64, U16, U32, U64, S16, S32, S64));
    return Operation.of(
        type,
        (a, b, _, _) -> {
          if (type.isSigned()) {
            return type.number(a) >> Math.min(b, type.bits() - 1);
          }
          return b >= type.bits() ? 0 : a >>> b;
        },
        type,
        U32);
  }

  /** The upper or lower half of [b,a] shifted. */
  private static Operation funnel(Modifiers m) {
    boolean left = m.need("l", "r").equals("l");
    boolean wrapping = m.need("wrap", "clamp").equals("wrap");
    m.type(B32);
    return Operation.of(
        B32,
        (a, b, c, _) -> {
          int n = (int) (wrapping ? c & 31 : Math.min(c, 32));
          long pair = b << 32 | a;
          if (left) {
            return n == 32 ? a : pair << n >>> 32;
          }
          return pair >>> n;
        },
        B32,
        B32,
        U32);
  }

  /** The generic form only: each byte is picked by a nibble, whose top bit asks for its sign. */
  private static Operation permute(Modifiers m) {
    m.type(B32);
    return Operation.uniform(
        B32,
        3,
        (a, b, c, _) -> {
          long bytes = b << 32 | a;
          long result = 0;
          for (int i = 0; i < 4; i++) {
            int control = (int) (c >>> (4 * i)) & 0xF;
            long chosen = bytes >>> (8 * (control & 7)) & 0xFF;
            long value = control < 8 ? chosen : (chosen & 0x80) != 0 ? 0xFF : 0;
            result |= value << (8 * i);
          }
          return result;
        });
  }

  private static Operation select(Modifiers m) {
    PtxType type = m.type(SELECTABLE);
    return Operation.of(type, (a, b, c, _) -> c != 0 ? a : b, type, type, PRED);
  }

  /** d = c >= 0 ? a : b; with a NaN, b. */
  private static Operation selectBySign(Modifiers m) {
    PtxType type = m.type(SELECTABLE);
    PtxType judged = m.type(S32, F32);
    Operation.Compute compute =
        judged == S32
            ? (a, b, c, _) -> (int) c >= 0 ? a : b
            : (a, b, c, _) -> Float.intBitsToFloat((int) c) >= 0 ? a : b;
    return Operation.of(type, compute, type, type, judged);
  }
}
