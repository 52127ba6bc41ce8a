package dev.heddle.backend.cuda;

import dev.heddle.runtime.support.HiddenParameter;
import java.util.List;
import java.util.Set;

/**
 * A kernel as PTX. Every parameter of the entry is a 64-bit slot: first one for each parameter of
 * the function (an address for a buffer, the low bits of a scalar, nothing of use for a local
 * parameter), then the hidden ones. The address of a buffer is that of the byte at offset 0, which
 * lies outside of the memory if the memory holds only a part of the buffer.
 *
 * @param source the whole text; the same for the same function, options and target
 * @param hidden the parameters that follow those of the function, in order
 * @param groupsVisible whether the kernel can see how its work-groups are cut
 * @param readOnly parameters whose content may not change while the kernel runs, not through
 *     another parameter either
 * @param written parameters through which the kernel writes
 * @param dynamicShared bytes of dynamic shared memory before the local parameters
 */
record PrintedPtx(
    String source,
    List<HiddenParameter> hidden,
    boolean groupsVisible,
    Set<Integer> readOnly,
    Set<Integer> written,
    long dynamicShared) {
  /** The name of the entry in the source. */
  static final String NAME = "heddle_kernel";

  PrintedPtx {
    hidden = List.copyOf(hidden);
    readOnly = Set.copyOf(readOnly);
    written = Set.copyOf(written);
  }

  boolean usesStatus() {
    return hidden.stream().anyMatch(one -> one.kind() == HiddenParameter.Kind.STATUS);
  }
}
