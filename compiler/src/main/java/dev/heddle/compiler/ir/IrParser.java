package dev.heddle.compiler.ir;

/** Reads the textual form that {@link IrPrinter} prints. */
public final class IrParser {
  private IrParser() {}

  /**
   * @throws IllegalArgumentException with the line, if the text is not in that form
   */
  public static Program parse(String text) {
    throw new UnsupportedOperationException("not written yet");
  }
}
