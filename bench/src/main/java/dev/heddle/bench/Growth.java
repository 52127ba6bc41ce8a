package dev.heddle.bench;

import dev.heddle.cli.spec.Number.Whole;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.Scalars;
import dev.heddle.cli.spec.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The arguments of a kernel file's run that set its size, and how they grow: those numbers that the
 * global size is computed from, unless the file is known to do more work by another one.
 */
public final class Growth {
  /** Files whose global size is fixed, or whose work does not grow evenly with it. */
  private static final Map<String, Set<String>> OTHERS =
      Map.of("histogram.cl", Set.of("n"), "mandelbrot.cl", Set.of("limit"));

  /** Sizes over this are kept multiples of it. */
  private static final long GRAIN = 64;

  private final Map<String, Long> sizes = new TreeMap<>();
  private final Set<String> exponents = new TreeSet<>();

  public Growth(String fileName, RunRequest request) {
    Scalars scalars = new Scalars(request.values());
    Set<String> names = OTHERS.getOrDefault(fileName, used(request, scalars));
    for (String name : names) {
      String text = request.values().getOrDefault(name, "");
      boolean number =
          ValueText.parse(text) instanceof ValueText.Expr expr
              && !expr.text().isEmpty()
              && new Scalars(Map.of()).evaluate(expr.text()) instanceof Whole;
      if (number && scalars.evaluate(name) instanceof Whole whole) {
        sizes.put(name, whole.value());
        if (shifts(request, name)) {
          exponents.add(name);
        }
      }
    }
  }

  /** Names of plain numbers that the global sizes depend on. */
  private static Set<String> used(RunRequest request, Scalars scalars) {
    for (RunRequest.Step step : request.steps()) {
      step.global().forEach(scalars::evaluate);
    }
    Set<String> plain = new TreeSet<>();
    for (String name : scalars.used()) {
      Scalars alone = new Scalars(request.values());
      alone.evaluate(name);
      if (alone.used().equals(Set.of(name))) {
        plain.add(name);
      }
    }
    return plain;
  }

  private static boolean shifts(RunRequest request, String name) {
    return request.steps().stream()
        .flatMap(step -> step.global().stream())
        .anyMatch(size -> size.contains("1<<" + name));
  }

  public boolean possible() {
    return !sizes.isEmpty();
  }

  /** The words that set the present size. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    sizes.forEach((name, value) -> words.add(name + "=" + value));
    return words;
  }

  /** Makes the work larger by about that factor, if it grows with the product of the sizes. */
  public void by(double factor) {
    double each = Math.pow(factor, 1.0 / sizes.size());
    sizes.replaceAll(
        (name, value) ->
            exponents.contains(name)
                ? value + Math.max(1, Math.round(Math.log(factor) / Math.log(2)))
                : rounded(value * each, value));
  }

  private static long rounded(double wanted, long least) {
    long grown = Math.round(wanted);
    return Math.max(least, grown > GRAIN ? Math.ceilDiv(grown, GRAIN) * GRAIN : grown);
  }
}
