package dev.heddle.runtime.learn;

/**
 * What a correction is about.
 *
 * @param kernel fingerprint of the kernel
 * @param view id of the device
 * @param bucket log2 of the number of work-items
 * @param tier which code ran
 * @param together whether other devices were at work at the same time: they may share memory,
 *     caches or power with this one
 */
public record CorrectionKey(String kernel, String view, int bucket, String tier, boolean together) {
  /** The same with another size. */
  CorrectionKey at(int otherBucket) {
    return new CorrectionKey(kernel, view, otherBucket, tier, together);
  }

  /** The same with the other company. */
  CorrectionKey elsewise() {
    return new CorrectionKey(kernel, view, bucket, tier, !together);
  }

  /** What is known of all kernels of a sort there. */
  public CorrectionKey general(String sort, int generalBucket) {
    return new CorrectionKey("*" + sort, view, generalBucket, tier, together);
  }

  public static int bucket(long items) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, items)) - 1;
  }
}
