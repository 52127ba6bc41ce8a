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

/** A table of predictions in a file, which several processes may add to one after the other. */
final class Predictions {
  /** So many launches have taught; the ones from here on are what was learned. */
  private static final int LEARNED_AFTER = 3;

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

  /** The errors of each sort of launch, on each device and on all. */
  static Map<String, List<Double>> errors(List<Prediction> rows) {
    Map<String, List<Double>> errors = new TreeMap<>();
    for (Prediction row : rows) {
      sort(row)
          .ifPresent(
              sort -> {
                for (String device : List.of(row.device(), "all")) {
                  errors
                      .computeIfAbsent(device + " " + sort, key -> new ArrayList<>())
                      .add(row.error());
                }
              });
    }
    return errors;
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
        "%-28s median error %5.1f %% [%.1f, %.1f], n %d%n",
        what,
        100 * samples.median(),
        100 * samples.low(),
        100 * samples.high(),
        errors.size());
  }
}
