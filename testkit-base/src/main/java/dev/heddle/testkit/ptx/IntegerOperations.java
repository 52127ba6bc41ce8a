package dev.heddle.testkit.ptx;

import static dev.heddle.testkit.ptx.PtxType.B32;
import static dev.heddle.testkit.ptx.PtxType.B64;
import static dev.heddle.testkit.ptx.PtxType.S16;
import static dev.heddle.testkit.ptx.PtxType.S32;
import static dev.heddle.testkit.ptx.PtxType.S64;
import static dev.heddle.testkit.ptx.PtxType.U32;
import static dev.heddle.testkit.ptx.PtxType.U64;

import java.util.Optional;

/** Integer arithmetic (ISA section 9.7.1). */
final class IntegerOperations {
  private IntegerOperations() {}

  /** The operation that the modifiers ask for, if they name an integer type. */
  static Optional<Operation> find(Modifiers m) {
    return switch (m.name()) {
      case "add" -> Optional.of(sum(m, 1));
      case "sub" -> Optional.of(sum(m, -1));
      case "mul" -> Optional.of(multiply(m, false));
      case "mad" -> Optional.of(multiply(m, true));
      case "div" -> Optional.of(divide(m, false));
      case "rem" -> Optional.of(divide(m, true));
      case "neg" -> Optional.of(Operation.uniform(signed(m), 1, (a, _, _, _) -> -a));
      case "abs" -> Optional.of(absolute(m));
      case "min" -> Optional.of(extreme(m, true));
      case "max" -> Optional.of(extreme(m, false));
      case "popc" -> Optional.of(count(m, Long::bitCount));
      case "clz" -> Optional.of(leadingZeros(m));
      case "bfind" -> Optional.of(findBit(m));
      case "brev" -> Optional.of(reverse(m));
      case "bfe" -> Optional.of(extract(m));
      case "bfi" -> Optional.of(insert(m));
      default -> Optional.empty();
    };
  }

  private static PtxType signed(Modifiers m) {
    return m.type(S16, S32, S64);
  }

  private static Operation sum(Modifiers m, int sign) {
    boolean saturating = m.take("sat");
    PtxType type = m.type(Modifiers.INTEGERS);
    if (!saturating) {
      return Operation.uniform(type, 2, (a, b, _, _) -> a + sign * b);
    }
    if (type != S32) {
      throw m.statement().error(".sat is for .s32 alone");
    }
    return Operation.uniform(
        type, 2, (a, b, _, _) -> Math.clamp((long) (int) a + sign * (long) (int) b, MIN, MAX));
  }

  private static final long MIN = Integer.MIN_VALUE;
  private static final long MAX = Integer.MAX_VALUE;

  private static Operation multiply(Modifiers m, boolean adding) {
    String part = m.need("lo", "hi", "wide");
    PtxType type = m.type(Modifiers.INTEGERS);
    int bits = type.bits();
    if (part.equals("wide") && bits == 64) {
      throw m.statement().error(".wide has no 64-bit form");
    }
    PtxType result = part.equals("wide") ? type.widened() : type;
    Operation.Compute product =
        switch (part) {
          case "hi" -> (a, b, _, _) -> highPart(type, a, b);
          case "lo" -> (a, b, _, _) -> a * b;
          default -> (a, b, _, _) -> type.number(a) * type.number(b);
        };
    if (!adding) {
      return Operation.of(result, product, type, type);
    }
    return Operation.of(result, (a, b, c, d) -> product.of(a, b, c, d) + c, type, type, result);
  }

  private static long highPart(PtxType type, long a, long b) {
    if (type == S64) {
      return Math.multiplyHigh(a, b);
    }
    if (type == U64) {
      return Math.unsignedMultiplyHigh(a, b);
    }
    return type.number(a) * type.number(b) >> type.bits();
  }

  /** Division by zero gives "an unspecified, machine-specific value". */
  private static Operation divide(Modifiers m, boolean remainder) {
    PtxType type = m.type(Modifiers.INTEGERS);
    return Operation.uniform(
        type,
        2,
        (a, b, _, _) -> {
          long x = type.number(a);
          long y = type.number(b);
          if (y == 0) {
            throw new PtxFault(PtxFault.Kind.UNDEFINED, "integer division by zero");
          }
          if (type.isSigned()) {
            return remainder ? x % y : x / y;
          }
          return remainder ? Long.remainderUnsigned(x, y) : Long.divideUnsigned(x, y);
        });
  }

  private static Operation absolute(Modifiers m) {
    PtxType type = signed(m);
    return Operation.uniform(type, 1, (a, _, _, _) -> Math.abs(type.number(a)));
  }

  private static Operation extreme(Modifiers m, boolean least) {
    PtxType type = m.type(Modifiers.INTEGERS);
    return Operation.uniform(
        type,
        2,
        (a, b, _, _) -> {
          int order =
              type.isSigned()
                  ? Long.compare(type.number(a), type.number(b))
                  : Long.compareUnsigned(a, b);
          return (order < 0) == least ? a : b;
        });
  }

  private interface Counter {
    int of(long value);
  }

  private static Operation count(Modifiers m, Counter counter) {
    return Operation.of(U32, (a, _, _, _) -> counter.of(a), m.type(B32, B64));
  }

  private static Operation leadingZeros(Modifiers m) {
    PtxType type = m.type(B32, B64);
    return Operation.of(
        U32, (a, _, _, _) -> Long.numberOfLeadingZeros(a) - (64 - type.bits()), type);
  }

  /** The most significant bit that is not the sign; with .shiftamt, the shift that brings it up. */
  private static Operation findBit(Modifiers m) {
    boolean amount = m.take("shiftamt");
    PtxType type = m.type(U32, U64, S32, S64);
    return Operation.of(
        U32,
        (a, _, _, _) -> {
          long value = type.number(a);
          long searched = type.isSigned() && value < 0 ? ~value : value;
          int position = 63 - Long.numberOfLeadingZeros(searched);
          if (position < 0) {
            return 0xFFFFFFFFL;
          }
          return amount ? type.bits() - 1 - position : position;
        },
        type);
  }

  private static Operation reverse(Modifiers m) {
    PtxType type = m.type(B32, B64);
    return Operation.uniform(type, 1, (a, _, _, _) -> Long.reverse(a) >>> (64 - type.bits()));
  }

  /** The pseudo-code of ISA 9.7.1, bfe, bit by bit. */
  private static Operation extract(Modifiers m) {
    PtxType type = m.type(U32, U64, S32, S64);
    return Operation.of(
        type,
        (a, b, c, _) -> {
          int last = type.bits() - 1;
          int position = (int) b & 0xFF;
          int length = (int) c & 0xFF;
          boolean fill =
              type.isSigned() && length != 0 && bit(a, Math.min(position + length - 1, last));
          long result = 0;
          for (int i = 0; i <= last; i++) {
            boolean inside = i < length && position + i <= last;
            result |= (inside ? bit(a, position + i) : fill) ? 1L << i : 0;
          }
          return result;
        },
        type,
        U32,
        U32);
  }

  private static Operation insert(Modifiers m) {
    PtxType type = m.type(B32, B64);
    return Operation.of(
        type,
        (a, b, c, d) -> {
          int position = (int) c & 0xFF;
          int length = (int) d & 0xFF;
          long result = b;
          for (int i = 0; i < length && position + i < type.bits(); i++) {
            long mask = 1L << (position + i);
            result = bit(a, i) ? result | mask : result & ~mask;
          }
          return result;
        },
        type,
        type,
        U32,
        U32);
  }

  private static boolean bit(long value, int index) {
    return (value >>> index & 1) != 0;
  }
}
