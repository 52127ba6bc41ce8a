package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.runtime.function.ElementFunction;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitReport;
import java.util.List;
import java.util.Optional;

/** Runs what can't become a kernel by calling it, where the user asked for that. */
final class PlainJava {
  private PlainJava() {}

  /**
   * Calls a function for each index.
   *
   * @param arrays its inputs, then its output
   */
  static void elements(ElementFunction function, HostArray[] arrays) {
    int inputs = arrays.length - 1;
    Object[] arguments = new Object[Math.max(1, inputs)];
    for (int i = 0; i < arrays[inputs].size(); i++) {
      arguments[0] = i;
      for (int k = 0; k < inputs; k++) {
        arguments[k] = arrays[k].get(i);
      }
      arrays[inputs].set(i, function.call(arguments));
    }
  }

  static Execution run(
      String name, NDRange range, RunOptions options, LiftException reason, Runnable body) {
    long start = System.nanoTime();
    body.run();
    return new Execution(
        name,
        range,
        Optional.empty(),
        options.math(),
        options.bounds(),
        false,
        List.of("it ran in plain Java"),
        new SplitReport(-1, false, List.of("it ran in plain Java")),
        List.of(),
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of("ran in plain Java on the caller's thread: " + reason.getMessage()),
        System.nanoTime() - start);
  }
}
