package dev.heddle.backend.opencl;

import dev.heddle.runtime.support.HiddenParameter;
import java.util.List;

/**
 * A kernel as OpenCL C.
 *
 * @param source the whole program text; the same for the same function, options and dialect
 * @param hidden the parameters that follow those of the function, in order
 * @param groupsVisible whether the kernel can see how its work-groups are cut
 * @param barriers whether work-items wait for each other
 * @param mayPart whether a work-item may miss a barrier of the others
 * @param polls whether it looks at the cancel word
 */
record PrintedKernel(
    String source,
    List<HiddenParameter> hidden,
    boolean groupsVisible,
    boolean barriers,
    boolean mayPart,
    boolean polls) {
  /** The name of the kernel in the source. */
  static final String NAME = "heddle_kernel";

  PrintedKernel {
    hidden = List.copyOf(hidden);
  }

  boolean usesStatus() {
    return hidden.contains(new HiddenParameter(HiddenParameter.Kind.STATUS, 0));
  }
}
