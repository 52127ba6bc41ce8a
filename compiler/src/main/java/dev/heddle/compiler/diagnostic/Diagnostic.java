package dev.heddle.compiler.diagnostic;

import dev.heddle.compiler.ir.Span;

/**
 * One finding about a source text.
 *
 * @param message what is wrong and what would fit, one sentence, lower case
 * @param sourceLine the text of the line, empty if unknown
 */
public record Diagnostic(Severity severity, Span span, String message, String sourceLine) {
  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING,
    NOTE
  }

  /** The finding as a C compiler prints it: place, message, source line and a caret. */
  public String render() {
    String head = span + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + message;
    if (sourceLine.isEmpty()) {
      return head;
    }
    String shown = sourceLine.replace('\t', ' ');
    return head + "\n    " + shown + "\n    " + " ".repeat(Math.max(0, span.column() - 1)) + "^";
  }
}
