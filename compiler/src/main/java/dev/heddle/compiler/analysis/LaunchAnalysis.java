package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;

/**
 * What can be proven about one launch of a kernel: accesses in range, safe splits, finite loops, and
 * an estimate of its work.
 *
 * <p>It walks the structured kernel once with the launch's real sizes and scalar arguments, so every
 * coefficient and range is a plain number. Values are intervals and affine forms over group ids,
 * local ids and loop counters; a form is kept only where its computation is proven not to wrap.
 */
public final class LaunchAnalysis {
  private LaunchAnalysis() {}

  /**
   * Analyses a launch.
   *
   * @param kernel a prepared kernel (no calls), with all guards {@code CHECKED}
   */
  public static LaunchFacts analyse(Function kernel, LaunchShape shape) {
    throw new UnsupportedOperationException();
  }
}
