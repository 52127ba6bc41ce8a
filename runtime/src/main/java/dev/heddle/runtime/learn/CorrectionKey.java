package dev.heddle.runtime.learn;

/**
 * What a correction is about.
 *
 * @param kernel fingerprint of the kernel
 * @param view id of the device
 * @param bucket log2 of the number of work-items
 * @param tier which code ran
 */
public record CorrectionKey(String kernel, String view, int bucket, String tier) {
  public static int bucket(long items) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, items)) - 1;
  }
}
