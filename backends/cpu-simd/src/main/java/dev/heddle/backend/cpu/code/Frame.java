package dev.heddle.backend.cpu.code;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Root;
import java.util.HashMap;
import java.util.Map;

/**
 * The layout of the memory that generated code reads its launch from. Code gets the frame's
 * absolute address and reads every fact at its entry, once. All entries are 8 bytes;
 * three-dimensional ones are three entries in a row.
 *
 * <p>A call covers the work-items x in [X_BEGIN, X_END), y in [Y_BEGIN, Y_END), z = Z, counted from
 * 0 over the whole NDRange. Global id = index + GLOBAL_OFFSET, local id = index - GROUP_START. Of a
 * kernel that cannot see its groups, GROUP_ID, GROUP_START and LOCAL_SIZE are not set.
 */
public final class Frame {
  public static final int X_BEGIN = 0;
  public static final int X_END = 8;
  public static final int Y_BEGIN = 16;
  public static final int Y_END = 24;
  public static final int Z = 32;

  /** Address of the thread's fault block, see {@link FaultBlock}. */
  public static final int FAULTS = 40;

  /** Address of an I32; code returns soon after it has become other than 0. */
  public static final int CANCEL = 48;

  /** Address of private memory, see {@code PrivateLayout}; 64-byte aligned. */
  public static final int SCRATCH = 56;

  /** Stateful programs: number of slots, a multiple of 64. */
  public static final int CAPACITY = 64;

  /** Stateful programs: the slot of a work-item is SLOT_BASE + y * SLOT_ROW + x. */
  public static final int SLOT_BASE = 72;

  public static final int SLOT_ROW = 80;
  public static final int WORK_DIM = 88;
  public static final int GROUP_ID = 96;
  public static final int GROUP_START = 120;

  /** Size of this very group: a remainder group is smaller. */
  public static final int LOCAL_SIZE = 144;

  public static final int GLOBAL_SIZE = 168;
  public static final int GLOBAL_OFFSET = 192;
  public static final int GROUP_COUNT = 216;

  /** Address of {@link #STAGE_BYTES} bytes that code may use as it likes; 64-byte aligned. */
  public static final int STAGE = 240;

  public static final int STAGE_BYTES = 4096;

  /** 1: the buffers are so large that most of what is read comes from memory, not from caches. */
  public static final int STREAMS = 248;

  private static final int ARGUMENTS = 256;

  private final int parameters;
  private final Map<Root, Integer> objects = new HashMap<>();

  /** The layout for a program, by the function of any segment of it. */
  public Frame(Function function) {
    parameters = function.parameters().size();
    for (Root root : function.objects()) {
      if (root.space() != AddressSpace.PRIVATE) {
        objects.put(root, objects.size());
      }
    }
  }

  /**
   * Offset of a parameter's entry: the bits of a scalar, the absolute address of a buffer's byte 0
   * (which is not there itself if the device holds a window only), or of a local block.
   */
  public int argument(int parameter) {
    return ARGUMENTS + 16 * parameter;
  }

  /** Offset of the entry that holds the size in bytes of a buffer or local parameter. */
  public int argumentSize(int parameter) {
    return argument(parameter) + 8;
  }

  /** Offset of the entry that holds the absolute address of a local array or constant table. */
  public int object(Root root) {
    Integer index = objects.get(root);
    if (index == null) {
      throw new IllegalArgumentException("no object " + root.name());
    }
    return argument(parameters) + 8 * index;
  }

  /** Size of the whole frame. */
  public int bytes() {
    return argument(parameters) + 8 * objects.size();
  }

  /** Offset of a query's entry, for those that are the same for all work-items of a call. */
  public static int query(QueryOp op, int dimension) {
    return switch (op) {
      case GROUP_ID -> GROUP_ID + 8 * dimension;
      case LOCAL_SIZE -> LOCAL_SIZE + 8 * dimension;
      case GLOBAL_SIZE -> GLOBAL_SIZE + 8 * dimension;
      case GLOBAL_OFFSET -> GLOBAL_OFFSET + 8 * dimension;
      case GROUP_COUNT -> GROUP_COUNT + 8 * dimension;
      case WORK_DIM -> WORK_DIM;
      case GLOBAL_ID, LOCAL_ID -> throw new IllegalArgumentException(op.text());
    };
  }
}
