package dev.heddle.spark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measured figures in a text file: a line for each name, with one value for each time that it was
 * measured. Several runs of the measurement add to one file.
 */
final class Figures {
  private final Map<String, List<Double>> values = new TreeMap<>();

  /** The figures of a file; none if it is not there. */
  static Figures read(Path file) throws IOException {
    Figures figures = new Figures();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ");
        List<Double> measured = Arrays.stream(words).skip(1).map(Double::valueOf).toList();
        figures.values.put(words[0], new ArrayList<>(measured));
      }
    }
    return figures;
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (name, measured) ->
            lines.add(
                name + " " + String.join(" ", measured.stream().map(String::valueOf).toList())));
    Files.write(file, lines);
  }

  /** Adds what was just measured, and prints it. */
  void add(String name, double value) {
    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    System.out.printf(Locale.ROOT, "%s %.5f%n", name, value);
  }

  /** All values of that name, in the order in which they were measured. */
  List<Double> all(String name) {
    List<Double> measured = values.get(name);
    if (measured == null) {
      throw new IllegalStateException(name + " was not measured: run bench with that section");
    }
    return List.copyOf(measured);
  }

  /** The median of all values of that name. */
  double median(String name) {
    return median(all(name));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
