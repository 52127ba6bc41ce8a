package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.diagnostic.Diagnostic.Severity;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what is found in a source, and knows the source lines to show with it. */
final class Diagnostics {
  /** More errors than this help nobody. */
  private static final int MOST_ERRORS = 40;

  private static final Pattern NEWLINE = Pattern.compile("\r\n|\n|\r");

  /** Thrown to give up: whatever is worth saying has been reported. */
  static final class GiveUp extends RuntimeException {
    GiveUp() {
      super(null, null, false, false);
    }
  }

  /** Lines of a nominal file, after {@code #line}: where they really are. */
  private record Alias(int shift, String file) {}

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, SourceFile> files = new LinkedHashMap<>();
  private final Map<String, Alias> aliases = new HashMap<>();
  private int errors;

  /** Makes a file known under its name. */
  void register(SourceFile file) {
    files.put(file.name(), file);
  }

  /** Says that nominal line {@code n} of {@code shown} is line {@code n - shift} of a file. */
  void alias(String shown, int shift, String file) {
    aliases.put(shown, new Alias(shift, file));
  }

  private String lineText(String shown, int nominal) {
    Alias alias = aliases.getOrDefault(shown, new Alias(0, shown));
    int line = nominal - alias.shift();
    SourceFile file = files.get(alias.file());
    if (file == null || line < 1) {
      return "";
    }
    return NEWLINE
        .splitAsStream(file.text())
        .skip(line - 1)
        .findFirst()
        .map(Diagnostics::shorten)
        .orElse("");
  }

  private static String shorten(String line) {
    return line.length() > 400 ? "" : line;
  }

  void error(Span span, String message) {
    if (add(Severity.ERROR, span, message) && ++errors >= MOST_ERRORS) {
      add(Severity.NOTE, span, "more errors follow; these " + MOST_ERRORS + " come first");
      throw new GiveUp();
    }
  }

  void warning(Span span, String message) {
    add(Severity.WARNING, span, message);
  }

  void note(Span span, String message) {
    add(Severity.NOTE, span, message);
  }

  /** Reports an error after which nothing sensible can follow. */
  GiveUp fatal(Span span, String message) {
    error(span, message);
    return new GiveUp();
  }

  /** Reports a program whose nesting exhausts even a deep stack. */
  void tooDeep(Span span) {
    errors++;
    add(Severity.ERROR, span, "this program nests too deeply to be compiled");
  }

  private boolean add(Severity severity, Span span, String message) {
    boolean fresh = seen.add(severity + "|" + span + "|" + message);
    if (fresh) {
      found.add(new Diagnostic(severity, span, message, lineText(span.file(), span.line())));
    }
    return fresh;
  }

  boolean hasErrors() {
    return errors > 0;
  }

  /** What was found, file by file and by position; notes stay behind what they belong to. */
  List<Diagnostic> all() {
    List<String> names = new ArrayList<>(files.keySet());
    List<List<Diagnostic>> groups = new ArrayList<>();
    for (Diagnostic diagnostic : found) {
      if (diagnostic.severity() != Severity.NOTE || groups.isEmpty()) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(diagnostic);
    }
    groups.sort(
        Comparator.comparingInt((List<Diagnostic> g) -> fileNumber(names, g.getFirst().span()))
            .thenComparingInt(g -> g.getFirst().span().line())
            .thenComparingInt(g -> g.getFirst().span().column()));
    return groups.stream().flatMap(List::stream).toList();
  }

  private int fileNumber(List<String> names, Span span) {
    Alias alias = aliases.get(span.file());
    int number = names.indexOf(alias == null ? span.file() : alias.file());
    return number < 0 ? names.size() : number;
  }

  CompileException exception() {
    return new CompileException(all());
  }
}
