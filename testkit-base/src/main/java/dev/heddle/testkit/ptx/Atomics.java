package dev.heddle.testkit.ptx;

import static dev.heddle.testkit.ptx.PtxType.B32;
import static dev.heddle.testkit.ptx.PtxType.B64;
import static dev.heddle.testkit.ptx.PtxType.F32;
import static dev.heddle.testkit.ptx.PtxType.F64;
import static dev.heddle.testkit.ptx.PtxType.S32;
import static dev.heddle.testkit.ptx.PtxType.S64;
import static dev.heddle.testkit.ptx.PtxType.U32;
import static dev.heddle.testkit.ptx.PtxType.U64;

/** atom and red (ISA section 9.7.13). Threads run one at a time, so each is atomic by itself. */
final class Atomics {
  private Atomics() {}

  private interface Update {
    /** The new content from the old one and the operands. */
    long of(long old, long b, long c);
  }

  /** atom[.order][.scope][.space].operator.type d, [a], b[, c]; red has no d. */
  static Instruction decode(Modifiers m, Operands operands, boolean withResult) {
    m.takeOne("relaxed", "acquire", "release", "acq_rel");
    m.takeOne("cta", "gpu", "sys");
    Space space = MemoryInstructions.space(m);
    if (space != Space.GENERIC && space != Space.GLOBAL && space != Space.SHARED) {
      throw m.statement().error("an atomic on " + space);
    }
    String operator = m.peek();
    m.take(operator);
    PtxType type = type(m, operator, withResult);
    m.end();
    int values = operator.equals("cas") ? 2 : 1;
    int first = withResult ? 1 : 0;
    operands.expectCount(first + 1 + values, first + 1 + values);
    boolean sink =
        withResult && operands.get(0) instanceof Operand.Name name && name.name().equals("_");
    int target = withResult && !sink ? operands.write(operands.get(0), type) : -1;
    Operands.Place place = operands.place(operands.get(first), space);
    int b = operands.read(operands.get(first + 1), type);
    int c = values == 2 ? operands.read(operands.get(first + 2), type) : b;
    Update update = update(operator, type, space);
    return new MemoryInstructions.Access(operands.slots(), space, place, type.bytes()) {
      @Override
      void access(Lane lane, Segment segment, long address) {
        long old = segment.read(address, type);
        long[] slots = lane.slots();
        segment.write(address, type, type.truncate(update.of(old, slots[b], slots[c])));
        if (target >= 0) {
          slots[target] = old;
        }
      }
    };
  }

  private static PtxType type(Modifiers m, String operator, boolean withResult) {
    return switch (operator) {
      case "and", "or", "xor" -> m.type(B32, B64);
      case "add" -> m.type(U32, S32, U64, F32, F64);
      case "inc", "dec" -> m.type(U32);
      case "min", "max" -> m.type(U32, S32, U64, S64);
      case "exch", "cas" -> {
        if (!withResult) {
          throw m.statement().error("red has no ." + operator);
        }
        yield m.type(B32, B64);
      }
      default -> throw m.statement().error("unknown atomic operator ." + operator);
    };
  }

  private static Update update(String operator, PtxType type, Space space) {
    return switch (operator) {
      case "and" -> (old, b, _) -> old & b;
      case "or" -> (old, b, _) -> old | b;
      case "xor" -> (old, b, _) -> old ^ b;
      case "exch" -> (_, b, _) -> b;
      case "cas" -> (old, b, c) -> old == b ? c : old;
      case "inc" -> (old, b, _) -> old >= b ? 0 : old + 1;
      case "dec" -> (old, b, _) -> old == 0 || old > b ? b : old - 1;
      case "min" -> (old, b, _) -> compare(type, old, b) <= 0 ? old : b;
      case "max" -> (old, b, _) -> compare(type, old, b) >= 0 ? old : b;
      case "add" -> sum(type, space);
      default -> throw new IllegalStateException(operator);
    };
  }

  private static int compare(PtxType type, long a, long b) {
    return type.isSigned()
        ? Long.compare(type.number(a), type.number(b))
        : Long.compareUnsigned(a, b);
  }

  /** "atom.add.f32 on global memory flushes subnormal inputs and results to zero". */
  private static Update sum(PtxType type, Space space) {
    if (type == F32) {
      boolean flush = space != Space.SHARED;
      return (old, b, _) -> {
        float sum = flushed(old, flush) + flushed(b, flush);
        return Float.isNaN(sum)
            ? FloatOperations.NAN_F32
            : Float.floatToRawIntBits(flushed(Float.floatToRawIntBits(sum), flush));
      };
    }
    if (type == F64) {
      return (old, b, _) ->
          Double.doubleToRawLongBits(FloatOperations.f64(old) + FloatOperations.f64(b));
    }
    return (old, b, _) -> old + b;
  }

  private static float flushed(long bits, boolean flush) {
    float value = FloatOperations.f32(bits);
    boolean subnormal = Math.abs(value) < Float.MIN_NORMAL;
    return flush && subnormal ? Math.copySign(0f, value) : value;
  }
}
