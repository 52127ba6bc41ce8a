package dev.heddle.compiler.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/** A source that does not compile, with everything that was found in it. */
public final class CompileException extends HeddleException {
  private final transient List<Diagnostic> diagnostics;

  public CompileException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
