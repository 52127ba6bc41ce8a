package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.vector.AddressForm.IndexKind;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;

/** One access on its way: what is the same for all the steps of its emission. */
final class AccessTask {
  final Op op;
  final Access access;
  final AddressForm form;
  final Exec exec;
  final boolean checked;
  final int bytes;

  /** Number of vectors that it is for at once. */
  int vectors = 1;

  private final Lanes lanes;
  private final LaunchState state;
  private final BoundsMode bounds;

  AccessTask(Op op, Access access, Exec exec, Lanes lanes, LaunchState state, BoundsMode bounds) {
    this.lanes = lanes;
    this.state = state;
    this.bounds = bounds;
    this.op = op;
    this.access = access;
    this.exec = exec;
    form = AddressForm.of(access.offset(), lanes.shapes());
    checked = access.guard() == Access.Guard.CHECKED && bounds != BoundsMode.OFF;
    bytes = access.element().bytes();
  }

  boolean isPrivate() {
    return access.root().space() == AddressSpace.PRIVATE;
  }

  boolean interleaved() {
    return access.root() instanceof Root.Array array && state.isInterleaved(array);
  }

  /** What the offset grows by from lane to lane, unless a 32-bit index wraps; 0 if unknown. */
  long stride() {
    Value index = form.index();
    return index == null ? 0 : form.scale() * lanes.shape(index).stride();
  }

  boolean uniform() {
    return form.kind() == IndexKind.NONE;
  }

  /** Whether the lanes touch neighbouring elements. */
  boolean contiguous() {
    if (isPrivate()) {
      return interleaved() && uniform();
    }
    return access.count() == 1 && stride() == bytes && form.kind() != IndexKind.OPAQUE;
  }

  boolean indexed32() {
    return form.kind() == IndexKind.SIGNED || form.kind() == IndexKind.UNSIGNED;
  }

  /**
   * Whether the 32-bit index of one lane may be past the end of those numbers while that of a lane
   * before it is not. It cannot where every access is proven to be in range and the index alone
   * decides: the index it would have is so low that the offset were negative.
   */
  boolean mayWrap() {
    boolean proven =
        access.guard() == Access.Guard.PROVEN
            && form.kind() == IndexKind.SIGNED
            && form.terms().isEmpty()
            && form.constant() < form.scale() * (1L << 30);
    return indexed32() && !proven;
  }

  boolean signed() {
    return form.kind() != IndexKind.UNSIGNED;
  }

  boolean alignmentKnown() {
    return access.alignment() == 1 || form.aligned(access.alignment());
  }

  int mode() {
    return checked ? bounds.ordinal() : BoundsMode.OFF.ordinal();
  }
}
