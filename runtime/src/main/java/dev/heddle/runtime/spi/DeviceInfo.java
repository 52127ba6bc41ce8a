package dev.heddle.runtime.spi;

import java.util.Map;

/**
 * What is known of a device without running anything.
 *
 * @param id back end and number, such as {@code cpu:0}
 * @param silicon names the chip; devices with equal names are views of one chip
 * @param driver driver or runtime version
 * @param computeUnits cores of a CPU, multiprocessors of a GPU
 * @param memoryBytes memory of the device
 * @param maxAllocationBytes largest single buffer
 * @param localMemoryBytes local memory of a work-group
 * @param maxWorkGroupSize most work-items in a work-group
 * @param sharesHostMemory whether {@link Device#wrap} works
 * @param reproducible empty if the device's arithmetic follows the rules; else why it does not
 * @param properties further facts for people, in display order
 */
public record DeviceInfo(
    String id,
    String backend,
    String name,
    Kind kind,
    String silicon,
    String driver,
    int computeUnits,
    long memoryBytes,
    long maxAllocationBytes,
    long localMemoryBytes,
    int maxWorkGroupSize,
    boolean sharesHostMemory,
    boolean supportsDouble,
    String reproducible,
    Map<String, String> properties) {
  /** The property that names the code which runs once it is warm, where other code runs before. */
  public static final String WARM_TIER = "warm tier";

  /** The property that says how kernels with barriers are built, where not as well as others. */
  public static final String BARRIER_KERNELS = "kernels with barriers";

  /** What sort of processor it is. */
  public enum Kind {
    CPU,
    GPU,
    ACCELERATOR
  }
}
