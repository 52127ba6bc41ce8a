package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be proven about one launch of a kernel: accesses in range, safe splits, finite loops,
 * and an estimate of its work.
 *
 * <p>It walks the structured kernel with the launch's real sizes and scalar arguments, so every
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
    if (shape.arguments().size() != kernel.parameters().size()) {
      throw new IllegalArgumentException(
          kernel.name()
              + " has "
              + kernel.parameters().size()
              + " parameters, not "
              + shape.arguments().size());
    }
    GroupVisibility groups = GroupVisibility.of(kernel);
    Walker walker = new Walker(kernel, shape);
    Certifier certifier = new Certifier(kernel, shape, walker.terms(), groups, walker.touches());
    List<SplitCertificate> certificates = new ArrayList<>(shape.dimensions());
    for (int d = 0; d < shape.dimensions(); d++) {
      certificates.add(certifier.certify(d));
    }
    long footprint =
        certificates.getFirst().uses().stream()
            .mapToLong(use -> ((ChunkUse) use).footprint())
            .sum();
    return new LaunchFacts(
        walker.proven(),
        walker.accesses(),
        walker.provenAccesses(),
        certificates,
        walker.work().estimate(footprint),
        groups,
        walker.loops(),
        new RaceCheck(kernel, shape, walker, certifier).check());
  }
}
