package dev.heddle.backend.cuda;

/** Instructions and labels, one after the other. */
final class PtxCode {
  private final StringBuilder text = new StringBuilder();

  /** An instruction with its operands, the destination first. */
  void add(String instruction, String... operands) {
    text.append("  ").append(instruction);
    for (int i = 0; i < operands.length; i++) {
      text.append(i == 0 ? " " : ", ").append(operands[i]);
    }
    text.append(";\n");
  }

  /**
   * An instruction that only those work-items execute for which {@code guard} holds.
   *
   * @param guard a predicate register, with an exclamation mark before it for its negation
   */
  void when(String guard, String instruction, String... operands) {
    add("@" + guard + " " + instruction, operands);
  }

  /** A directive, which ends with its line. */
  void directive(String line) {
    text.append("  ").append(line).append('\n');
  }

  void label(String name) {
    text.append(name).append(":\n");
  }

  void append(PtxCode other) {
    text.append(other.text);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
