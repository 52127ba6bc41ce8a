package dev.heddle.cli;

import dev.heddle.cli.run.KernelCheck;
import dev.heddle.compiler.diagnostic.HeddleException;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compiles kernel files for every device, and says how each kernel may be split. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Compile for every target; say along which dimension each kernel splits.")
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Kernel files or folders of them.")
  private List<String> paths = new ArrayList<>();

  @Option(names = "-D", paramLabel = "MACRO[=V]", description = "Define a macro.")
  private List<String> macros = new ArrayList<>();

  @Option(
      names = "-I",
      paramLabel = "DIR",
      description = "A folder that includes may be read from.")
  private List<String> includeFolders = new ArrayList<>();

  @Override
  public Integer call() {
    int worst = ExitCode.OK;
    try (Session session = Session.open(SessionOptions.DEFAULT)) {
      for (String file : KernelFiles.under(paths)) {
        worst = Math.max(worst, check(session, file));
      }
    }
    return worst;
  }

  private int check(Session session, String file) {
    System.out.println(file);
    try {
      List<KernelCheck> checks =
          KernelCheck.of(session, file, macros, includeFolders, Warnings::print);
      checks.forEach(CheckCommand::print);
      return checks.stream().allMatch(KernelCheck::compiles) ? ExitCode.OK : ExitCode.COMPILE;
    } catch (HeddleException e) {
      System.out.println("  does not compile");
      System.out.flush();
      return Main.report(e);
    }
  }

  private static void print(KernelCheck check) {
    System.out.println("  " + check.kernel() + ": " + check.verdict());
    check.reasons().forEach(reason -> System.out.println("      " + reason));
    check
        .targets()
        .forEach((device, error) -> System.out.println("      " + device + ": " + error));
  }
}
