package dev.heddle.cli;

import dev.heddle.examples.Example;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the example programs of the Java API. */
@Command(
    name = "example",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Run an example program of the Java API.")
final class ExampleCommand implements Callable<Integer> {
  @Option(names = "--list", description = "Say which examples there are.")
  private boolean list;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where it writes files; default: here.")
  private Path folder = Path.of(".");

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which one to run.")
  private @Nullable String name;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "A file for it to read.")
  private List<String> files = new ArrayList<>();

  @Override
  public Integer call() {
    if (list || name == null) {
      Example.all().forEach(e -> System.out.printf("%-16s %s%n", e.name(), e.about()));
      return ExitCode.OK;
    }
    Example example = find(name);
    try (Session session = Session.open(SessionOptions.DEFAULT)) {
      example.run(session, System.out, folder, files);
      return ExitCode.OK;
    } catch (IOException e) {
      throw RunException.usage("example " + name + ": " + e.getMessage());
    }
  }

  private static Example find(String wanted) {
    return Example.all().stream()
        .filter(e -> e.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                RunException.usage(
                    "there is no example \""
                        + wanted
                        + "\"; there are "
                        + Example.all().stream()
                            .map(Example::name)
                            .collect(Collectors.joining(", "))));
  }
}
