package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.Operand.Name;
import java.util.Map;
import java.util.Optional;

/** Decodes branches, barriers, fences and ends (ISA sections 9.7.12 and 9.7.13). */
final class ControlInstructions {
  private ControlInstructions() {}

  private static final int BARRIERS = 16;

  private static final class Jump extends Instruction {
    private final int target;

    Jump(Slots slots, int target) {
      super(slots);
      this.target = target;
    }

    @Override
    int run(Lane lane, int next) {
      return target;
    }
  }

  static Optional<Instruction> find(Modifiers m, Operands operands, Map<String, Integer> labels) {
    return switch (m.name()) {
      case "bra" -> Optional.of(branch(m, operands, labels));
      case "ret" -> {
        m.take("uni");
        yield Optional.of(plain(m, operands, Instruction.EXIT));
      }
      case "exit" -> Optional.of(plain(m, operands, Instruction.EXIT));
      case "trap" -> Optional.of(trap(m, operands));
      case "bar", "barrier" -> Optional.of(barrier(m, operands));
      case "membar" -> {
        m.need("cta", "gl", "sys");
        yield Optional.of(nothing(m, operands));
      }
      case "fence" -> {
        m.takeOne("sc", "acq_rel");
        m.need("cta", "gpu", "sys");
        yield Optional.of(nothing(m, operands));
      }
      default -> Optional.empty();
    };
  }

  private static Instruction branch(Modifiers m, Operands operands, Map<String, Integer> labels) {
    m.take("uni");
    m.end();
    operands.expectCount(1, 1);
    Integer target = operands.get(0) instanceof Name name ? labels.get(name.name()) : null;
    if (target == null) {
      throw m.statement().error("no such label");
    }
    return new Jump(operands.slots(), target);
  }

  private static Instruction plain(Modifiers m, Operands operands, int outcome) {
    m.end();
    operands.expectCount(0, 0);
    return new Jump(operands.slots(), outcome);
  }

  /** Threads run one at a time, in program order: there is nothing to order. */
  private static Instruction nothing(Modifiers m, Operands operands) {
    m.end();
    operands.expectCount(0, 0);
    return new Instruction(operands.slots()) {
      @Override
      int run(Lane lane, int next) {
        return next;
      }
    };
  }

  private static Instruction trap(Modifiers m, Operands operands) {
    m.end();
    operands.expectCount(0, 0);
    return new Instruction(operands.slots()) {
      @Override
      int run(Lane lane, int next) {
        throw new PtxFault(PtxFault.Kind.TRAP, "trap");
      }
    };
  }

  /**
   * bar[.cta].sync a[, b], which is barrier.sync.aligned; barrier.sync; and with .red.and, .red.or
   * or .red.popc first a result and last a predicate, [!]c.
   */
  private static Instruction barrier(Modifiers m, Operands operands) {
    m.take("cta");
    boolean reducing = m.need("sync", "red").equals("red");
    String operator = reducing ? m.need("and", "or", "popc") : "";
    boolean aligned = m.name().equals("bar") | m.take("aligned");
    PtxType result = operator.equals("popc") ? PtxType.U32 : PtxType.PRED;
    if (reducing) {
      m.type(result);
    }
    m.end();
    int first = reducing ? 1 : 0;
    operands.expectCount(1 + 2 * first, 2 + 2 * first);
    int target = reducing ? operands.write(operands.get(0), result) : -1;
    int number = operands.read(operands.get(first), PtxType.U32);
    boolean counted = operands.count() == 2 + 2 * first;
    int count = counted ? operands.read(operands.get(first + 1), PtxType.U32) : -1;
    Operand last = operands.get(operands.count() - 1);
    boolean negated = reducing && last instanceof Operand.Not;
    Operand given = last instanceof Operand.Not not ? not.predicate() : last;
    int predicate = reducing ? operands.read(given, PtxType.PRED) : -1;
    return new Instruction(operands.slots()) {
      @Override
      int run(Lane lane, int next) {
        long chosen = lane.slots()[number];
        long threads = count < 0 ? 0 : lane.slots()[count];
        if (chosen >= BARRIERS || threads % 32 != 0) {
          throw new PtxFault(
              PtxFault.Kind.UNDEFINED, "barrier " + chosen + " of " + threads + " threads");
        }
        boolean vote = reducing && lane.slots()[predicate] != 0 ^ negated;
        lane.wait(new Lane.Wait((int) chosen, (int) threads, aligned, operator, vote, target));
        return WAIT;
      }
    };
  }
}
