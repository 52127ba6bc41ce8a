package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.ModuleText.Variable;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loaded file: its kernels, and its variables in memory. */
public final class PtxModule {
  /** ISA 5.1.3: the constant bank that variables are in. */
  private static final int MOST_CONSTANTS = 64 << 10;

  private final ModuleText text;
  private final Map<String, PtxKernel> kernels = new LinkedHashMap<>();

  private PtxModule(ModuleText text, DeviceMemory memory) {
    this.text = text;
    Symbols symbols = new Symbols();
    Segment constants = constants(symbols);
    for (Variable variable : text.variables()) {
      if (variable.space() == Space.GLOBAL) {
        symbols.add(variable.name(), Space.GLOBAL, global(variable, memory));
      }
    }
    for (ModuleText.Kernel kernel : text.kernels()) {
      if (kernels.put(kernel.name(), new PtxKernel(kernel, memory, constants, symbols)) != null) {
        throw new PtxException(kernel.line(), "kernel " + kernel.name() + " stands twice");
      }
    }
  }

  /**
   * Reads a file and checks all of it.
   *
   * @throws PtxException if it is not of the known subset, or breaks a rule of the ISA
   */
  public static PtxModule load(String text, DeviceMemory memory) {
    return new PtxModule(PtxParser.parse(text), memory);
  }

  public List<String> kernels() {
    return List.copyOf(kernels.keySet());
  }

  /**
   * A kernel.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public PtxKernel kernel(String name) {
    PtxKernel kernel = kernels.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException("no kernel " + name + ", only " + kernels.keySet());
    }
    return kernel;
  }

  /** What {@code .target} says. */
  public String target() {
    return text.target();
  }

  /** What {@code .version} says. */
  public String version() {
    return text.version();
  }

  private Segment constants(Symbols symbols) {
    int end = 0;
    for (Variable variable : text.variables()) {
      if (variable.space() == Space.CONST) {
        int at = PtxKernel.aligned(end, variable.alignment());
        symbols.add(variable.name(), Space.CONST, at);
        end = at + (int) variable.bytes();
      }
      if (end > MOST_CONSTANTS) {
        throw new PtxException(variable.line(), "more than 64 KiB of constants");
      }
    }
    Segment constants = new Segment(0, end);
    for (Variable variable : text.variables()) {
      if (variable.space() == Space.CONST) {
        long at = symbols.find(variable.name()).orElseThrow().address();
        initialise(variable, constants, at);
      }
    }
    return constants;
  }

  private static long global(Variable variable, DeviceMemory memory) {
    long address = memory.allocate(variable.bytes());
    memory.fill(address, (byte) 0, (int) variable.bytes());
    byte[] initial = variable.initial();
    if (initial != null) {
      memory.write(address, initial);
    }
    return address;
  }

  /** ISA 5.4.4: without an initialiser, zeros. */
  private static void initialise(Variable variable, Segment segment, long at) {
    segment.fill(at, (byte) 0, (int) variable.bytes());
    byte[] initial = variable.initial();
    if (initial != null) {
      segment.put(at, MemorySegment.ofArray(initial));
    }
  }
}
