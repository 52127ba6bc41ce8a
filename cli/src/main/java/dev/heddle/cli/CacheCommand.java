package dev.heddle.cli;

import dev.heddle.cli.spec.UsageException;
import dev.heddle.runtime.api.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what is kept between runs, or removes it. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "What is kept between runs, where, how much; 'clear' removes it.")
final class CacheCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    show,
    clear
  }

  @Parameters(arity = "0..1", paramLabel = "clear", description = "Remove all that is kept.")
  private Action action = Action.show;

  @Override
  public Integer call() {
    Path folder = SessionOptions.DEFAULT.keptIn();
    try {
      switch (action) {
        case show -> show(folder);
        case clear -> clear(folder);
      }
    } catch (IOException e) {
      throw new UsageException(folder + ": " + e.getMessage());
    }
    return ExitCode.OK;
  }

  private static void show(Path folder) throws IOException {
    Table table = new Table("lr");
    long sum = 0;
    for (Path file : files(folder)) {
      long size = Files.size(file);
      sum += size;
      table.row(folder.relativize(file).toString(), Units.bytes(size));
    }
    System.out.println(folder + ": " + Units.bytes(sum));
    System.out.print(table.render("  "));
  }

  private static void clear(Path folder) throws IOException {
    List<Path> files = files(folder);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    System.out.println(folder + ": " + files.size() + " files removed");
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }
}
