package dev.heddle.compiler.frontend.java;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A method's bytecode cut into basic blocks. */
final class MethodCode {
  final MethodModel model;
  final int maxLocals;
  final boolean catches;

  /** Reachable blocks in reverse postorder; the first is the entry. */
  final List<Block> blocks;

  private final Map<Label, Block> byLabel = new HashMap<>();

  MethodCode(MethodModel model) {
    this.model = model;
    CodeModel code = model.code().orElseThrow();
    this.maxLocals = ((CodeAttribute) code).maxLocals();
    this.catches = !code.exceptionHandlers().isEmpty();
    this.blocks = new BlockFlow(split(code)).reachable();
  }

  /** The block that a label stands before. */
  Block at(Label label) {
    return Objects.requireNonNull(byLabel.get(label));
  }

  private List<Block> split(CodeModel code) {
    Set<Label> targets = targets(code);
    List<Block> all = new ArrayList<>();
    Block current = new Block(0);
    all.add(current);
    boolean ended = false;
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case LabelTarget target -> {
          if (targets.contains(target.label())) {
            // control that runs into the label needs a block of its own to come from
            if (!current.steps.isEmpty() || ended) {
              Block next = new Block(all.size());
              if (!ended) {
                current.successors.add(next);
              }
              all.add(next);
              current = next;
              ended = false;
            }
            byLabel.put(target.label(), current);
          }
        }
        case Instruction instruction -> {
          if (ended) {
            current = new Block(all.size());
            all.add(current);
          }
          current.steps.add(new Block.Step(instruction, line));
          ended = ends(instruction);
          if (ended && fallsThrough(instruction)) {
            Block next = new Block(all.size());
            all.add(next);
            current.successors.add(next);
            current = next;
            ended = false;
          }
        }
        default -> {}
      }
    }
    for (Block block : all) {
      if (!block.steps.isEmpty()) {
        jumps(block.steps.getLast().instruction()).forEach(l -> block.successors.add(at(l)));
      }
    }
    return all;
  }

  private static Set<Label> targets(CodeModel code) {
    Set<Label> targets = new HashSet<>();
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction) {
        targets.addAll(jumps(instruction));
      }
    }
    return targets;
  }

  private static List<Label> jumps(Instruction instruction) {
    return switch (instruction) {
      case BranchInstruction branch -> List.of(branch.target());
      case LookupSwitchInstruction choice -> labels(choice.cases(), choice.defaultTarget());
      case TableSwitchInstruction choice -> labels(choice.cases(), choice.defaultTarget());
      default -> List.of();
    };
  }

  private static List<Label> labels(List<SwitchCase> cases, Label other) {
    List<Label> labels = new ArrayList<>();
    cases.forEach(c -> labels.add(c.target()));
    labels.add(other);
    return labels;
  }

  private static boolean ends(Instruction instruction) {
    return switch (instruction) {
      case BranchInstruction branch -> true;
      case LookupSwitchInstruction choice -> true;
      case TableSwitchInstruction choice -> true;
      case ReturnInstruction end -> true;
      case ThrowInstruction end -> true;
      default -> false;
    };
  }

  private static boolean fallsThrough(Instruction instruction) {
    return instruction instanceof BranchInstruction branch
        && branch.opcode() != Opcode.GOTO
        && branch.opcode() != Opcode.GOTO_W;
  }

  /** The line of the method's first instruction, 0 if unknown. */
  int firstLine() {
    Block entry = blocks.getFirst();
    return entry.steps.isEmpty() ? 0 : entry.steps.getFirst().line();
  }

  /** The block that control falls into behind a branch; null if there is none. */
  @Nullable Block next(Block block) {
    return block.successors.isEmpty() ? null : block.successors.getFirst();
  }
}
