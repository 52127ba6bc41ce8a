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
 * A process of its own that finds out about devices what a run in a hurry did not wait for: {@code
 * heddle devices}, its output dropped. It may outlive the run, and yields to other processes.
 */
final class Background {
  private static final String MAIN = "dev.heddle.cli/" + Main.class.getName();

  /**
   * What there is to be done.
   *
   * @param claim the file that says that some process does it
   * @param validity a claim that is older is void: its process has ended, one way or another
   * @param message what the user is told
   */
  private record Task(String claim, Duration validity, List<String> words, String message) {
    static final Task ADMIT =
        new Task(
            "probing",
            Duration.ofMinutes(1),
            List.of("devices"),
            "the devices left out are admitted in the background, for the next run;"
                + " a run that names them with -d waits for them");

    static Task measure(List<String> devices) {
      return new Task(
          "measuring",
          Duration.ofHours(1),
          List.of("devices", "--calibrate"),
          String.join(" and ", devices)
              + " measured in the background, some seconds, for the plans of later runs");
    }
  }

  private final List<String> command;

  private Background(List<String> command) {
    this.command = command;
  }

  /** Starts what a run left to be found out, if no other process is at it, and says so. */
  static void startFor(RunResult result) {
    if (!result.leftOut().isEmpty()) {
      start(Task.ADMIT);
    } else if (!result.unmeasured().isEmpty()) {
      start(Task.measure(result.unmeasured()));
    }
  }

  private static void start(Task task) {
    command(task)
        .filter(command -> claimed(task))
        .map(Background::new)
        .ifPresent(
            process -> {
              System.out.flush();
              System.err.println("heddle: " + task.message());
              process.start();
            });
  }

  /**
   * How this process was started, with the command in the place of the present one; by a shell that
   * lets it go, since a JVM that is the parent of a running process takes 300 ms to exit.
   */
  private static Optional<List<String>> command(Task task) {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> arguments = Arrays.asList(self.arguments().orElse(new String[0]));
    int main = arguments.indexOf(MAIN);
    if (main < 0 || self.command().isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "nice \"$@\" &", "sh", self.command().get()));
    command.addAll(arguments.subList(0, main + 1));
    command.addAll(task.words());
    return Optional.of(command);
  }

  /** Whether this process may do it; not if another has begun, or nothing could be kept. */
  private static boolean claimed(Task task) {
    Path claim = SessionOptions.DEFAULT.keptIn().resolve(task.claim());
    try {
      Folders.make(Objects.requireNonNull(claim.getParent()));
      if (Files.exists(claim) && old(claim, task.validity())) {
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

  private static boolean old(Path claim, Duration validity) throws IOException {
    return Files.getLastModifiedTime(claim).toInstant().isBefore(Instant.now().minus(validity));
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
      System.getLogger(Background.class.getName())
          .log(System.Logger.Level.DEBUG, "nothing is done in the background", e);
    }
  }
}
