package dev.heddle.cli;

import dev.heddle.cli.spec.SourceLoader;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.spi.CompileOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the code generated for a kernel. */
@Command(
    name = "emit",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Print the code generated for a kernel.")
final class EmitCommand implements Callable<Integer> {
  private static final String IR = "ir";

  @Parameters(paramLabel = "FILE", description = "A kernel file.")
  private String file = "";

  @Option(names = "-k", paramLabel = "NAME", description = "The kernel, where there are several.")
  private @Nullable String kernelName;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      description = "ir, or a back end's code: opencl, ptx, jvm.")
  private String target = IR;

  @Option(names = "-D", paramLabel = "MACRO[=V]", description = "Define a macro.")
  private List<String> macros = new ArrayList<>();

  @Option(
      names = "-I",
      paramLabel = "DIR",
      description = "A folder that includes may be read from.")
  private List<String> includeFolders = new ArrayList<>();

  @Override
  public Integer call() {
    FrontendOptions options =
        FrontendOptions.DEFAULT
            .withMacros(macros)
            .withIncludes(SourceLoader.of(List.of(file), includeFolders));
    try (Session session = Session.planning(List.of())) {
      Program program =
          session.program(
              OpenClCompiler.compile(List.of(SourceLoader.read(file)), options, Warnings::print));
      List<Kernel> kernels =
          kernelName == null ? program.kernels() : List.of(program.kernel(kernelName));
      for (Kernel kernel : kernels) {
        System.out.println(code(session, kernel));
      }
    }
    return ExitCode.OK;
  }

  private String code(Session session, Kernel kernel) {
    if (target.equals(IR)) {
      return IrPrinter.print(kernel.function());
    }
    Optional<String> listing = session.listing(target, kernel, CompileOptions.DEFAULT);
    return listing.orElseThrow(
        () ->
            new UsageException(
                "--target "
                    + target
                    + ": there is "
                    + IR
                    + ", "
                    + String.join(", ", session.targets())));
  }
}
