package dev.heddle.cli.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options and words of {@code run} and {@code plan}, as given on a command line or in a header
 * line. What was not given is null or empty.
 */
public final class RunWords {
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*", Pattern.DOTALL);

  @Option(names = "-k", paramLabel = "NAME", description = "The kernel, where there are several.")
  @Nullable String kernel;

  @Option(names = "-g", paramLabel = "X[,Y[,Z]]", description = "Global size.")
  @Nullable String global;

  @Option(names = "-l", paramLabel = "X[,Y[,Z]]", description = "Local size; else Heddle chooses.")
  @Nullable String local;

  @Option(
      names = "-d",
      paramLabel = "SEL[,SEL]",
      description = "Devices: cpu, opencl, cuda:0, all (default), best.")
  @Nullable String devices;

  @Option(
      names = "--cpu-threads",
      paramLabel = "N",
      description = "Worker threads of the CPU SIMD device.")
  @Nullable Integer cpuThreads;

  @Option(
      names = "-o",
      paramLabel = "NAME[=FILE.npy]",
      description = "Show a buffer after the run, and save it if a file is given; repeatable.")
  List<String> outputs = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "MACRO[=V]",
      description = "Define a macro, as for a C compiler.")
  List<String> macros = new ArrayList<>();

  @Option(
      names = "-I",
      paramLabel = "DIR",
      description = "A folder that includes may be read from.")
  List<String> includeFolders = new ArrayList<>();

  @Option(
      names = "--split",
      paramLabel = "POLICY",
      description = "auto (default), even, none, or shares by hand: SEL=SHARE,...")
  @Nullable String split;

  @Option(names = "--iterate", paramLabel = "N", description = "Run N times.")
  @Nullable Integer iterate;

  @Option(
      names = "--swap",
      paramLabel = "A,B",
      description = "Exchange two buffers between the runs of --iterate; repeatable.")
  List<String> swaps = new ArrayList<>();

  @Option(names = "--math", paramLabel = "MODE", description = "reproducible (default) or fast.")
  @Nullable String math;

  @Option(names = "--bounds", paramLabel = "MODE", description = "trap (default), clamp or off.")
  @Nullable String bounds;

  @Option(names = "--verify", description = "Also run the reference interpreter and compare bits.")
  boolean verify;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "N timed runs after warm-up: median and spread.")
  @Nullable Integer repeat;

  @Option(
      names = "--explain",
      description = "Show the certificate, the predictions and what was measured.")
  boolean explain;

  @Option(names = "--timeout", paramLabel = "30s", description = "Give up after that time.")
  @Nullable String timeout;

  @Option(
      names = "--trace",
      paramLabel = "FILE.json",
      description = "Write a timeline in Chrome trace format.")
  @Nullable String trace;

  @Option(
      names = "--redundant",
      description = "Every chunk on two different devices, bits compared.")
  boolean redundant;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = "Run over a Spark cluster: spark://HOST:PORT, or local-cluster[N,CORES,MB].")
  @Nullable String spark;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  boolean json;

  @Parameters(
      paramLabel = "FILE|NAME=VALUE",
      arity = "0..*",
      description = "Kernel files, and values for the kernel's parameters.")
  List<String> words = new ArrayList<>();

  /**
   * Reads words as the command line gives them.
   *
   * @throws CommandLine.ParameterException if they do not fit
   */
  public static RunWords parse(List<String> words) {
    RunWords parsed = new RunWords();
    new CommandLine(parsed).parseArgs(words.toArray(String[]::new));
    return parsed;
  }

  /** The words of a run as its file's header has it. */
  public static RunWords ofFile(String file, List<String> macros, List<String> includeFolders) {
    RunWords words = new RunWords();
    words.words = List.of(file);
    words.macros = macros;
    words.includeFolders = includeFolders;
    return words;
  }

  /** The words that are kernel files. */
  public List<String> files() {
    return words.stream().filter(word -> !isAssignment(word)).toList();
  }

  /** The words {@code NAME=VALUE}, by name, in order. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words) {
      if (isAssignment(word)) {
        int equals = word.indexOf('=');
        String name = word.substring(0, equals);
        if (values.put(name, word.substring(equals + 1)) != null) {
          throw new UsageException("'" + name + "' is given twice");
        }
      }
    }
    return values;
  }

  /** The cluster to run on; null: this machine. */
  public @Nullable String spark() {
    return spark;
  }

  public boolean json() {
    return json;
  }

  private static boolean isAssignment(String word) {
    return ASSIGNMENT.matcher(word).matches();
  }

  /** These words, with the user's settings where they say nothing. */
  public RunWords withDefaults(Settings settings) {
    devices = first(devices, settings.get("devices"));
    cpuThreads = first(cpuThreads, settings.whole("cpu-threads"));
    split = first(split, settings.get("split"));
    math = first(math, settings.get("math"));
    bounds = first(bounds, settings.get("bounds"));
    timeout = first(timeout, settings.get("timeout"));
    return this;
  }

  /** These words, and those of {@code weaker} where these say nothing. */
  RunWords over(RunWords weaker) {
    RunWords merged = new RunWords();
    merged.kernel = first(kernel, weaker.kernel);
    merged.global = first(global, weaker.global);
    merged.local = first(local, weaker.local);
    merged.devices = first(devices, weaker.devices);
    merged.cpuThreads = first(cpuThreads, weaker.cpuThreads);
    merged.outputs = outputs.isEmpty() ? weaker.outputs : outputs;
    merged.macros = concat(weaker.macros, macros);
    merged.includeFolders = includeFolders;
    merged.split = first(split, weaker.split);
    merged.iterate = first(iterate, weaker.iterate);
    merged.swaps = swaps.isEmpty() ? weaker.swaps : swaps;
    merged.math = first(math, weaker.math);
    merged.bounds = first(bounds, weaker.bounds);
    merged.verify = verify || weaker.verify;
    merged.repeat = first(repeat, weaker.repeat);
    merged.explain = explain || weaker.explain;
    merged.timeout = first(timeout, weaker.timeout);
    merged.redundant = redundant || weaker.redundant;
    merged.json = json;
    merged.trace = trace;
    return merged;
  }

  private static <T> @Nullable T first(@Nullable T strong, @Nullable T weak) {
    return strong != null ? strong : weak;
  }

  private static List<String> concat(List<String> a, List<String> b) {
    List<String> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
