package dev.heddle.runtime.learn;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that was learned about predictions. Safe for use from several threads. */
public final class Corrections {
  /** How far, in powers of two, experience with one size is carried to another. */
  private static final int REACH = 6;

  /** What experience with another size adds to the spread, for each power of two. */
  private static final double DISTANCE_SIGMA = 0.05;

  /** What experience from other company adds to the spread. */
  private static final double COMPANY_SIGMA = 0.1;

  /** What experience with other kernels adds to the spread. */
  private static final double KERNEL_SIGMA = 0.3;

  /** What it may lengthen predictions by: one slow kernel must not keep others from a device. */
  private static final double KERNEL_FACTOR = 4;

  private final Map<CorrectionKey, Correction> learned = new ConcurrentHashMap<>();

  private volatile boolean changed;

  public Corrections() {}

  public Corrections(Map<CorrectionKey, Correction> known) {
    learned.putAll(known);
  }

  /** The correction for that key, or that of the nearest size, or that in other company. */
  public Optional<Correction> of(CorrectionKey key) {
    return Optional.ofNullable(known(key));
  }

  /**
   * The correction for that key as above; if nothing is known of the kernel, that of the kernels
   * with the general key; {@code prior} if nothing is known of those either.
   */
  public Correction of(CorrectionKey key, CorrectionKey general, Correction prior) {
    Correction known = known(key);
    if (known != null) {
      return known;
    }
    Correction others = known(general);
    return others == null ? prior : vague(others, KERNEL_SIGMA).atMost(KERNEL_FACTOR);
  }

  /** Whether anything was measured under that very key. */
  public boolean knows(CorrectionKey key) {
    return learned.containsKey(key);
  }

  private @Nullable Correction known(CorrectionKey key) {
    Correction exact = learned.get(key);
    if (exact != null) {
      return exact;
    }
    Correction near = near(key);
    if (near != null) {
      return near;
    }
    CorrectionKey elsewise = key.elsewise();
    Correction other = learned.get(elsewise);
    Correction known = other == null ? near(elsewise) : other;
    return known == null ? null : vague(known, COMPANY_SIGMA);
  }

  private @Nullable Correction near(CorrectionKey key) {
    for (int distance = 1; distance <= REACH; distance++) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        Correction near = learned.get(key.at(key.bucket() + sign * distance));
        if (near != null) {
          return vague(near, distance * DISTANCE_SIGMA);
        }
      }
    }
    return null;
  }

  private static Correction vague(Correction known, double more) {
    return new Correction(known.mean(), known.sigma() + more, 0, 0);
  }

  /**
   * Takes in a measurement.
   *
   * @param predictedNanos the prediction without any correction
   * @param spread see {@link Correction#learn}
   */
  public void learn(CorrectionKey key, double predictedNanos, double measuredNanos, double spread) {
    if (predictedNanos > 0 && measuredNanos > 0) {
      changed = true;
      learned.merge(
          key,
          Correction.NONE.learn(predictedNanos, measuredNanos, spread),
          (old, first) -> old.learn(predictedNanos, measuredNanos, spread));
    }
  }

  /** Takes in what a measurement of one kernel says about others. */
  public void average(CorrectionKey general, double predictedNanos, double measuredNanos) {
    if (predictedNanos > 0 && measuredNanos > 0) {
      changed = true;
      learned.merge(
          general,
          Correction.NONE.average(predictedNanos, measuredNanos),
          (old, first) -> old.average(predictedNanos, measuredNanos));
    }
  }

  /** Whether anything was learned. */
  public boolean changed() {
    return changed;
  }

  /** A copy of everything, in a stable order. */
  public Map<CorrectionKey, Correction> snapshot() {
    Map<CorrectionKey, Correction> copy =
        new TreeMap<>(
            java.util.Comparator.comparing(CorrectionKey::kernel)
                .thenComparing(CorrectionKey::view)
                .thenComparing(CorrectionKey::tier)
                .thenComparing(CorrectionKey::bucket)
                .thenComparing(CorrectionKey::together));
    copy.putAll(learned);
    return copy;
  }
}
