package dev.heddle.runtime.exec;

import dev.heddle.runtime.learn.Correction;
import dev.heddle.runtime.learn.CorrectionKey;
import dev.heddle.runtime.learn.Corrections;
import dev.heddle.runtime.plan.CostModel;
import dev.heddle.runtime.profile.Prior;
import dev.heddle.runtime.spi.Event;

/**
 * What is known of launches and compilations on a view: from the same kernel if it ran there, else
 * from other kernels of its sort, else a guess.
 */
final class Knowledge {
  private static final String COMPILE = "compile";

  /** Compiling what was compiled before: drivers' binaries are kept. */
  private static final String REVIVE = "revive";

  private static final double REVIVING = 0.1;

  /** A guess of how a cold launch goes may be off by a factor of two, or more. */
  private static final double COLD_SIGMA = 0.7;

  private static final double LEAST_EXCESS = 0.02;

  /** The guess counts for as many kernels. */
  private static final double GUESS_WEIGHT = 3;

  /** What the first launches of other kernels may lengthen predictions by. */
  private static final double EXCESS_FACTOR = 4;

  private final Corrections corrections;

  Knowledge(Corrections corrections) {
    this.corrections = corrections;
  }

  /** How to correct predictions of a launch on a view. */
  Correction of(PreparedLaunch launch, DeviceView view, String tier, boolean together) {
    if (tier.equals(Compiled.COLD)) {
      return cold(launch, view, together);
    }
    CorrectionKey key = launch.correctionKey(view, tier, together);
    Correction learned = corrections.of(key, general(launch, view, key), Correction.NONE);
    Recent recent = together ? null : launch.recents().of(view, tier);
    return recent == null ? learned : learned.withMean(recent.mean());
  }

  /** The same for a view that has the launch to itself and that no other program disturbs. */
  Correction undisturbed(PreparedLaunch launch, DeviceView view, String tier) {
    Correction known = of(launch, view, tier, false);
    Recent recent = launch.recents().of(view, tier);
    return recent == null ? known : known.withMean(recent.least());
  }

  /** As warm, and what first launches have taken more: this kernel's, else that of others. */
  private Correction cold(PreparedLaunch launch, DeviceView view, boolean together) {
    double nanos = nanos(launch, view);
    Correction warm = of(launch, view, Compiled.warmTier(view), together);
    CorrectionKey key = coldKey(launch, view);
    Correction excess = corrections.of(key).orElseGet(() -> excessOfOthers(key));
    double factor = warm.factor() + coldNanos(launch, view) * excess.factor() / nanos;
    return new Correction(Math.log(factor), excess.sigma(), 0, 0);
  }

  /** Kernels differ much in that, and the guess is one that was made from many. */
  private Correction excessOfOthers(CorrectionKey key) {
    Correction others = corrections.of(general(key)).orElse(Correction.NONE.withSigma(COLD_SIGMA));
    double weight = others.samples() / (others.samples() + GUESS_WEIGHT);
    return others.withMean(others.mean() * weight).atMost(EXCESS_FACTOR);
  }

  /** Without anything learned. */
  private static double nanos(PreparedLaunch launch, DeviceView view) {
    double items = launch.items();
    return CostModel.nanosPerItem(view.profile(), launch.facts().work(), items) * items;
  }

  private static double coldNanos(PreparedLaunch launch, DeviceView view) {
    double operations = launch.facts().work().operations() * launch.items();
    return Prior.coldNanos(view.info(), launch.code().size(), operations);
  }

  private static CorrectionKey coldKey(PreparedLaunch launch, DeviceView view) {
    return new CorrectionKey(
        launch.code().fingerprint(), view.learnedAs(), 0, Compiled.COLD, false);
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
    corrections.average(general(launch, view, key), predictedNanos, measuredNanos);
    corrections.learn(key, predictedNanos, measuredNanos, spread);
  }

  /**
   * Learns from a kernel's first launch.
   *
   * @param pace at which it goes on
   */
  void learnFirst(PreparedLaunch launch, DeviceView view, Event.Pace pace, double measuredNanos) {
    String warm = Compiled.warmTier(view);
    double warmNanos =
        pace.tier().equals(warm)
            ? pace.nanos()
            : nanos(launch, view) * of(launch, view, warm, false).factor();
    double prior = coldNanos(launch, view);
    double excess = Math.max(LEAST_EXCESS * prior, measuredNanos - warmNanos);
    CorrectionKey key = coldKey(launch, view);
    corrections.learn(key, prior, excess, 0);
    corrections.average(general(key), prior, excess);
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
    corrections.average(general(key), prior, nanos);
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
