package dev.heddle.bench.predict;

import dev.heddle.bench.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A table of predictions in a file, which several processes may add to one after the other. */
final class Predictions {
  /** So many launches have taught; the ones from here on are what was learned. */
  private static final int LEARNED_AFTER = 3;

  private static final int NEIGHBOURS = 2;

  private final Path file;

  Predictions(Path file) {
    this.file = file;
  }

  void add(List<Prediction> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    if (!Files.exists(file)) {
      lines.add(String.join("\t", Prediction.COLUMNS));
    }
    rows.forEach(row -> lines.add(row.line()));
    Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  List<Prediction> read() throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream().flatMap(l -> Prediction.read(l).stream()).toList()
        : List.of();
  }

  /**
   * The errors of each sort of launch, on each device and on all; and of those that were learned
   * the errors of the best that could be said: the median of the launches before and after.
   */
  static Map<String, List<Double>> errors(List<Prediction> rows) {
    Map<String, List<Double>> errors = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Prediction row = rows.get(i);
      Optional<String> sort = sort(row);
      if (sort.isPresent()) {
        add(errors, row, sort.get(), row.error());
        double[] around = row.launch() > LEARNED_AFTER ? around(rows, i) : new double[0];
        if (around.length > 0) {
          double best = Math.abs(new Samples(around).median() / row.measuredNanos() - 1);
          add(errors, row, sort.get() + ", its neighbours", best);
        }
      }
    }
    return errors;
  }

  private static void add(
      Map<String, List<Double>> errors, Prediction row, String sort, double error) {
    for (String device : List.of(row.device(), "all")) {
      errors.computeIfAbsent(device + " " + sort, key -> new ArrayList<>()).add(error);
    }
  }

  /** The times of the launches around one that are of its sort. */
  private static double[] around(List<Prediction> rows, int at) {
    Prediction row = rows.get(at);
    return IntStream.rangeClosed(
            Math.max(0, at - NEIGHBOURS), Math.min(rows.size() - 1, at + NEIGHBOURS))
        .filter(i -> i != at && row.sameSeries(rows.get(i)))
        .filter(i -> rows.get(i).launch() > LEARNED_AFTER)
        .mapToDouble(i -> rows.get(i).measuredNanos())
        .toArray();
  }

  private static Optional<String> sort(Prediction row) {
    boolean learned = row.launch() > LEARNED_AFTER;
    if (row.size().equals(Prediction.OTHER)) {
      return Optional.of(learned ? "new size after three" : "new size");
    }
    if (row.launch() == 1) {
      return Optional.of("first launch");
    }
    return learned ? Optional.of("after three") : Optional.empty();
  }

  static void print(String what, List<Double> errors) {
    Samples samples = Samples.of(errors);
    System.out.printf(
        Locale.ROOT,
        "%-44s median error %5.1f %% [%.1f, %.1f], n %d%n",
        what,
        100 * samples.median(),
        100 * samples.low(),
        100 * samples.high(),
        errors.size());
  }
}
