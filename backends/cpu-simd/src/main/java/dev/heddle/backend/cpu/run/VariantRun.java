package dev.heddle.backend.cpu.run;

import dev.heddle.backend.cpu.code.ArrayParameters;
import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Memory;
import dev.heddle.backend.cpu.group.GroupProgram;
import dev.heddle.backend.cpu.group.GroupProgram.Segment;
import dev.heddle.backend.cpu.group.PrivateLayout;
import dev.heddle.backend.cpu.run.Grid.Box;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.spi.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread's hold on a variant for one launch: its frame, filled with what is the same for the
 * whole launch, and its scratch memory. Runs boxes of rows, or work-groups.
 */
final class VariantRun implements Primer.Code, AutoCloseable {
  /** Work-items that go from segment to segment together where a kernel has no groups. */
  private static final int TILE = 512;

  private static final int ALIGNMENT = 64;

  /** Buffers of so many bytes in all may still be in the caches from the launch before. */
  private static final long CACHED_BYTES = 32L << 20;

  private static final Object[] NO_ARRAYS = {};

  /** Local memory that is zero at the start of each group. */
  private record Zeroed(long address, long bytes) {}

  private final Variant variant;
  private final GroupProgram program;
  private final Launch launch;
  private final Blocks blocks;
  private final Blocks.Block block;
  private final List<Zeroed> zeroed = new ArrayList<>();
  private final Object[] arrays;
  private final long frame;
  private final long faults;
  private final long cancel;
  private final long scratch;
  private final long capacity;
  private final long uniforms;
  private final long uniformArguments;
  private final @Nullable VariantRun together;
  private long next;

  /**
   * @param together code for whole work-groups alone, used for those it fits
   */
  VariantRun(
      Variant variant,
      @Nullable Variant together,
      Launch launch,
      long[] tables,
      Blocks blocks,
      long cancel) {
    this(variant, launch, tables, blocks, cancel, together, 0);
  }

  /**
   * @param sharedFaults the address of a fault block to use; 0: make one
   */
  private VariantRun(
      Variant variant,
      Launch launch,
      long[] tables,
      Blocks blocks,
      long cancel,
      @Nullable Variant alsoTogether,
      long sharedFaults) {
    this.variant = variant;
    this.launch = launch;
    this.blocks = blocks;
    this.cancel = cancel;
    program = variant.program();
    capacity = capacity();
    long faultBytes = variant.faultBytes();
    long scratchBytes = capacity * variant.privates().bytesPerSlot();
    long stage = align(variant.frame().bytes());
    long faultsAt = stage + Frame.STAGE_BYTES;
    long locals = align(faultsAt + faultBytes);
    long scratchAt = locals + localBytes();
    block = blocks.borrow(scratchAt + scratchBytes);
    frame = block.address();
    scratch = frame + scratchAt;
    faults = sharedFaults != 0 ? sharedFaults : frame + faultsAt;
    if (sharedFaults == 0) {
      Memory.zero(faults, faultBytes);
    }
    set(Frame.STAGE, frame + stage);
    set(Frame.FAULTS, faults);
    set(Frame.CANCEL, cancel);
    set(Frame.SCRATCH, scratch);
    set(Frame.CAPACITY, capacity);
    set(Frame.STREAMS, streams() ? 1 : 0);
    setRange();
    arrays = arrays();
    uniforms = placeObjects(frame + locals, tables);
    uniformArguments = program.kernel().parameters().size();
    next = program.next().map(this::slotZero).orElse(0L);
    together =
        alsoTogether == null
            ? null
            : new VariantRun(alsoTogether, launch, tables, blocks, cancel, null, faults);
  }

  private long capacity() {
    if (!program.stateful()) {
      return PrivateLayout.FREE_CAPACITY;
    }
    long items = TILE;
    if (program.byGroups()) {
      items = 1;
      for (long size : launch.range().local()) {
        items = Math.multiplyExact(items, size);
      }
    }
    return align(items);
  }

