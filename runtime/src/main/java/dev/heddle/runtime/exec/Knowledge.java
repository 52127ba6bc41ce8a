package dev.heddle.runtime.exec;

import dev.heddle.runtime.learn.Correction;
import dev.heddle.runtime.learn.CorrectionKey;
import dev.heddle.runtime.learn.Corrections;
import dev.heddle.runtime.plan.CostModel;
import dev.heddle.runtime.profile.Prior;

/**
 * What is known of launches and compilations on a view: from the same kernel if it ran there, else
 * from other kernels of its sort, else a guess.
 */
final class Knowledge {
  private static final String COMPILE = "compile";

  /** Compiling what was compiled before: drivers' binaries are kept. */
  private static final String REVIVE = "revive";

  private static final double REVIVING = 0.1;
  private static final double MICROSECOND = 1e3;

  /** A guess of how a cold launch goes may be off by a factor of two, or more. */
  private static final double COLD_SIGMA = 0.7;

  private static final double LEAST_EXCESS = 0.02;

  /** What the first launches of other kernels may lengthen predictions by. */
  private static final double EXCESS_FACTOR = 4;

  private final Corrections corrections;

  Knowledge(Corrections corrections) {
    this.corrections = corrections;
  }

  /** How to correct predictions of a launch on a view. */
  Correction of(PreparedLaunch launch, DeviceView view, String tier, boolean together) {
    CorrectionKey key = launch.correctionKey(view, tier, together);
    return tier.equals(Compiled.COLD)
        ? corrections.of(key).orElseGet(() -> cold(launch, view, together))
        : corrections.of(key, general(launch, view, key), Correction.NONE);
  }

  /** As warm, and what first launches of that length have taken more. */
  private Correction cold(PreparedLaunch launch, DeviceView view, boolean together) {
    double nanos = nanos(launch, view);
    Correction warm = of(launch, view, Compiled.warmTier(view), together);
    CorrectionKey excess = excessKey(launch, view);
    double more =
        Prior.coldNanos(view.info(), nanos * warm.factor())
            * corrections.of(excess).orElse(Correction.NONE).atMost(EXCESS_FACTOR).factor();
    double factor = warm.factor() + more / nanos;
    return new Correction(Math.log(factor), COLD_SIGMA, 0, 0);
  }

  /** Without anything learned. */
  private static double nanos(PreparedLaunch launch, DeviceView view) {
    double items = launch.items();
    return CostModel.nanosPerItem(view.profile(), launch.facts().work(), items) * items;
  }

  private static CorrectionKey excessKey(PreparedLaunch launch, DeviceView view) {
    int bucket = CorrectionKey.bucket((long) (nanos(launch, view) / MICROSECOND));
    return launch.correctionKey(view, Compiled.COLD, false).general("", bucket);
  }

  private static CorrectionKey general(PreparedLaunch launch, DeviceView view, CorrectionKey key) {
    boolean computes =
        CostModel.computeBound(view.profile(), launch.facts().work(), launch.items());
    return key.general(computes ? "compute" : "memory", 0);
  }

  /** Learns from a launch, for the kernel and for others. */
  void learn(
      PreparedLaunch launch,
      DeviceView view,
      CorrectionKey key,
      double predictedNanos,
      double measuredNanos,
      double spread) {
    if (key.tier().equals(Compiled.COLD)) {
      Correction warm = of(launch, view, Compiled.warmTier(view), key.together());
      double expected = predictedNanos * warm.factor();
      double prior = Prior.coldNanos(view.info(), expected);
      corrections.learn(
          excessKey(launch, view),
          prior,
          Math.max(LEAST_EXCESS * prior, measuredNanos - expected),
          0);
    } else {
      corrections.learn(general(launch, view, key), predictedNanos, measuredNanos, 0);
    }
    corrections.learn(key, predictedNanos, measuredNanos, spread);
  }

  /** How long compiling the kernel for a view will take. */
  double compileNanos(PreparedLaunch launch, DeviceView view) {
    CorrectionKey key = compileKey(launch, view);
    Correction known = corrections.of(key, general(key), Correction.NONE);
    return compilePrior(view, key) * known.factor();
  }

  /** It took so long. */
  void compiled(PreparedLaunch launch, DeviceView view, double nanos) {
    CorrectionKey key = compileKey(launch, view);
    double prior = compilePrior(view, key);
    corrections.learn(key, prior, nanos, 0);
    corrections.learn(general(key), prior, nanos, 0);
  }

  private static CorrectionKey general(CorrectionKey key) {
    return key.general("", 0);
  }

  private static double compilePrior(DeviceView view, CorrectionKey key) {
    double nanos = Prior.compileNanos(view.info());
    return key.tier().equals(REVIVE) ? REVIVING * nanos : nanos;
  }

  private CorrectionKey compileKey(PreparedLaunch launch, DeviceView view) {
    String kernel = launch.code().fingerprint();
    CorrectionKey first = new CorrectionKey(kernel, view.learnedAs(), 0, COMPILE, false);
    return corrections.knows(first)
        ? new CorrectionKey(kernel, view.learnedAs(), 0, REVIVE, false)
        : first;
  }
}
