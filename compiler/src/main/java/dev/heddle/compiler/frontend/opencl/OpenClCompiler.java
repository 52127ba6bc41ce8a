package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Span;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compiles OpenCL C to IR. */
public final class OpenClCompiler {
  /** Chains of operators make deep trees; the stack of the caller may be small. */
  private static final long STACK_BYTES = 256L << 20;

  private OpenClCompiler() {}

  /**
   * Compiles the sources as one program, in order; warnings are dropped.
   *
   * @throws CompileException with everything that was found, warnings included
   */
  public static Program compile(List<SourceFile> sources, FrontendOptions options) {
    return compile(sources, options, warning -> {});
  }

  /**
   * Compiles the sources as one program, in order.
   *
   * @param warnings takes each warning of a program that compiles
   * @throws CompileException with everything that was found, warnings included
   */
  public static Program compile(
      List<SourceFile> sources, FrontendOptions options, Consumer<Diagnostic> warnings) {
    Diagnostics diagnostics = new Diagnostics();
    Program program = onDeepStack(sources, options, diagnostics);
    if (program == null) {
      throw diagnostics.exception();
    }
    diagnostics.all().forEach(warnings);
    return program;
  }

  private static @Nullable Program onDeepStack(
      List<SourceFile> sources, FrontendOptions options, Diagnostics diagnostics) {
    Compilation compilation = new Compilation(sources, options, diagnostics);
    Thread thread = new Thread(null, compilation, "heddle-compile", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return compilation.result();
  }

  /** One compilation, on a thread of its own. */
  private static final class Compilation implements Runnable {
    private final List<SourceFile> sources;
    private final FrontendOptions options;
    private final Diagnostics diagnostics;
    private @Nullable Program program;
    private @Nullable RuntimeException bug;

    Compilation(List<SourceFile> sources, FrontendOptions options, Diagnostics diagnostics) {
      this.sources = sources;
      this.options = options;
      this.diagnostics = diagnostics;
    }

    @Override
    public void run() {
      try {
        Program lowered = compile();
        program = diagnostics.hasErrors() ? null : lowered;
      } catch (Diagnostics.GiveUp reported) {
        program = null;
      } catch (StackOverflowError deep) {
        diagnostics.tooDeep(new Span(sources.getFirst().name(), 1, 1));
      } catch (RuntimeException e) {
        bug = e;
      }
    }

    private Program compile() {
      if (sources.isEmpty()) {
        throw diagnostics.fatal(Span.NONE, "there is no source to compile");
      }
      List<Token> tokens = new Preprocessor(diagnostics, options).run(sources);
      return ProgramLowering.lower(Parser.parse(tokens, diagnostics), diagnostics);
    }

    /** Null where a mistake was found; a bug of the compiler goes on to the caller. */
    @Nullable Program result() {
      if (bug != null) {
        throw bug;
      }
      return program;
    }
  }
}
