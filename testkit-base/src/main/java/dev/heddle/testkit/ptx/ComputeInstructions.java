package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.Operand.Name;
import dev.heddle.testkit.ptx.Operand.Register;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decodes instructions that compute registers from registers. */
final class ComputeInstructions {
  private static final Set<PtxType> MOVABLE =
      EnumSet.complementOf(EnumSet.of(PtxType.B8, PtxType.U8, PtxType.S8, PtxType.F16));
  private static final Set<PtxType> COMPARABLE =
      EnumSet.complementOf(
          EnumSet.of(PtxType.PRED, PtxType.B8, PtxType.U8, PtxType.S8, PtxType.F16));

  private static final Set<String> FLOAT_SUFFIXES = Set.of("f32", "f64");

  private ComputeInstructions() {}

  /** Writes one slot. */
  private static final class Compute extends Instruction {
    private final Operation.Compute compute;
    private final PtxType type;
    private final int target;
    private final int a;
    private final int b;
    private final int c;
    private final int d;

    /**
     * @param sources four slots, of which the operation reads the first ones
     */
    Compute(Slots slots, Operation operation, int target, int[] sources) {
      super(slots);
      this.compute = operation.compute();
      this.type = operation.result();
      this.target = target;
      this.a = sources[0];
      this.b = sources[1];
      this.c = sources[2];
      this.d = sources[3];
    }

    @Override
    int run(Lane lane, int next) {
      long[] slots = lane.slots();
      slots[target] = type.truncate(compute.of(slots[a], slots[b], slots[c], slots[d]));
      return next;
    }
  }

  /** The instruction, if its opcode is one of those. */
  static Optional<Instruction> find(Modifiers m, Operands operands) {
    return switch (m.name()) {
      case "mov" -> Optional.of(move(m, operands));
      case "cvta" -> Optional.of(convertAddress(m, operands));
      case "cvt" -> Optional.of(convert(m, operands));
      case "setp" -> Optional.of(setPredicate(m, operands));
      case "set" -> Optional.of(set(m, operands));
      default -> operation(m).map(operation -> simple(m, operation, operands));
    };
  }

  private static Optional<Operation> operation(Modifiers m) {
    boolean floating = FLOAT_SUFFIXES.contains(m.statement().opcode().getLast());
    return LogicOperations.find(m)
        .or(() -> floating ? FloatOperations.find(m) : IntegerOperations.find(m));
  }

  private static Instruction simple(Modifiers m, Operation operation, Operands operands) {
    m.end();
    int count = operation.sources().size();
    operands.expectCount(count + 1, count + 1);
    int target = operands.write(operands.get(0), operation.result());
    int[] sources = new int[4];
    for (int i = 0; i < count; i++) {
      sources[i] = operands.read(operands.get(i + 1), operation.sources().get(i));
    }
    return new Compute(operands.slots(), operation, target, sources);
  }

  // ---- cvt

  private static Instruction convert(Modifiers m, Operands operands) {
    Operation operation = Conversions.of(m);
    m.end();
    operands.expectCount(2, 2);
    Register target = operands.write(operands.get(0), operation.result(), true);
    PtxType from = operation.sources().getFirst();
    int source = operands.readAny(operands.get(1), from, true);
    return new Compute(
        operands.slots(),
        widened(operation, target.type()),
        target.slot(),
        new int[] {source, source, source, source});
  }

  /** What leaves the instruction's type is extended to the register (ISA table 28). */
  private static Operation widened(Operation operation, PtxType register) {
    PtxType type = operation.result();
    PtxType from = operation.sources().getFirst();
    Operation.Compute compute = operation.compute();
    return Operation.of(
        register, (a, b, c, d) -> extend(type, compute.of(from.truncate(a), b, c, d)), from);
  }

  static long extend(PtxType type, long value) {
    return type.isSigned() ? type.number(value) : type.truncate(value);
  }

