package dev.heddle.runtime.api;

import dev.heddle.runtime.run.RunOptions;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a lambda.
 *
 * @param run devices, split and so on
 * @param plainJava whether a lambda that can't become a kernel is called in plain Java instead, by
 *     the caller's thread; otherwise that is an error
 * @param lookup reads fields of captured objects whose module does not open their package to Heddle
 */
public record LambdaOptions(
    RunOptions run, boolean plainJava, Optional<MethodHandles.Lookup> lookup) {
  public static final LambdaOptions DEFAULT = of(RunOptions.DEFAULT);

  public LambdaOptions {
    Objects.requireNonNull(run);
    Objects.requireNonNull(lookup);
  }

  /** Those of a run, and no plain Java. */
  public static LambdaOptions of(RunOptions run) {
    return new LambdaOptions(run, false, Optional.empty());
  }

  /** The same, but code that can't become a kernel is run in plain Java. */
  public LambdaOptions orPlainJava() {
    return new LambdaOptions(run, true, lookup);
  }

  /** The same with {@code MethodHandles.lookup()} of a class in the captured objects' module. */
  public LambdaOptions withLookup(MethodHandles.Lookup own) {
    return new LambdaOptions(run, plainJava, Optional.of(own));
  }
}
