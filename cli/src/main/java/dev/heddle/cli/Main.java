package dev.heddle.cli;

import dev.heddle.compiler.diagnostic.HeddleException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code heddle}. */
@Command(
    name = "heddle",
    mixinStandardHelpOptions = true,
    version = {"heddle 0.1.0", "Java ${java.version} (${java.vendor})", "${os.name} ${os.arch}"},
    description = "Runs one data-parallel kernel, split across all devices of the machine.",
    subcommands = {
      DevicesCommand.class,
      RunCommand.class,
      PlanCommand.class,
      CheckCommand.class,
      EmitCommand.class,
      TestCommand.class,
      DoctorCommand.class,
      CacheCommand.class,
      CompletionCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {
    spec = CommandSpec.create();
  }

  /** Ends the process with the exit code of the command. */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    System.out.flush();
    // daemon threads of drivers must not hold the process, nor be waited for
    System.exit(code);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(Main::failed);
    commandLine.setParameterExceptionHandler(Main::misused);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpLongOptionsMaxWidth(30);
    return commandLine;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static int failed(Exception error, CommandLine command, ParseResult result) {
    return report(error);
  }

  /** Says what went wrong, for a user; a stack trace only where HEDDLE_DEBUG is set. */
  static int report(Throwable error) {
    System.out.flush();
    if (System.getenv("HEDDLE_DEBUG") != null) {
      error.printStackTrace();
    } else if (error instanceof HeddleException) {
      System.err.println("heddle: " + error.getMessage());
    } else if (error instanceof OutOfMemoryError) {
      System.err.println("heddle: out of memory: " + error.getMessage());
    } else {
      System.err.println(
          "heddle: internal error: " + error + "; set HEDDLE_DEBUG=1 to see where, and report it");
    }
    return ExitCode.of(error);
  }

  private static int misused(ParameterException error, String[] args) {
    System.err.println("heddle: " + error.getMessage());
    System.err.println(
        "Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }
}
