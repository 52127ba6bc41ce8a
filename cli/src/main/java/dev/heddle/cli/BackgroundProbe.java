package dev.heddle.cli;

import dev.heddle.cli.run.RunResult;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.profile.Folders;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A process of its own that admits the devices which a run in a hurry left out: {@code heddle
 * devices}, its output dropped. It may outlive the run, which does not wait for a driver's
 * compiler.
 */
final class BackgroundProbe {
  private static final String MAIN = "dev.heddle.cli/" + Main.class.getName();

  /** A claim older than this is void: its process has ended, one way or another. */
  private static final Duration VALIDITY = Duration.ofMinutes(1);

  private final List<String> command;

  private BackgroundProbe(List<String> command) {
    this.command = command;
  }

  /** Starts one if devices were left out, and says so. */
  static void startFor(RunResult result) {
    if (result.leftOut().isEmpty()) {
      return;
    }
    claim()
        .ifPresent(
            probe -> {
              System.out.flush();
              System.err.println(
                  "heddle: the devices left out are admitted in the background, for the next run;"
                      + " a run that names them with -d waits for them");
              probe.start();
            });
  }

  /** The one that may start now; none if another run has started one, or nothing could be kept. */
  static Optional<BackgroundProbe> claim() {
    return command().filter(command -> claimed()).map(BackgroundProbe::new);
  }

  /**
   * How this process was started, with the command in the place of the present one; by a shell that
   * lets it go, since a JVM that is the parent of a running process takes 300 ms to exit.
   */
  private static Optional<List<String>> command() {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> arguments = Arrays.asList(self.arguments().orElse(new String[0]));
    int main = arguments.indexOf(MAIN);
    if (main < 0 || self.command().isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "\"$@\" &", "sh", self.command().get()));
    command.addAll(arguments.subList(0, main + 1));
    command.add("devices");
    return Optional.of(command);
  }

  private static boolean claimed() {
    Path claim = SessionOptions.DEFAULT.keptIn().resolve("probing");
    try {
      Folders.make(Objects.requireNonNull(claim.getParent()));
      if (Files.exists(claim) && old(claim)) {
        Files.deleteIfExists(claim);
      }
      Files.createFile(claim);
      return true;
    } catch (FileAlreadyExistsException anotherRunHasIt) {
      return false;
    } catch (IOException nothingCanBeKept) {
      return false;
    }
  }

  private static boolean old(Path claim) throws IOException {
    return Files.getLastModifiedTime(claim).toInstant().isBefore(Instant.now().minus(VALIDITY));
  }

  /** Starts it; that it can't be started changes nothing for the user. */
  void start() {
    try {
      new ProcessBuilder(command)
          .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.getLogger(BackgroundProbe.class.getName())
          .log(System.Logger.Level.DEBUG, "devices are not probed in the background", e);
    }
  }
}
