package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.PrivateLayout;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** A kernel as one unit, its frame and its memory, ready to be run by any emitter's code. */
final class UnitRun implements AutoCloseable {
  /** What a work-item did wrong. */
  record Fault(int site, long offset, long x, long y) {}

  private final Arena arena = Arena.ofShared();
  private final Function kernel;
  private final FaultSites sites;
  private final Unit unit;
  private final MemorySegment frame;
  private final MemorySegment faults;
  private final MemorySegment cancel;
  private final List<MemorySegment> buffers = new ArrayList<>();

  UnitRun(Function kernel, BoundsMode bounds) {
    this(kernel, bounds, 0);
  }

  /**
   * @param together size of the work-group that goes through barriers as one; or 0
   */
  UnitRun(Function kernel, BoundsMode bounds, int together) {
    this.kernel = kernel;
    sites = new FaultSites(kernel);
    Frame layout = new Frame(kernel);
    PrivateLayout privates = new PrivateLayout(List.of(kernel));
    unit =
        new Unit(kernel.name(), kernel, sites, layout, privates, false, bounds, together, Set.of());
    frame = allocate(layout.bytes());
    faults = allocate(FaultBlock.bytes(sites.sites().size()));
    cancel = allocate(8);
    set(Frame.FAULTS, faults.address());
    set(Frame.CANCEL, cancel.address());
    set(Frame.SCRATCH, allocate(privates.bytesPerSlot() * PrivateLayout.FREE_CAPACITY).address());
    set(Frame.STAGE, allocate(Frame.STAGE_BYTES).address());
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Table table) {
        MemorySegment content = allocate(table.content().length());
        content.copyFrom(MemorySegment.ofArray(table.content().toArray()));
        set(layout.object(root), content.address());
      } else if (root instanceof Root.Array array && array.space() == AddressSpace.LOCAL) {
        set(layout.object(root), allocate(array.bytes()).address());
      }
    }
  }

  private MemorySegment allocate(long bytes) {
    return arena.allocate(Math.max(64, bytes), 64);
  }

  private void set(int offset, long value) {
    frame.set(ValueLayout.JAVA_LONG, offset, value);
  }

  ObjLongConsumer<Object[]> compile(Emitter emitter) throws Emitter.Refusal {
    return emitter.emit(unit).code();
  }

  Emitter.Emitted emit(Emitter emitter) throws Emitter.Refusal {
    return emitter.emit(unit);
  }

  void scalar(String parameter, long bits) {
    set(unit.frame().argument(index(parameter)), bits);
  }

  /** Makes a buffer with that content. */
  MemorySegment buffer(String parameter, byte[] content) {
    MemorySegment memory = allocate(content.length);
    memory.copyFrom(MemorySegment.ofArray(content));
    int index = index(parameter);
    set(unit.frame().argument(index), memory.address());
    set(unit.frame().argumentSize(index), content.length);
    buffers.add(memory.asSlice(0, content.length));
    return buffers.getLast();
  }

  private int index(String name) {
    for (int i = 0; i < kernel.parameters().size(); i++) {
      Parameter parameter = kernel.parameters().get(i);
      if (parameter.name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  void range(long width, long height, long offsetX) {
    set(Frame.X_BEGIN, 0);
    set(Frame.X_END, width);
    set(Frame.Y_BEGIN, 0);
    set(Frame.Y_END, height);
    set(Frame.Z, 0);
    set(Frame.WORK_DIM, 2);
    set(Frame.GLOBAL_SIZE, width);
    set(Frame.GLOBAL_SIZE + 8, height);
    set(Frame.GLOBAL_SIZE + 16, 1);
    set(Frame.LOCAL_SIZE, width);
    set(Frame.LOCAL_SIZE + 8, height);
    set(Frame.LOCAL_SIZE + 16, 1);
    set(Frame.GLOBAL_OFFSET, offsetX);
    for (int d = 0; d < 3; d++) {
      set(Frame.GROUP_COUNT + 8 * d, 1);
    }
  }

  /** Lets the code run as it does when its buffers are larger than the caches. */
  void streams() {
    set(Frame.STREAMS, 1);
  }

  void run(ObjLongConsumer<Object[]> code) {
    faults.fill((byte) 0);
    code.accept(new Object[0], frame.address());
  }

  long frameAddress() {
    return frame.address();
  }

  List<Fault> faults() {
    List<Fault> found = new ArrayList<>();
    for (int site = 0; site < sites.sites().size(); site++) {
      long entry = FaultBlock.entry(site);
      if (get(entry + FaultBlock.FILLED) != 0) {
        found.add(
            new Fault(
                site,
                get(entry + FaultBlock.OFFSET),
                get(entry + FaultBlock.X),
                get(entry + FaultBlock.Y)));
      }
    }
    return found;
  }

  private long get(long offset) {
    return faults.get(ValueLayout.JAVA_LONG, offset);
  }

  @Override
  public void close() {
    arena.close();
  }
}
