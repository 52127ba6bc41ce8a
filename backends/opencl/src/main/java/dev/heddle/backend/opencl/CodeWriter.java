package dev.heddle.backend.opencl;

/** Lines of code, indented by nesting. */
final class CodeWriter {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  CodeWriter(int depth) {
    this.depth = depth;
  }

  void line(String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  /** Opens a block: {@code head} and a brace. */
  void open(String head) {
    line(head.isEmpty() ? "{" : head + " {");
    depth++;
  }

  /** Ends a block and starts another: a brace, {@code middle}, a brace. */
  void reopen(String middle) {
    depth--;
    line("} " + middle + " {");
    depth++;
  }

  void close() {
    depth--;
    line("}");
  }

  void append(CodeWriter other) {
    text.append(other.text);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
