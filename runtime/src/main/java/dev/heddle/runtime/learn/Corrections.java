package dev.heddle.runtime.learn;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All that was learned about predictions. Safe for use from several threads. */
public final class Corrections {
  /** How far, in powers of two, experience with one size is carried to another. */
  private static final int REACH = 6;

  /** What experience with another size adds to the spread, for each power of two. */
  private static final double DISTANCE_SIGMA = 0.05;

  private final Map<CorrectionKey, Correction> learned = new ConcurrentHashMap<>();

  private volatile boolean changed;

  public Corrections() {}

  public Corrections(Map<CorrectionKey, Correction> known) {
    learned.putAll(known);
  }

  /** The correction for that key, or that of the nearest size; {@link Correction#NONE} if new. */
  public Correction of(CorrectionKey key) {
    Correction exact = learned.get(key);
    if (exact != null) {
      return exact;
    }
    for (int distance = 1; distance <= REACH; distance++) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        Correction near = learned.get(at(key, key.bucket() + sign * distance));
        if (near != null) {
          return new Correction(near.mean(), near.sigma() + distance * DISTANCE_SIGMA, 0, 0);
        }
      }
    }
    return Correction.NONE;
  }

  /**
   * Takes in a measurement.
   *
   * @param predictedNanos the prediction without any correction
   */
  public void learn(CorrectionKey key, double predictedNanos, double measuredNanos) {
    if (predictedNanos > 0 && measuredNanos > 0) {
      changed = true;
      learned.merge(
          key,
          Correction.NONE.learn(predictedNanos, measuredNanos),
          (old, first) -> old.learn(predictedNanos, measuredNanos));
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
                .thenComparing(CorrectionKey::bucket));
    copy.putAll(learned);
    return copy;
  }

  private static CorrectionKey at(CorrectionKey key, int bucket) {
    return new CorrectionKey(key.kernel(), key.view(), bucket, key.tier());
  }
}
