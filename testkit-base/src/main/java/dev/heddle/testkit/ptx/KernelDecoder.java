package dev.heddle.testkit.ptx;

import java.util.List;

/** Turns the statements of a kernel into instructions. */
final class KernelDecoder {
  private final ModuleText.Kernel kernel;
  private final Frame frame;
  private final Symbols symbols;

  KernelDecoder(ModuleText.Kernel kernel, Frame frame, Symbols symbols) {
    this.kernel = kernel;
    this.frame = frame;
    this.symbols = symbols;
  }

  Instruction[] decode() {
    List<Statement> body = kernel.body();
    Instruction[] code = new Instruction[body.size() + 1];
    for (int i = 0; i < body.size(); i++) {
      code[i] = decode(body.get(i));
    }
    // a kernel that runs over its last instruction ends
    Statement end =
        new Statement(kernel.line(), 0, null, List.of("ret"), List.of(), () -> "the end");
    code[body.size()] = decode(end);
    return code;
  }

  private Instruction decode(Statement statement) {
    Modifiers modifiers = new Modifiers(statement);
    Operands operands = new Operands(statement, frame, symbols);
    return ComputeInstructions.find(modifiers, operands)
        .or(() -> MemoryInstructions.find(modifiers, operands))
        .or(() -> ControlInstructions.find(modifiers, operands, kernel.labels()))
        .orElseThrow(() -> statement.error("unknown instruction " + modifiers.name()));
  }
}
