package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.ModuleText.Variable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A kernel that can be launched. */
public final class PtxKernel {
  private static final int MOST_THREADS = 1024;

  private final ModuleText.Kernel text;
  private final DeviceMemory memory;
  private final Segment constants;
  private final Frame frame;
  private final Instruction[] code;
  private int sharedBytes;
  private int localBytes;
  private final int dynamicAt;

  PtxKernel(ModuleText.Kernel text, DeviceMemory memory, Segment constants, Symbols ofModule) {
    this.text = text;
    this.memory = memory;
    this.constants = constants;
    this.frame = new Frame(text.registers());
    Symbols symbols = ofModule.copy();
    text.parameters().forEach(p -> symbols.add(p.name(), Space.PARAM, p.offset()));
    for (Variable variable : text.variables()) {
      if (variable.bytes() > 0) {
        place(variable, symbols);
      }
    }
    this.dynamicAt = dynamicAt(symbols);
    this.code = new KernelDecoder(text, frame, symbols).decode();
  }

  private void place(Variable variable, Symbols symbols) {
    switch (variable.space()) {
      case SHARED -> {
        int at = aligned(sharedBytes, variable.alignment());
        symbols.add(variable.name(), Space.SHARED, at);
        sharedBytes = at + (int) variable.bytes();
      }
      case LOCAL -> {
        int at = aligned(localBytes, variable.alignment());
        symbols.add(variable.name(), Space.LOCAL, at);
        localBytes = at + (int) variable.bytes();
      }
      case GLOBAL, CONST -> {
        // placed with the module
      }
      case GENERIC, PARAM -> throw new IllegalStateException(variable.toString());
    }
  }

  /** All arrays of unknown size begin at the same place, behind the others. */
  private int dynamicAt(Symbols symbols) {
    List<Variable> dynamic =
        text.variables().stream().filter(variable -> variable.bytes() == 0).toList();
    int alignment = dynamic.stream().mapToInt(Variable::alignment).max().orElse(1);
    int at = aligned(sharedBytes, alignment);
    dynamic.forEach(variable -> symbols.add(variable.name(), Space.SHARED, at));
    return at;
  }

  static int aligned(int offset, int alignment) {
    return (offset + alignment - 1) / alignment * alignment;
  }

  public String name() {
    return text.name();
  }

  /** Bytes of shared memory that its own variables take. */
  public int staticShared() {
    return sharedBytes;
  }

  /** Bytes of local memory that its own variables take for each thread. */
  public int localBytes() {
    return localBytes;
  }

  /** Registers that it declares. */
  public int registers() {
    return text.registers();
  }

  /** Threads that a block may have at most. */
  public int mostThreads() {
    int required = text.required().stream().reduce(1, (a, b) -> a * b);
    if (!text.required().isEmpty()) {
      return required;
    }
    return text.most() > 0 ? text.most() : MOST_THREADS;
  }

  /** Instructions as written. */
  public int instructions() {
    return text.body().size();
  }

  /** Where each parameter lies in the parameter space, and how long it is, in bytes. */
  public List<Parameter> parameters() {
    return text.parameters().stream()
        .map(p -> new Parameter(p.name(), p.offset(), p.bytes()))
        .toList();
  }

  /** A parameter's bytes within the parameter space. */
  public record Parameter(String name, int offset, int bytes) {}

  Instruction[] code() {
    return code;
  }

  Frame frame() {
    return frame;
  }

  Segment constants() {
    return constants;
  }

  int sharedBytes(int dynamic) {
    return dynamicAt + dynamic;
  }

  /**
   * Runs all blocks.
   *
   * @return the number of instructions that all threads executed
   * @throws PtxFault if the kernel does what stops a launch
   * @throws IllegalArgumentException for a launch that the kernel does not take
   */
  public long launch(PtxLaunch launch) {
    check(launch);
    Segment parameters = new Segment(0, launch.parameters().length);
    parameters.put(0, MemorySegment.ofArray(launch.parameters()));
    Block block = new Block(this, memory, launch, parameters);
    PtxLaunch.Size grid = launch.grid();
    Random random = new Random(launch.order());
    for (int index : order(grid.count(), launch.order(), random)) {
      int x = index % grid.x();
      int y = index / grid.x() % grid.y();
      int z = index / (grid.x() * grid.y());
      int[] threads = order(launch.block().count(), launch.order(), random);
      block.run(new PtxLaunch.Place(x, y, z), threads);
    }
    return launch.instructions() - block.left();
  }

  private void check(PtxLaunch launch) {
    int needed = text.parameters().stream().mapToInt(p -> p.offset() + p.bytes()).max().orElse(0);
    if (launch.parameters().length != needed) {
      throw new IllegalArgumentException(
          name() + " takes " + needed + " bytes of parameters, not " + launch.parameters().length);
    }
    PtxLaunch.Size block = launch.block();
    List<Integer> asked = List.of(block.x(), block.y(), block.z());
    List<Integer> required = new ArrayList<>(text.required());
    while (!required.isEmpty() && required.size() < 3) {
      required.add(1);
    }
    boolean fits = required.isEmpty() ? block.count() <= mostThreads() : required.equals(asked);
    if (!fits) {
      throw new IllegalArgumentException(name() + " does not take blocks of " + asked);
    }
  }

  private static int[] order(int count, long seed, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    if (seed != 0) {
      Collections.shuffle(order, random);
    }
    return order.stream().mapToInt(i -> i).toArray();
  }
}
