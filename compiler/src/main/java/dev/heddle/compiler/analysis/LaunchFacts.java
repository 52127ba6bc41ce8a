package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Op;
import java.util.BitSet;
import java.util.List;

/**
 * What {@link LaunchAnalysis} proved of a launch.
 *
 * @param provenSites sites, numbered by {@link FaultSites} over the analysed kernel, that can't
 *     fault in this launch: accesses in range and aligned, divisors that are not zero, barriers
 *     that all work-items reach. Two launches with equal sets may share code compiled with {@link
 *     Guards#apply}
 * @param accesses number of memory accesses of the kernel
 * @param provenAccesses how many of them are proven in range and aligned
 * @param certificates one for each dimension of the launch
 * @param groups whether the kernel can see how its work-groups are cut
 * @param loops which loops are proven to end
 * @param reproducibility whether the result is proven not to depend on the order of execution
 */
public record LaunchFacts(
    BitSet provenSites,
    int accesses,
    int provenAccesses,
    List<SplitCertificate> certificates,
    WorkEstimate work,
    GroupVisibility groups,
    FiniteLoops loops,
    Reproducibility reproducibility) {
  public LaunchFacts {
    provenSites = (BitSet) provenSites.clone();
    certificates = List.copyOf(certificates);
  }

  /** Whether the op of that number can't fault in this launch. */
  public boolean proven(int site) {
    return provenSites.get(site);
  }

  /** Whether every access is proven in range and aligned. */
  public boolean allProven() {
    return accesses == provenAccesses;
  }

  public SplitCertificate certificate(int dimension) {
    return certificates.get(dimension);
  }

  /** Whether the loop is proven to end; see {@link FiniteLoops}. */
  public boolean finite(Op.Loop loop) {
    return loops.finite(loop);
  }

  /**
   * Whether the result is proven not to depend on the order of execution.
   *
   * @param reasons what stands against it, in sentences for people; empty if proven
   */
  public record Reproducibility(boolean proven, List<String> reasons) {
    public Reproducibility {
      reasons = List.copyOf(reasons);
    }
  }
}
