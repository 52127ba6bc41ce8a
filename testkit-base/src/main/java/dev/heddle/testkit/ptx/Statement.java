package dev.heddle.testkit.ptx;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An instruction as written.
 *
 * @param line in the PTX
 * @param sourceLine that the last {@code .loc} named, or 0
 * @param opcode and its modifiers
 * @param words the text, put together when somebody asks
 */
record Statement(
    int line,
    int sourceLine,
    @Nullable Guard guard,
    List<String> opcode,
    List<Operand> operands,
    Supplier<String> words) {

  /** {@code @p} or {@code @!p}. */
  record Guard(Operand.Register predicate, boolean negated) {}

  String text() {
    return words.get();
  }

  PtxException error(String message) {
    return new PtxException(line, message + " in: " + text());
  }
}
