package dev.heddle.cli;

import dev.heddle.compiler.diagnostic.HeddleException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    addMethodSubcommands = false,
    version = {"heddle 0.1.0", "Java ${java.version} (${java.vendor})", "${os.name} ${os.arch}"},
    description = "Runs one data-parallel kernel, split across all devices of the machine.")
public final class Main implements Runnable {
  private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("devices", DevicesCommand::new);
    COMMANDS.put("run", RunCommand::new);
    COMMANDS.put("plan", PlanCommand::new);
    COMMANDS.put("check", CheckCommand::new);
    COMMANDS.put("emit", EmitCommand::new);
    COMMANDS.put("test", TestCommand::new);
    COMMANDS.put("selftest", SelfTestCommand::new);
    COMMANDS.put("bench", BenchCommand::new);
    COMMANDS.put("example", ExampleCommand::new);
    COMMANDS.put("doctor", DoctorCommand::new);
    COMMANDS.put("cache", CacheCommand::new);
    COMMANDS.put("completion", CompletionCommand::new);
  }

  @Spec private CommandSpec spec;

  Main() {
    spec = CommandSpec.create();
  }

  /** Ends the process with the exit code of the command. */
  public static void main(String[] args) {
    int code = execute(args);
    if (System.out.checkError() && code == ExitCode.OK) {
      System.err.println("heddle: not all of the output could be written");
      code = ExitCode.USAGE;
    }
    // daemon threads of drivers must not hold the process, nor be waited for
    System.exit(code);
  }

  /** Runs the command; picocli reports exceptions, but lets an error such as no memory pass. */
  private static int execute(String[] args) {
    try {
      return commandLine(args).execute(args);
    } catch (Error error) {
      return report(error);
    }
  }

  /** With the one command that the words begin with, since each costs time; else with all. */
  static CommandLine commandLine(String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    @Nullable Supplier<Object> wanted = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (wanted == null || args[0].equals("completion")) {
      COMMANDS.forEach((name, make) -> commandLine.addSubcommand(name, make.get()));
    } else {
      commandLine.addSubcommand(args[0], wanted.get());
    }
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
