package dev.heddle.runtime.api;

import dev.heddle.runtime.run.RunOptions;
import java.util.Objects;

/**
 * How to run a lambda.
 *
 * @param run devices, split and so on
 * @param plainJava whether a lambda that can't become a kernel is called in plain Java instead, by
 *     the caller's thread; otherwise that is an error
 */
public record LambdaOptions(RunOptions run, boolean plainJava) {
  public static final LambdaOptions DEFAULT = new LambdaOptions(RunOptions.DEFAULT, false);

  public LambdaOptions {
    Objects.requireNonNull(run);
  }

  /** Those of a run, and no plain Java. */
  public static LambdaOptions of(RunOptions run) {
    return new LambdaOptions(run, false);
  }

  /** The same, but code that can't become a kernel is run in plain Java. */
  public LambdaOptions orPlainJava() {
    return new LambdaOptions(run, true);
  }
}
