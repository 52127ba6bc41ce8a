package dev.heddle.cli;

import dev.heddle.cli.bench.Baseline;
import dev.heddle.cli.bench.Bench;
import dev.heddle.cli.bench.Comparison;
import dev.heddle.cli.bench.Report;
import dev.heddle.cli.bench.ReportJson;
import dev.heddle.cli.report.HtmlReport;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the devices and writes the report. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = {
      "The device benchmark report: one HTML file that needs nothing else, JSON beside it, a"
          + " summary on the terminal.",
      "Takes up to three minutes, --quick half a minute. Exit code 10 if --compare finds something"
          + " slower."
    })
final class BenchCommand implements Callable<Integer> {
  @Option(names = "-d", paramLabel = "SEL[,SEL]", description = "Devices: cpu, opencl, cuda:0, ...")
  private String devices = "all";

  @Option(names = "--quick", description = "Fewer sizes and kernels, within half a minute.")
  private boolean quick;

  @Option(
      names = "-o",
      paramLabel = "FILE.html",
      description = "The report; report.html if left out.")
  private Path html = Path.of("report.html");

  @Option(names = "--json", paramLabel = "FILE.json", description = "The figures, for programs.")
  private @Nullable Path json;

  @Option(
      names = "--compare",
      paramLabel = "BASE.json",
      description = "An earlier --json file of this machine to compare with.")
  private @Nullable Path compare;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Optional<Baseline> base = Optional.ofNullable(compare).map(BenchCommand::read);
    requireWritable(html);
    if (json != null) {
      requireWritable(json);
    }
    return conclude(measure(), base);
  }

  private Report measure() {
    SessionOptions options = SessionOptions.DEFAULT.on(DeviceSelector.parse(devices));
    try (Session session = Session.open(options);
        Progress progress = new Progress()) {
      return Bench.run(session, quick, Home.folder(), commandLine(), progress::next);
    }
  }

  /** Writes and prints what was measured; the exit code. */
  int conclude(Report report, Optional<Baseline> base) {
    Optional<Comparison> comparison = base.map(then -> Comparison.of(then, Baseline.of(report)));
    write(html, HtmlReport.render(report, comparison));
    if (json != null) {
      write(json, ReportJson.write(report));
    }
    System.out.print(BenchText.render(report, comparison));
    System.out.println("report: " + html + (json == null ? "" : ", figures: " + json));
    boolean regressed = comparison.map(Comparison::regressed).orElse(false);
    return regressed ? ExitCode.REGRESSION : ExitCode.OK;
  }

  private String commandLine() {
    return "heddle " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  /** Told before anything is measured for minutes. */
  private static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UsageException(file + ": cannot be written; name a file in a folder that is there");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be written: " + e.getMessage());
    }
  }

  private static Baseline read(Path file) {
    try {
      return Baseline.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new UsageException("--compare " + file + ": no such file");
    } catch (IOException e) {
      throw new UsageException(
          "--compare %s: %s; 'heddle bench --json FILE.json' writes such a file"
              .formatted(file, e.getMessage()));
    }
  }
}