  // ---- mov and cvta

  private static Instruction move(Modifiers m, Operands operands) {
    PtxType type = m.type(MOVABLE);
    m.end();
    operands.expectCount(2, 2);
    if (operands.get(0) instanceof Operand.Vector parts) {
      return unpack(m, type, parts, operands);
    }
    int target = operands.write(operands.get(0), type);
    if (operands.get(1) instanceof Operand.Vector parts) {
      return pack(m, type, target, parts, operands);
    }
    int source =
        operands.get(1) instanceof Name name && SpecialRegister.named(name.name()).isEmpty()
            ? addressOf(m, type, name, operands)
            : operands.readAny(operands.get(1), type, false);
    return copy(operands, type, target, source);
  }

  private static Instruction copy(Operands operands, PtxType type, int target, int source) {
    Operation operation = Operation.uniform(type, 1, (a, _, _, _) -> a);
    return new Compute(
        operands.slots(), operation, target, new int[] {source, source, source, source});
  }

  /** The address within the variable's own space; 32 bits are enough for a window. */
  private static int addressOf(Modifiers m, PtxType type, Name name, Operands operands) {
    Symbols.Symbol symbol = operands.symbol(name);
    boolean wide = symbol.space() == Space.GLOBAL || type.bits() == 64;
    boolean fits = type.bits() == (wide ? 64 : 32) && !type.isFloat();
    if (!fits) {
      throw m.statement().error("an address as " + type.text());
    }
    return operands.constant(symbol.address() + name.offset());
  }

  private static PtxType part(Modifiers m, PtxType type, int parts) {
    PtxType part =
        PtxType.named("b" + type.bits() / parts)
            .filter(found -> found.bits() >= 8 && (parts == 2 || parts == 4))
            .orElseThrow(() -> m.statement().error("a vector of " + parts + " parts"));
    if (!type.isBits()) {
      throw m.statement().error("only bit types are packed");
    }
    return part;
  }

  private static Instruction pack(
      Modifiers m, PtxType type, int target, Operand.Vector vector, Operands operands) {
    int count = vector.parts().size();
    PtxType part = part(m, type, count);
    int[] sources = new int[4];
    for (int i = 0; i < count; i++) {
      sources[i] = operands.read(vector.parts().get(i), part);
    }
    int shift = part.bits();
    Operation.Compute pair = (a, b, _, _) -> a | b << shift;
    Operation.Compute four = (a, b, c, d) -> a | b << shift | c << 2 * shift | d << 3 * shift;
    Operation operation = Operation.uniform(type, count, count == 2 ? pair : four);
    return new Compute(operands.slots(), operation, target, sources);
  }

  private static Instruction unpack(
      Modifiers m, PtxType type, Operand.Vector vector, Operands operands) {
    PtxType part = part(m, type, vector.parts().size());
    int source = operands.read(operands.get(1), type);
    List<Integer> targets = new ArrayList<>();
    for (Operand operand : vector.parts()) {
      boolean sink = operand instanceof Name name && name.name().equals("_");
      targets.add(sink ? -1 : operands.write(operand, part));
    }
    return new Instruction(operands.slots()) {
      @Override
      int run(Lane lane, int next) {
        long value = lane.slots()[source];
        for (int i = 0; i < targets.size(); i++) {
          if (targets.get(i) >= 0) {
            lane.slots()[targets.get(i)] = part.truncate(value >>> (i * part.bits()));
          }
        }
        return next;
      }
    };
  }

  /** cvta[.to].space.u64 */
  private static Instruction convertAddress(Modifiers m, Operands operands) {
    boolean fromGeneric = m.take("to");
    Space space =
        Space.named(m.need("const", "global", "local", "shared", "shared::cta", "param"))
            .orElseThrow();
    PtxType type = m.type(PtxType.U64);
    m.end();
    operands.expectCount(2, 2);
    int target = operands.write(operands.get(0), type);
    int source =
        operands.get(1) instanceof Name name
            ? addressOf(m, type, name, operands)
            : operands.read(operands.get(1), type);
    long shift = fromGeneric ? -space.window() : space.window();
    Operation operation = Operation.uniform(type, 1, (a, _, _, _) -> a + shift);
    return new Compute(
        operands.slots(), operation, target, new int[] {source, source, source, source});
  }

