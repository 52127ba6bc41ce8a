package dev.heddle.backend.cpu.run;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.spi.Executable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A kernel as code: scalar at once, vector when it has been generated. */
public final class CpuExecutable implements Executable {
  /** Vector code, or why there is none. */
  record VectorResult(@Nullable Variant variant, String refusal) {}

  private final Function kernel;
  private final Variant scalar;
  private final CompletableFuture<VectorResult> vector;
  private final IntFunction<CompletableFuture<VectorResult>> togetherCompiler;
  private final Map<Integer, CompletableFuture<VectorResult>> together = new ConcurrentHashMap<>();
  private final TierMode mode;
  private final TierChooser tiers = new TierChooser();
  private final Primer primer = new Primer();
  private final Arena arena = Arena.ofAuto();
  private final long[] tables;
  private volatile boolean ranBefore;

  /**
   * @param togetherCompiler makes vector code for work-groups of so many work-items
   */
  CpuExecutable(
      Function kernel,
      Variant scalar,
      CompletableFuture<VectorResult> vector,
      IntFunction<CompletableFuture<VectorResult>> togetherCompiler,
      TierMode mode) {
    this.kernel = kernel;
    this.scalar = scalar;
    this.vector = vector;
    this.togetherCompiler = togetherCompiler;
    this.mode = mode;
    tables = copyTables();
  }

  private long[] copyTables() {
    List<Long> addresses = new ArrayList<>();
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Table table) {
        byte[] content = table.content().toArray();
        MemorySegment memory = arena.allocate(Math.max(1, content.length), 64);
        MemorySegment.copy(MemorySegment.ofArray(content), 0, memory, 0, content.length);
        addresses.add(memory.address());
      }
    }
    return addresses.stream().mapToLong(Long::longValue).toArray();
  }

  Function kernel() {
    return kernel;
  }

  Variant scalar() {
    return scalar;
  }

  /** The vector code, if it is there by now. */
  @Nullable Variant vector() {
    VectorResult result = vector.getNow(null);
    return result == null ? null : result.variant();
  }

  /**
   * Vector code for whole work-groups of that size, if the kernel has barriers and the code is
   * there by now.
   */
  @Nullable Variant together(long[] local) {
    boolean waits = scalar.program().byGroups() && scalar.program().stateful();
    if (!waits || local[1] != 1 || local[2] != 1) {
      return null;
    }
    VectorResult result =
        together.computeIfAbsent((int) local[0], togetherCompiler::apply).getNow(null);
    return result == null ? null : result.variant();
  }

  TierMode mode() {
    return mode;
  }

  TierChooser tiers() {
    return tiers;
  }

  /** Whether a launch was noted as done. */
  boolean ranBefore() {
    return ranBefore;
  }

  void noteRun() {
    ranBefore = true;
  }

  Primer primer() {
    return primer;
  }

  /** Addresses of the constant tables, in the order of the kernel's objects. */
  long[] tables() {
    return tables;
  }

  /** Why the kernel has no vector tier; empty if it has one. */
  public String vectorRefusal() {
    return vector.join().refusal();
  }

  @Override
  public String listing() {
    VectorResult result = vector.join();
    Variant variant = result.variant();
    String tail =
        variant == null
            ? "no vector tier: " + result.refusal() + "\n"
            : "vector tier:\n" + variant.listing();
    return "scalar tier:\n" + scalar.listing() + tail;
  }

  /** Generated classes go with the last reference to them. */
  @Override
  public void close() {}
}