  private static long align(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  private long slotZero(Root.Array array) {
    return scratch + capacity * variant.privates().prefix(array);
  }

  private void set(int entry, long value) {
    Memory.i64(frame + entry, value);
  }

  private void setRange() {
    Launch.Range range = launch.range();
    set(Frame.WORK_DIM, range.dimensions());
    long[] global = range.global();
    long[] offset = range.offset();
    for (int d = 0; d < 3; d++) {
      set(Frame.GLOBAL_SIZE + 8 * d, global[d]);
      set(Frame.GLOBAL_OFFSET + 8 * d, offset[d]);
      set(Frame.GROUP_COUNT + 8 * d, range.groups(d));
    }
  }

  private boolean streams() {
    long bytes = 0;
    for (Launch.Argument argument : launch.arguments()) {
      if (argument instanceof Launch.Buffer buffer) {
        bytes += buffer.memory().bytes();
      }
    }
    return bytes > CACHED_BYTES;
  }

  private long localBytes() {
    long bytes = 0;
    for (Root root : objects()) {
      if (root instanceof Root.Array array && array.space() == AddressSpace.LOCAL) {
        bytes += align(array.bytes());
      }
    }
    for (Launch.Argument argument : launch.arguments()) {
      if (argument instanceof Launch.Local local) {
        bytes += align(local.bytes());
      }
    }
    return bytes;
  }

  private List<Root> objects() {
    return program.segments().getFirst().code().objects();
  }

  private Object[] arrays() {
    if (variant.arrays().isEmpty()) {
      return NO_ARRAYS;
    }
    Object[] made = new Object[ArrayParameters.length(launch.arguments().size())];
    for (int parameter : variant.arrays()) {
      Object array = array(parameter);
      made[ArrayParameters.array(parameter)] = array;
      made[ArrayParameters.spare(parameter)] = ArrayParameters.newSpare(array.getClass());
    }
    return made;
  }

  private Object array(int parameter) {
    return switch (launch.arguments().get(parameter)) {
      case Launch.Buffer buffer -> ((HostBuffer) buffer.memory()).array();
      case Launch.Null nothing ->
          ArrayParameters.empty(
              ((Parameter.Pointer) program.kernel().parameters().get(parameter)).element());
      case Launch.Scalar scalar -> throw new IllegalArgumentException("a number as an array");
      case Launch.Local local -> throw new IllegalArgumentException("local memory as an array");
    };
  }

  /** Fills in arguments and addresses; returns the address of the uniform values. */
  private long placeObjects(long locals, long[] tables) {
    long at = locals;
    long uniformsAt = 0;
    int table = 0;
    for (Root root : objects()) {
      if (root instanceof Root.Array array && array.space() == AddressSpace.LOCAL) {
        set(variant.frame().object(array), at);
        if (program.uniforms().filter(array::equals).isPresent()) {
          uniformsAt = at;
        } else {
          zeroed.add(new Zeroed(at, array.bytes()));
        }
        at += align(array.bytes());
      } else if (root instanceof Root.Table constants) {
        set(variant.frame().object(constants), tables[table++]);
      }
    }
    for (int i = 0; i < launch.arguments().size(); i++) {
      at += argument(i, launch.arguments().get(i), at);
    }
    return uniformsAt;
  }

  /** Fills in an argument; returns how much local memory it takes. */
  private long argument(int index, Launch.Argument argument, long locals) {
    int entry = variant.frame().argument(index);
    int size = variant.frame().argumentSize(index);
    return switch (argument) {
      case Launch.Scalar scalar -> {
        set(entry, scalar.bits());
        yield 0;
      }
      case Launch.Buffer buffer -> {
        set(entry, ((HostBuffer) buffer.memory()).address() - buffer.windowStart());
        set(size, buffer.rootBytes());
        yield 0;
      }
      case Launch.Null nothing -> {
        set(entry, 0);
        set(size, 0);
        yield 0;
      }
      case Launch.Local local -> {
        set(entry, locals);
        set(size, local.bytes());
        zeroed.add(new Zeroed(locals, local.bytes()));
        yield align(local.bytes());
      }
    };
  }

  // rows

  /** Runs the work-items of a box; of a kernel that can't see its groups. */
  void rows(Box box) {
    set(Frame.Z, box.z());
    if (!program.stateful()) {
      range(box.x0(), box.x1(), box.y0(), box.y1());
      variant.code(0).accept(arrays, frame);
      return;
    }
    set(Frame.SLOT_ROW, 0);
    for (long y = box.y0(); y < box.y1(); y++) {
      for (long x = box.x0(); x < box.x1(); x += TILE) {
        long end = Math.min(box.x1(), x + TILE);
        range(x, end, y, y + 1);
        set(Frame.SLOT_BASE, -x);
        segments(new Extent(x, y, box.z(), end - x, 1, 1));
      }
    }
  }

  @Override
  public int classes() {
    return program.segments().size() + (together == null ? 0 : together.classes());
  }

  @Override
  public int longestStraightMethod() {
    return variant.longestStraightMethod();
  }

  @Override
  public void prime(int calls) {
    range(0, 0, 0, 0);
    for (int i = 0; i < calls; i++) {
      for (int segment = 0; segment < program.segments().size(); segment++) {
        variant.code(segment).accept(arrays, frame);
      }
    }
    if (together != null) {
      together.prime(calls);
    }
  }

  private void range(long x0, long x1, long y0, long y1) {
    set(Frame.X_BEGIN, x0);
    set(Frame.X_END, x1);
    set(Frame.Y_BEGIN, y0);
    set(Frame.Y_END, y1);
  }

  // groups

  /** Where the work-items are that go from segment to segment together, and how many. */
  private record Extent(long x, long y, long z, long width, long height, long depth) {
    int items() {
      return (int) (width * height * depth);
    }
  }

  /** Runs a work-group. */
  void group(long gx, long gy, long gz) {
    long[] local = launch.range().local();
    long[] global = launch.range().global();
    Extent extent =
        new Extent(
            gx * local[0],
            gy * local[1],
            gz * local[2],
            Math.min(local[0], global[0] - gx * local[0]),
            Math.min(local[1], global[1] - gy * local[1]),
            Math.min(local[2], global[2] - gz * local[2]));
    if (together != null && together.variant.together() == extent.items()) {
      together.group(extent, gx, gy, gz);
    } else {
      group(extent, gx, gy, gz);
    }
  }

  private void group(Extent extent, long gx, long gy, long gz) {
    triple(Frame.GROUP_ID, gx, gy, gz);
    triple(Frame.GROUP_START, extent.x(), extent.y(), extent.z());
    triple(Frame.LOCAL_SIZE, extent.width(), extent.height(), extent.depth());
    range(extent.x(), extent.x() + extent.width(), extent.y(), extent.y() + extent.height());
    for (int i = 0; i < zeroed.size(); i++) {
      Memory.zero(zeroed.get(i).address(), zeroed.get(i).bytes());
    }
    if (program.stateful()) {
      set(Frame.SLOT_ROW, extent.width());
      segments(extent);
    } else {
      call(variant.code(0), extent);
    }
  }

  private void triple(int entry, long x, long y, long z) {
    set(entry, x);
    set(entry + 8, y);
    set(entry + 16, z);
  }

  /** Calls code for each plane of the group. */
  private void call(ObjLongConsumer<Object[]> code, Extent extent) {
    for (long z = 0; z < extent.depth(); z++) {
      set(Frame.Z, extent.z() + z);
      if (program.byGroups() && program.stateful()) {
        long base = z * extent.width() * extent.height();
        set(Frame.SLOT_BASE, base - extent.y() * extent.width() - extent.x());
      }
      code.accept(arrays, frame);
    }
  }

  // segments

  private void segments(Extent extent) {
    zeroPrivates();
    int segment = 0;
    while (segment >= 0 && !cancelled()) {
      call(variant.code(segment), extent);
      passUniforms();
      int exit = program.segments().get(segment).exit();
      segment = exit == GroupProgram.SEVERAL_EXITS ? agreed(extent.items()) : exit;
    }
    if (segment == GroupProgram.SEVERAL_EXITS) {
      parted(extent);
    }
  }

  private boolean cancelled() {
    return Memory.i32(cancel) != 0;
  }

  private void zeroPrivates() {
    for (Root.Array array : variant.privates().arrays()) {
      if (program.kernel().objects().contains(array)) {
        Memory.zero(slotZero(array), capacity * variant.privates().stride(array));
      }
    }
  }

  private void passUniforms() {
    for (int i = 0; i < program.uniformValues().size(); i++) {
      int argument = variant.frame().argument((int) uniformArguments + i);
      set(argument, Memory.i64(uniforms + 8L * i));
    }
  }

  /** The segment that all work-items go to; SEVERAL_EXITS if they part. */
  private int agreed(int items) {
    int first = nextOf(0);
    for (int i = 1; i < items; i++) {
      if (nextOf(i) != first) {
        return GroupProgram.SEVERAL_EXITS;
      }
    }
    return first;
  }

  private int nextOf(int slot) {
    return Memory.i32(next + 4L * slot);
  }

  /**
   * Goes on with work-items that are at different segments. Those that need not wait go first;
   * those at a barrier go on when all that have not returned are there.
   */
  private void parted(Extent extent) {
    while (!cancelled()) {
      int ready = GroupProgram.ENDED;
      int barrier = GroupProgram.ENDED;
      for (int i = 0; i < extent.items(); i++) {
        int segment = nextOf(i);
        if (segment == GroupProgram.ENDED) {
          continue;
        }
        Segment at = program.segments().get(segment);
        if (at.barrier().isEmpty()) {
          ready = segment;
          break;
        }
        if (barrier != GroupProgram.ENDED && barrier != segment) {
          barrier = GroupProgram.SEVERAL_EXITS;
        } else if (barrier == GroupProgram.ENDED) {
          barrier = segment;
        }
      }
      int segment = ready != GroupProgram.ENDED ? ready : barrier;
      if (segment == GroupProgram.ENDED) {
        return;
      }
      if (segment == GroupProgram.SEVERAL_EXITS) {
        barrierFault(extent);
        return;
      }
      call(variant.guarded(segment), extent);
      passUniforms();
    }
  }

  /** Work-items wait at different barriers: the fault of the lowest that waits. */
  private void barrierFault(Extent extent) {
    for (int i = 0; i < extent.items(); i++) {
      int segment = nextOf(i);
      if (segment != GroupProgram.ENDED) {
        long[] offset = launch.range().offset();
        int site = program.sites().number(program.segments().get(segment).barrier().orElseThrow());
        FaultBlock.record(
            faults,
            site,
            0,
            offset[0] + extent.x() + i % extent.width(),
            offset[1] + extent.y() + i / extent.width() % extent.height(),
            offset[2] + extent.z() + i / extent.width() / extent.height());
        return;
      }
    }
  }

  /** The address of the fault block. */
  long faults() {
    return faults;
  }

  /** The ops that may fault. */
  List<Op> sites() {
    return program.sites().sites();
  }

  boolean faulted() {
    return Memory.i64(faults + FaultBlock.ANY) != 0;
  }

  @Override
  public void close() {
    if (together != null) {
      together.close();
    }
    blocks.giveBack(block);
  }
}