  // ---- comparisons

  private static Comparison comparison(Modifiers m, String operator, PtxType type) {
    try {
      return new Comparison(type, operator);
    } catch (IllegalArgumentException unfit) {
      throw m.statement().error(String.valueOf(unfit.getMessage()));
    }
  }

  /** setp.operator[.join].type p[|q], a, b[, [!]c] */
  private static Instruction setPredicate(Modifiers m, Operands operands) {
    String operator = m.peek();
    m.take(operator);
    String join = m.takeOne("and", "or", "xor").orElse("");
    PtxType type = m.type(COMPARABLE);
    Comparison comparison = comparison(m, operator, type);
    m.end();
    int count = join.isEmpty() ? 3 : 4;
    operands.expectCount(count, count);
    boolean pair = operands.get(0) instanceof Operand.Pair;
    Operand first = operands.get(0) instanceof Operand.Pair both ? both.first() : operands.get(0);
    Operand second = operands.get(0) instanceof Operand.Pair both ? both.second() : first;
    int p = operands.write(first, PtxType.PRED);
    int q = operands.write(second, PtxType.PRED);
    if (pair && p == q) {
      throw m.statement().error("two results in one register");
    }
    int a = operands.read(operands.get(1), type);
    int b = operands.read(operands.get(2), type);
    Joined joined = joined(operands, join);
    return new Instruction(operands.slots()) {
      @Override
      int run(Lane lane, int next) {
        long[] slots = lane.slots();
        boolean compared = comparison.of(slots[a], slots[b]);
        boolean other = joined.of(slots);
        slots[q] = Comparison.join(join, !compared, other) ? 1 : 0;
        slots[p] = Comparison.join(join, compared, other) ? 1 : 0;
        return next;
      }
    };
  }

  /** The predicate that a comparison is joined with. */
  private record Joined(int slot, boolean negated) {
    boolean of(long[] slots) {
      return slots[slot] != 0 ^ negated;
    }
  }

  private static Joined joined(Operands operands, String join) {
    if (join.isEmpty()) {
      return new Joined(0, false);
    }
    Operand last = operands.get(3);
    return last instanceof Operand.Not not
        ? new Joined(operands.read(not.predicate(), PtxType.PRED), true)
        : new Joined(operands.read(last, PtxType.PRED), false);
  }

  /** set.operator[.join].to.type d, a, b[, [!]c]: all bits or 1.0 where true. */
  private static Instruction set(Modifiers m, Operands operands) {
    String operator = m.peek();
    m.take(operator);
    String join = m.takeOne("and", "or", "xor").orElse("");
    PtxType to = m.type(PtxType.U32, PtxType.S32, PtxType.F32);
    PtxType type = m.type(COMPARABLE);
    Comparison comparison = comparison(m, operator, type);
    m.end();
    int count = join.isEmpty() ? 3 : 4;
    operands.expectCount(count, count);
    int target = operands.write(operands.get(0), to);
    int a = operands.read(operands.get(1), type);
    int b = operands.read(operands.get(2), type);
    Joined joined = joined(operands, join);
    long yes = to == PtxType.F32 ? Float.floatToRawIntBits(1) : 0xFFFFFFFFL;
    return new Instruction(operands.slots()) {
      @Override
      int run(Lane lane, int next) {
        long[] slots = lane.slots();
        boolean compared = comparison.of(slots[a], slots[b]);
        slots[target] = Comparison.join(join, compared, joined.of(slots)) ? yes : 0;
        return next;
      }
    };
  }
}
