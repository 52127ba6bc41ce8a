package dev.heddle.compiler.ir;

/** Prints the textual form: one op a line, the same text for the same IR. {@link IrParser} reads it. */
public final class IrPrinter {
  private IrPrinter() {}

  public static String print(Program program) {
    throw new UnsupportedOperationException("not written yet");
  }

  public static String print(Function function) {
    return print(new Program(java.util.List.of(function)));
  }

  /** One op on one line, without its regions and its span; for messages. */
  public static String line(Op op) {
    throw new UnsupportedOperationException("not written yet");
  }
}
