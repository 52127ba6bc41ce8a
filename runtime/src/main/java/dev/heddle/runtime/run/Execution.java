package dev.heddle.runtime.run;

import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.util.List;
import java.util.Optional;

/**
 * What ran where, how long it took, and what went wrong on the way. The same record tells of a run
 * and of a plan; in a plan nothing is measured.
 *
 * @param localSize the work-group size used; empty where the devices chose
 * @param reproducible whether the result is proven to be the same bits on every device and split
 * @param unproven why it is not, one sentence each
 * @param predictedNanos of the whole
 * @param bestSingle what the fastest device alone was predicted to take, if anything was predicted
 * @param faults the lowest work-item first
 * @param retries chunks that another device took over
 * @param notes what else the user should know, one sentence each
 * @param printed what the kernel's {@code printf} calls wrote, in the order of the work-items
 * @param redundancy what comparing devices found, where every chunk was done twice
 * @param totalNanos from the call to its return
 */
public record Execution(
    String kernel,
    NDRange range,
    Optional<List<Long>> localSize,
    MathMode math,
    BoundsMode bounds,
    boolean reproducible,
    List<String> unproven,
    SplitReport split,
    List<DeviceShare> devices,
    long predictedNanos,
    Optional<BestSingle> bestSingle,
    List<KernelFault> faults,
    List<Retry> retries,
    List<String> notes,
    String printed,
    Optional<Redundancy> redundancy,
    long totalNanos) {
  /** The fastest device alone, as predicted. */
  public record BestSingle(String id, long nanos) {}

  /**
   * Work that a device gave back.
   *
   * @param from the device that failed
   * @param to the device that took over
   * @param reason what the device said
   */
  public record Retry(String from, String to, long items, String reason) {}

  public Execution {
    unproven = List.copyOf(unproven);
    devices = List.copyOf(devices);
    faults = List.copyOf(faults);
    retries = List.copyOf(retries);
    notes = List.copyOf(notes);
  }

  /** Of a kernel that prints nothing, each chunk done once. */
  public Execution(
      String kernel,
      NDRange range,
      Optional<List<Long>> localSize,
      MathMode math,
      BoundsMode bounds,
      boolean reproducible,
      List<String> unproven,
      SplitReport split,
      List<DeviceShare> devices,
      long predictedNanos,
      Optional<BestSingle> bestSingle,
      List<KernelFault> faults,
      List<Retry> retries,
      List<String> notes,
      long totalNanos) {
    this(
        kernel,
        range,
        localSize,
        math,
        bounds,
        reproducible,
        unproven,
        split,
        devices,
        predictedNanos,
        bestSingle,
        faults,
        retries,
        notes,
        "",
        Optional.empty(),
        totalNanos);
  }

  /** The same with what the kernel printed. */
  public Execution withPrinted(String text) {
    return with(devices, faults, notes, text, redundancy, totalNanos);
  }

  /** The same launch as it went where several sessions each ran a part of it. */
  public Execution withOutcome(
      List<DeviceShare> shares,
      List<KernelFault> found,
      List<String> remarks,
      String text,
      long nanos) {
    return with(shares, found, remarks, text, redundancy, nanos);
  }

  /** The same, done twice and compared. */
  public Execution withRedundancy(Redundancy compared) {
    return with(devices, faults, notes, printed, Optional.of(compared), totalNanos);
  }

  private Execution with(
      List<DeviceShare> shares,
      List<KernelFault> found,
      List<String> remarks,
      String text,
      Optional<Redundancy> compared,
      long nanos) {
    return new Execution(
        kernel,
        range,
        localSize,
        math,
        bounds,
        reproducible,
        unproven,
        split,
        shares,
        predictedNanos,
        bestSingle,
        found,
        retries,
        remarks,
        text,
        compared,
        nanos);
  }
}
