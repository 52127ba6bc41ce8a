package dev.heddle.runtime.run;

import java.io.Serializable;

/**
 * One device's part of a run.
 *
 * @param id such as {@code cpu:0}
 * @param share its part of the work-items, 0 to 1
 * @param chunks number of launches it was given
 * @param predictedNanos copies and launches, as predicted
 * @param measuredNanos from its first copy or launch to its last; 0 in a plan
 * @param compileNanos spent compiling for it in this run; 0 where the code was there
 * @param bytesIn copied to the device, and {@code bytesOut}: copied back in this run
 * @param tier which code ran: {@code scalar}, {@code vector}, the back end's name; empty in a plan
 */
public record DeviceShare(
    String id,
    String name,
    double share,
    long items,
    int chunks,
    long predictedNanos,
    long measuredNanos,
    long compileNanos,
    long bytesIn,
    long bytesOut,
    String tier)
    implements Serializable {}
