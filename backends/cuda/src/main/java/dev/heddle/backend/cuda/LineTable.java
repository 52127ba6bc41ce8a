package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/** The source files of a kernel, and where in them the printed code stands. */
final class LineTable {
  private final Map<String, Integer> files = new LinkedHashMap<>();
  private Span place = Span.NONE;

  /** Notes that what follows comes from {@code span}. */
  void at(PtxCode code, Span span) {
    if (span.line() <= 0 || span.file().isEmpty() || span.equals(place)) {
      return;
    }
    place = span;
    int file = files.computeIfAbsent(span.file(), name -> files.size() + 1);
    code.directive(".loc " + file + " " + span.line() + " " + Math.max(1, span.column()));
  }

  /** Makes the next place be noted again, after code that comes from elsewhere. */
  void forget() {
    place = Span.NONE;
  }

  String declarations() {
    StringBuilder text = new StringBuilder();
    files.forEach(
        (name, number) ->
            text.append(".file %d \"%s\"\n".formatted(number, name.replace("\\", "\\\\"))));
    return text.toString();
  }
}
