package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Span;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compiles OpenCL C to IR. */
public final class OpenClCompiler {
  /** Chains of operators make deep trees; the stack of the caller may be small. */
  private static final long STACK_BYTES = 256L << 20;

  /** Starting a thread takes longer than handing work to one that waits. */
  private static final ExecutorService DEEP_STACKS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          OpenClCompiler::deepStack);

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
    Future<?> done = DEEP_STACKS.submit(compilation);
    boolean interrupted = false;
    while (true) {
      try {
        done.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("compilation failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return compilation.result();
  }

  private static Thread deepStack(Runnable work) {
    Thread thread = new Thread(null, work, "heddle-compile", STACK_BYTES, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(OpenClCompiler.class.getClassLoader());
    return thread;
  }

  /** One compilation, on a thread with a deep stack. */
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
