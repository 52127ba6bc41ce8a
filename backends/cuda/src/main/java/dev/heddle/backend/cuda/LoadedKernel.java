package dev.heddle.backend.cuda;

/**
 * A kernel as one device's driver has loaded it.
 *
 * @param bestGroup the group size of which most work-items run at once
 */
record LoadedKernel(
    PrintedPtx printed, long module, long kernel, CudaDriver.KernelFacts facts, int bestGroup) {
  private static final int LEAST_GROUP = 128;

  /** Asks the driver for what launches need to know. */
  static LoadedKernel of(CudaDriver driver, PrintedPtx printed, byte[] image) {
    long module = driver.load(image);
    long kernel = driver.kernel(module, PrintedPtx.NAME);
    CudaDriver.KernelFacts facts = driver.facts(kernel);
    int best = Math.min(LEAST_GROUP, facts.maxGroupSize());
    if (!printed.groupsVisible()) {
      best = best(driver, kernel, facts.maxGroupSize());
    }
    return new LoadedKernel(printed, module, kernel, facts, best);
  }

  /** The smallest group with which as many work-items as can be run at once. */
  private static int best(CudaDriver driver, long kernel, int most) {
    int best = Math.min(LEAST_GROUP, most);
    int resident = 0;
    for (int size = best; size <= most; size *= 2) {
      int items = size * driver.residentGroups(kernel, size, 0);
      if (items > resident) {
        resident = items;
        best = size;
      }
    }
    return best;
  }
}
