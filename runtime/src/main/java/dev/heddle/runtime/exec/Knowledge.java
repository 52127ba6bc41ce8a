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

  private final Corrections corrections;

  Knowledge(Corrections corrections) {
    this.corrections = corrections;
  }

  /** How to correct predictions of a launch on a view. */
  Correction of(PreparedLaunch launch, DeviceView view, String tier, boolean together) {
    double items = launch.items();
    double nanos = CostModel.nanosPerItem(view.profile(), launch.facts().work(), items) * items;
    CorrectionKey key = launch.correctionKey(view, tier, together);
    return corrections.of(key, general(launch, view, key, nanos), prior(view, tier, nanos));
  }

  private static Correction prior(DeviceView view, String tier, double nanos) {
    if (!tier.equals(Compiled.COLD)) {
      return Correction.NONE;
    }
    double factor = Prior.coldFactor(view.info(), nanos);
    return factor == 1 ? Correction.NONE : new Correction(Math.log(factor), COLD_SIGMA, 0, 0);
  }

  /** How long code has run before it is warm depends on the time, not on the kernel. */
  private static CorrectionKey general(
      PreparedLaunch launch, DeviceView view, CorrectionKey key, double nanos) {
    boolean cold = key.tier().equals(Compiled.COLD);
    boolean computes =
        CostModel.computeBound(view.profile(), launch.facts().work(), launch.items());
    int bucket = cold ? CorrectionKey.bucket((long) (nanos / MICROSECOND)) : 0;
    return key.general(computes ? "compute" : "memory", bucket);
  }

  /** Learns from a launch, for the kernel and for others of its sort. */
  void learn(
      PreparedLaunch launch,
      DeviceView view,
      CorrectionKey key,
      double predictedNanos,
      double measuredNanos,
      double spread) {
    corrections.learn(key, predictedNanos, measuredNanos, spread);
    double items = launch.items();
    double nanos = CostModel.nanosPerItem(view.profile(), launch.facts().work(), items) * items;
    corrections.learn(general(launch, view, key, nanos), predictedNanos, measuredNanos, 0);
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
