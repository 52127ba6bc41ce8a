package dev.heddle.examples;

import dev.heddle.runtime.api.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** A program that shows something of the Java API. */
public interface Example {
  /** What {@code heddle example} calls it. */
  String name();

  /** What it does, in one line. */
  String about();

  /**
   * Runs it.
   *
   * @param folder where it writes files
   * @param arguments files to read in place of what it makes up itself
   */
  void run(Session session, PrintStream out, Path folder, List<String> arguments)
      throws IOException;

  /** All of them. */
  static List<Example> all() {
    return List.of(
        new OptionPricing(),
        new NBody(),
        new ImageFilter(),
        new KmerCount(),
        new ValueAtRisk(),
        new HeatSimulation());
  }
}
