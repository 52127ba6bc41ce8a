package dev.heddle.cli.spec;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as asked for: command line and headers merged, values not yet typed.
 *
 * @param values all top-level {@code NAME=VALUE}, buffers and scalars alike
 * @param steps at least one launch
 * @param outputs buffers to show, in order; the file to save to may be missing
 * @param trace where to write the timeline
 * @param swaps pairs of buffers to exchange between iterations
 */
public record RunRequest(
    List<SourceFile> sources,
    FrontendOptions frontend,
    RunOptions options,
    int cpuThreads,
    Map<String, String> values,
    List<Step> steps,
    List<Output> outputs,
    List<Swap> swaps,
    int iterations,
    int repeats,
    boolean verify,
    boolean explain,
    boolean json,
    Optional<Path> trace,
    List<String> expectations) {

  /**
   * One launch.
   *
   * @param kernel empty: the only one there is
   * @param global expressions, one for each dimension; empty if none was given
   * @param local the same; empty: chosen by the runtime
   * @param bindings parameter name to value; those missing are looked up in the run's values
   */
  public record Step(
      Optional<String> kernel,
      List<String> global,
      List<String> local,
      Map<String, String> bindings) {}

  /** A buffer to show, and perhaps to save. */
  public record Output(String name, Optional<String> file) {}

  /** Two buffers that trade places. */
  public record Swap(String a, String b) {}

  /** Reads the files' headers and merges them with the words of the command line, which win. */
  public static RunRequest of(RunWords words) {
    if (words.files().isEmpty()) {
      throw new UsageException("a kernel file is missing: heddle run FILE [NAME=VALUE ...]");
    }
    return of(words, words.files().stream().map(SourceLoader::read).toList());
  }

  /** The same with other options. */
  public RunRequest with(RunOptions newOptions) {
    return new RunRequest(
        sources,
        frontend,
        newOptions,
        cpuThreads,
        values,
        steps,
        outputs,
        swaps,
        iterations,
        repeats,
        verify,
        explain,
        json,
        trace,
        expectations);
  }

  private static RunRequest of(RunWords words, List<SourceFile> sources) {
    RunWords merged = words;
    Map<String, String> values = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    List<String> expectations = new ArrayList<>();
    for (SourceFile source : sources) {
      Header header = Header.of(source.name(), source.text());
      merged = merged.over(header.defaults());
      values.putAll(Header.values(source.name(), header.defaults()));
      header.steps().forEach(step -> steps.add(step(step, Header.values(source.name(), step))));
      expectations.addAll(header.expectations());
    }
    boolean asWritten = words.values().isEmpty() && words.macros.isEmpty();
    values.putAll(words.values());
    return new RunRequest(
        sources,
        FrontendOptions.DEFAULT
            .withMacros(merged.macros)
            .withIncludes(SourceLoader.of(words.files(), words.includeFolders)),
        options(merged),
        merged.cpuThreads == null ? 0 : atLeastOne("--cpu-threads", merged.cpuThreads),
        values,
        words.kernel == null && !steps.isEmpty() ? steps : List.of(step(merged, Map.of())),
        outputs(merged.outputs),
        swaps(merged.swaps),
        merged.iterate == null ? 1 : atLeastOne("--iterate", merged.iterate),
        merged.repeat == null ? 0 : atLeastOne("--repeat", merged.repeat),
        merged.verify,
        merged.explain,
        words.json,
        Optional.ofNullable(words.trace).map(Path::of),
        asWritten ? expectations : List.of());
  }

  private static Step step(RunWords words, Map<String, String> bindings) {
    return new Step(
        Optional.ofNullable(words.kernel), list(words.global), list(words.local), bindings);
  }

  private static List<String> list(@Nullable String text) {
    return text == null ? List.of() : Words.list(text);
  }

  private static RunOptions options(RunWords words) {
    RunOptions options = RunOptions.DEFAULT.withRedundancy(words.redundant);
    if (words.devices != null) {
      options = options.on(DeviceSelector.parse(words.devices));
    }
    if (words.split != null) {
      options = options.withSplit(SplitPolicy.parse(words.split));
    }
    if (words.math != null) {
      options = options.withMath(choice("--math", words.math, MathMode.values()));
    }
    if (words.bounds != null) {
      options = options.withBounds(choice("--bounds", words.bounds, BoundsMode.values()));
    }
    return words.timeout == null ? options : options.withTimeout(duration(words.timeout));
  }

  private static <E extends Enum<E>> E choice(String option, String text, E[] values) {
    List<String> names = new ArrayList<>();
    for (E value : values) {
      String name = value.name().toLowerCase(java.util.Locale.ROOT);
      if (name.equals(text)) {
        return value;
      }
      names.add(name);
    }
    throw new UsageException(option + " " + text + ": use one of " + String.join(", ", names));
  }

  /** Reads {@code 500ms}, {@code 30s}, {@code 2m} or {@code 1h}. */
  private static Duration duration(String text) {
    for (Unit unit : Unit.values()) {
      if (text.endsWith(unit.suffix)) {
        return unit.duration(text);
      }
    }
    throw new UsageException(Unit.explain(text));
  }

  private enum Unit {
    MILLIS("ms", 1e6),
    SECONDS("s", 1e9),
    MINUTES("m", 60e9),
    HOURS("h", 3600e9);

    private final String suffix;
    private final double nanos;

    Unit(String suffix, double nanos) {
      this.suffix = suffix;
      this.nanos = nanos;
    }

    Duration duration(String text) {
      try {
        double count = Double.parseDouble(text.substring(0, text.length() - suffix.length()));
        if (count > 0 && count * nanos < Long.MAX_VALUE) {
          return Duration.ofNanos(Math.max(1, (long) (count * nanos)));
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new UsageException(explain(text));
    }

    static String explain(String text) {
      return "--timeout " + text + ": use a time such as 500ms, 30s, 2m or 1h";
    }
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException(option + " " + value + ": must be at least 1");
    }
    return value;
  }

  private static List<Output> outputs(List<String> words) {
    Set<String> seen = new HashSet<>();
    List<Output> outputs = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!seen.add(name)) {
        throw new UsageException("-o " + name + " is given twice");
      }
      outputs.add(
          new Output(
              name, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1))));
    }
    return outputs;
  }

  private static List<Swap> swaps(List<String> words) {
    List<Swap> swaps = new ArrayList<>();
    for (String word : words) {
      List<String> names = Words.list(word);
      if (names.size() != 2) {
        throw new UsageException("--swap " + word + ": use two buffers, as in --swap a,b");
      }
      swaps.add(new Swap(names.get(0), names.get(1)));
    }
    return swaps;
  }
}
