package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.List;
import java.util.Map;

/** A kernel that can be run on the devices of its session. */
public final class Kernel {
  private Kernel() {}

  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The signature. */
  public List<Parameter> parameters() {
    throw new UnsupportedOperationException();
  }

  /** The code after all passes, with math functions expanded. */
  public Function function() {
    throw new UnsupportedOperationException();
  }

  /** Compiles it for every device of the session; the ids of those that refuse it, and why. */
  public Map<String, String> refusals() {
    throw new UnsupportedOperationException();
  }

  /** Room for the arguments of this kernel, none set. */
  public Arguments arguments() {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs it and waits for the end.
   *
   * @throws dev.heddle.runtime.run.RunException if it can't be run, or faults; the kind says why
   */
  public Execution run(NDRange range, Arguments arguments, RunOptions options) {
    throw new UnsupportedOperationException();
  }

  /** What {@link #run} would do, without running anything. */
  public Execution plan(NDRange range, Arguments arguments, RunOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Remembers the present inputs, so that the result of the run that follows can be compared with
   * the reference interpreter's.
   */
  public ReferenceCheck referenceCheck(NDRange range, Arguments arguments, RunOptions options) {
    throw new UnsupportedOperationException();
  }
}
