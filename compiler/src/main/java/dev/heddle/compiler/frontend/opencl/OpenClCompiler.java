package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.ir.Program;
import java.util.List;
import java.util.function.Consumer;

/** Compiles OpenCL C to IR. */
public final class OpenClCompiler {
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
    throw new UnsupportedOperationException("OpenClCompiler.compile");
  }
}
