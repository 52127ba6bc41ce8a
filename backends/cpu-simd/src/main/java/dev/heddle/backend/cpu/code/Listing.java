package dev.heddle.backend.cpu.code;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a generated class looks like to people, and how long its methods are. */
public final class Listing {
  private final byte[] classFile;

  public Listing(byte[] classFile) {
    this.classFile = classFile;
  }

  /** The instructions of every method, one a line; made when it is asked for, which is seldom. */
  public String text() {
    return new Writer().write(ClassFile.of().parse(classFile));
  }

  /** The code size of the longest method, in bytes. */
  public int longestMethod() {
    return longestMethod(classFile);
  }

  /** The code size of the longest method of a class, in bytes. */
  public static int longestMethod(byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .flatMap(method -> method.code().stream())
        .mapToInt(code -> ((CodeAttribute) code).codeLength())
        .max()
        .orElse(0);
  }

  private static final class Writer {
    private final StringBuilder text = new StringBuilder();
    private final Map<Label, String> labels = new HashMap<>();

    String write(ClassModel model) {
      text.append("class ").append(model.thisClass().asInternalName()).append('\n');
      model.methods().forEach(this::method);
      return text.toString();
    }

    private void method(MethodModel method) {
      text.append("method ").append(method.methodName().stringValue());
      text.append(method.methodType().stringValue()).append('\n');
      method.code().ifPresent(this::code);
    }

    private void code(CodeModel code) {
      for (CodeElement element : code) {
        if (element instanceof LabelTarget target) {
          text.append(name(target.label())).append(":\n");
        } else if (element instanceof Instruction instruction) {
          text.append("  ").append(line(instruction)).append('\n');
        }
      }
    }

    private String name(Label label) {
      return labels.computeIfAbsent(label, key -> "L" + labels.size());
    }

    private String line(Instruction instruction) {
      String name = instruction.opcode().name().toLowerCase(Locale.ROOT);
      return switch (instruction) {
        case BranchInstruction branch -> name + " " + name(branch.target());
        case LoadInstruction load -> name + " " + load.slot();
        case StoreInstruction store -> name + " " + store.slot();
        case IncrementInstruction increment -> name + " " + increment.slot();
        case ConstantInstruction constant -> name + " " + constant.constantValue();
        case FieldInstruction field -> name + " " + field.name().stringValue();
        case InvokeInstruction call ->
            name
                + " "
                + call.owner().asInternalName()
                + "."
                + call.name().stringValue()
                + call.type().stringValue();
        default -> name;
      };
    }
  }
}
