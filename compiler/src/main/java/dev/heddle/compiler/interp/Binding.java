package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Root;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The memory behind a root: that of the launch, of the group, or one part for each work-item. */
final class Binding {
  private final Root root;
  private final Memory memory;
  private final long size;
  private final long stride;
  private final boolean @Nullable [] written;

  private Binding(Root root, Memory memory, long size, long stride, boolean @Nullable [] written) {
    this.root = root;
    this.memory = memory;
    this.size = size;
    this.stride = stride;
    this.written = written;
  }

  /** Memory that outlives the groups. */
  static Binding shared(Root root, Memory memory) {
    return new Binding(root, memory, memory.size(), 0, null);
  }

  /** One copy for the group. */
  static Binding local(Root root, long bytes, boolean track) {
    return owned(root, bytes, 0, bytes, track);
  }

  /** One copy for each item. */
  static Binding ofEachItem(Root root, long bytes, int items, boolean track) {
    return owned(root, bytes, bytes, Math.multiplyExact(bytes, (long) items), track);
  }

  private static Binding owned(Root root, long size, long stride, long bytes, boolean track) {
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new InterpreterException(
          root.name() + " takes " + bytes + " bytes for one work-group, which is too much");
    }
    boolean[] written = track ? new boolean[(int) bytes] : null;
    return new Binding(root, new ArrayMemory((int) bytes), size, stride, written);
  }

  Root root() {
    return root;
  }

  Memory memory() {
    return memory;
  }

  /** Bytes that one work-item sees. */
  long size() {
    return size;
  }

  /** Where the part of an item begins in the memory. */
  long base(int item) {
    return stride * item;
  }

  /** Whether work-items share it. */
  boolean isShared() {
    return root.space() != AddressSpace.PRIVATE;
  }

  /** Makes what belongs to a group or an item read as zero, and as never written. */
  void startGroup() {
    if (memory instanceof ArrayMemory array && isOfGroup()) {
      Arrays.fill(array.content(), (byte) 0);
      if (written != null) {
        Arrays.fill(written, false);
      }
    }
  }

  boolean isOfGroup() {
    return root.space() == AddressSpace.LOCAL || root.space() == AddressSpace.PRIVATE;
  }

  void markWritten(long address, int bytes) {
    if (written != null) {
      Arrays.fill(written, (int) address, (int) address + bytes, true);
    }
  }

  boolean isWritten(long address, int bytes) {
    if (written != null) {
      for (int i = 0; i < bytes; i++) {
        if (!written[(int) address + i]) {
          return false;
        }
      }
    }
    return true;
  }
}
