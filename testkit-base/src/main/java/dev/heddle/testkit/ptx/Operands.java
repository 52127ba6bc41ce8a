package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.Operand.Address;
import dev.heddle.testkit.ptx.Operand.Name;
import dev.heddle.testkit.ptx.Operand.Register;
import java.util.ArrayList;
import java.util.List;

/** Turns the operands of one instruction into slots, checks their types, and keeps their lists. */
final class Operands {
  private final Statement statement;
  private final Frame frame;
  private final Symbols symbols;
  private final List<Integer> reads = new ArrayList<>();
  private final List<Integer> writes = new ArrayList<>();

  Operands(Statement statement, Frame frame, Symbols symbols) {
    this.statement = statement;
    this.frame = frame;
    this.symbols = symbols;
  }

  /** A place in memory: base plus offset. */
  record Place(int base, long offset) {}

  int count() {
    return statement.operands().size();
  }

  Operand get(int index) {
    return statement.operands().get(index);
  }

  void expectCount(int least, int most) {
    if (count() < least || count() > most) {
      throw statement.error("wrong number of operands");
    }
  }

  Instruction.Slots slots() {
    Statement.Guard guard = statement.guard();
    return new Instruction.Slots(
        statement,
        guard == null ? Instruction.ALWAYS : guard.predicate().slot(),
        guard != null && guard.negated(),
        reads.stream().mapToInt(i -> i).distinct().toArray(),
        writes.stream().mapToInt(i -> i).distinct().toArray());
  }

  // ---- values

  int read(Operand operand, PtxType type) {
    return read(operand, type, false);
  }

  /** The slot of a source; relaxed for ld, st and cvt. */
  int read(Operand operand, PtxType type, boolean relaxed) {
    return switch (operand) {
      case Register register -> {
        check(register, type, relaxed);
        reads.add(register.slot());
        yield register.slot();
      }
      case Operand.Whole _, Operand.Real _ ->
          frame.constant(Constants.bits(operand, type, statement.line()));
      default -> throw statement.error("expected a register or constant, found " + operand);
    };
  }

  /** As a source of mov and cvt: special registers too (ISA chapter 10). */
  int readAny(Operand operand, PtxType type, boolean relaxed) {
    if (operand instanceof Name name && name.offset() == 0) {
      var special = SpecialRegister.named(name.name());
      if (special.isPresent()) {
        boolean fits =
            relaxed
                ? TypeRules.agreeRelaxed(type, PtxType.U32)
                : TypeRules.agree(type, PtxType.U32);
        if (!fits) {
          throw statement.error(name.name() + " is a u32, not a " + type.text());
        }
        return frame.special(special.get());
      }
    }
    return read(operand, type, relaxed);
  }

  int write(Operand operand, PtxType type) {
    return write(operand, type, false).slot();
  }

  Register write(Operand operand, PtxType type, boolean relaxed) {
    if (operand instanceof Register register) {
      check(register, type, relaxed);
      writes.add(register.slot());
      return register;
    }
    throw statement.error("expected a register, found " + operand);
  }

  private void check(Register register, PtxType type, boolean relaxed) {
    boolean fits =
        relaxed
            ? TypeRules.agreeRelaxed(type, register.type())
            : TypeRules.agree(type, register.type());
    if (!fits) {
      throw statement.error(
          register.name() + " is " + register.type().text() + ", which is no " + type.text());
    }
  }

  // ---- addresses

  /** Slot of a constant. */
  int constant(long bits) {
    return frame.constant(bits);
  }

  Symbols.Symbol symbol(Name name) {
    return symbols
        .find(name.name())
        .orElseThrow(() -> statement.error("unknown name " + name.name()));
  }

  /** What brackets hold, for an access to that space. */
  Place place(Operand operand, Space space) {
    if (!(operand instanceof Address address)) {
      throw statement.error("expected an address in brackets, found " + operand);
    }
    return switch (address.base()) {
      case Register register -> {
        // ISA 6.4.1: an address register is a bit-size or integer one of 32 or 64 bits
        boolean fits =
            TypeRules.agree(PtxType.B64, register.type())
                || TypeRules.agree(PtxType.B32, register.type());
        if (!fits || register.type().isFloat()) {
          throw statement.error(register.name() + " holds no address");
        }
        reads.add(register.slot());
        yield new Place(register.slot(), address.offset());
      }
      case Name name -> {
        Symbols.Symbol symbol = symbol(name);
        if (symbol.space() != space) {
          throw statement.error(name.name() + " lies in " + symbol.space() + ", not " + space);
        }
        yield new Place(frame.constant(symbol.address()), address.offset());
      }
      case Operand.Whole whole -> new Place(frame.constant(whole.value()), address.offset());
      default -> throw statement.error("expected an address, found " + address.base());
    };
  }
}
