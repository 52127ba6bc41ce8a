package dev.heddle.compiler.frontend.java;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.List;

/**
 * Which loops end whatever the values are that their body loads: those that count a variable up or
 * down and compare it at their start with what the loop does not change. In any other a fault could
 * keep the work-item from ever leaving, since it goes on with a zero.
 */
final class CountedLoops {
  private CountedLoops() {}

  static boolean counted(Block header, List<Block> all) {
    if (header.steps.size() < 2) {
      return false;
    }
    boolean simple = true;
    for (Block.Step step : header.steps.subList(0, header.steps.size() - 1)) {
      simple &= isPlain(step.instruction());
    }
    return simple
        && compares(header.steps.getLast().instruction())
        && header.successors.stream().anyMatch(next -> !next.loops.get(header.index))
        && countsOneVariable(header, all);
  }

  private static boolean isPlain(Instruction instruction) {
    return switch (instruction) {
      case LoadInstruction load -> true;
      case ConstantInstruction constant -> true;
      case OperatorInstruction operator -> true;
      case ConvertInstruction convert -> true;
      case ArrayLoadInstruction load -> true;
      case FieldInstruction field -> true;
      default -> false;
    };
  }

  private static boolean compares(Instruction instruction) {
    return instruction instanceof BranchInstruction branch
        && switch (branch.opcode()) {
          case IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ICMPLT, IF_ICMPEQ, IF_ICMPNE -> true;
          case IFGE, IFGT, IFLE, IFLT, IFEQ, IFNE -> true;
          default -> false;
        };
  }

  /** Of what the header reads the loop changes one variable, by a constant step. */
  private static boolean countsOneVariable(Block header, List<Block> all) {
    int counter = -1;
    for (Block.Step step : header.steps) {
      if (step.instruction() instanceof LoadInstruction load
          && header.storedInLoop.get(load.slot())) {
        if (counter >= 0 && counter != load.slot()) {
          return false;
        }
        counter = load.slot();
      }
    }
    int slot = counter;
    return slot >= 0
        && !indexesWith(header, slot)
        && all.stream()
            .filter(block -> block.loops.get(header.index))
            .flatMap(block -> block.steps.stream())
            .noneMatch(step -> changesOtherwise(step.instruction(), slot));
  }

  /** Whether the header may look something up by the counter, rather than compare it. */
  private static boolean indexesWith(Block header, int counter) {
    boolean looksUp =
        header.steps.stream().anyMatch(step -> step.instruction() instanceof ArrayLoadInstruction);
    long uses = header.steps.stream().filter(step -> loads(step.instruction(), counter)).count();
    return looksUp && (uses != 1 || !loads(header.steps.getFirst().instruction(), counter));
  }

  private static boolean loads(Instruction instruction, int slot) {
    return instruction instanceof LoadInstruction load && load.slot() == slot;
  }

  private static boolean changesOtherwise(Instruction instruction, int slot) {
    return switch (instruction) {
      case StoreInstruction store -> store.slot() == slot;
      case IncrementInstruction step -> step.slot() == slot && step.constant() == 0;
      default -> false;
    };
  }
}
