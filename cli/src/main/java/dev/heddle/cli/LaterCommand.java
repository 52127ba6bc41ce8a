package dev.heddle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A command that this version does not have, and what serves instead. */
@Command(description = "Not there yet.", addMethodSubcommands = false)
final class LaterCommand implements Callable<Integer> {
  private final String message;

  @Unmatched private List<String> words = new ArrayList<>();

  LaterCommand(String name, String instead) {
    message = "heddle: '" + name + "' is not there yet; " + instead;
  }

  @Override
  public Integer call() {
    System.err.println(message);
    return ExitCode.USAGE;
  }
}
