package dev.heddle.backend.cpu.run;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.backend.cpu.code.Emitter.Refusal;
import dev.heddle.backend.cpu.run.CpuExecutable.VectorResult;
import dev.heddle.backend.cpu.scalar.ScalarEmitter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.DeviceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Generates the code of kernels: the scalar tier at once, the vector tier in the background. */
public final class Compiler implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Compiler.class.getName());

  /** Whether this process was told why it has no vector tier. */
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private final Emitter scalar = new ScalarEmitter(ScalarEmitter.MAX_BYTES);
  private final Emitter guarded = new ScalarEmitter(Integer.MAX_VALUE);
  private final Emitter vector;
  private final Supplier<String> unavailable;
  private final TierMode mode;
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("heddle-cpu-compile").unstarted(task));

  /**
   * @param vector emits the vector tier
   * @param unavailable says why this process has no vector tier; empty if it has one. Asked in the
   *     background, since loading the Vector API takes time
   */
  public Compiler(Emitter vector, Supplier<String> unavailable, TierMode mode) {
    this.vector = vector;
    this.unavailable = unavailable;
    this.mode = mode;
  }

  public CpuExecutable compile(Function kernel, CompileOptions options) {
    Variant code = scalar(kernel, options);
    return new CpuExecutable(
        kernel,
        code,
        vector(() -> Variant.of(kernel, options, vector, guarded), kernel),
        items -> vector(() -> Variant.together(kernel, options, vector, items), kernel),
        mode);
  }

  /** Makes vector code. */
  private interface Vectorizer {
    Variant make() throws Refusal;
  }

  private Variant scalar(Function kernel, CompileOptions options) {
    try {
      return Variant.of(kernel, options, scalar, guarded);
    } catch (Refusal refusal) {
      throw new DeviceException(
          DeviceException.Kind.COMPILE,
          "cpu: kernel '" + kernel.name() + "' can't be compiled: " + refusal.getMessage());
    }
  }

  private CompletableFuture<VectorResult> vector(Vectorizer vectorizer, Function kernel) {
    return switch (mode) {
      case SCALAR ->
          CompletableFuture.completedFuture(
              new VectorResult(null, "-D" + TierMode.PROPERTY + "=scalar"));
      case VECTOR -> CompletableFuture.completedFuture(vectorize(vectorizer, kernel));
      case AUTO -> CompletableFuture.supplyAsync(() -> vectorize(vectorizer, kernel), background);
    };
  }

  /** A failure in the vector emitter costs speed alone: it is logged and the scalar tier stays. */
  private VectorResult vectorize(Vectorizer vectorizer, Function kernel) {
    try {
      String why = unavailable.get();
      if (!why.isEmpty()) {
        sayOnce(why);
        return new VectorResult(null, why);
      }
      return new VectorResult(vectorizer.make(), "");
    } catch (Refusal refusal) {
      return refused(kernel, System.Logger.Level.DEBUG, refusal.getMessage());
    } catch (RuntimeException | LinkageError e) {
      return refused(kernel, System.Logger.Level.WARNING, "internal error: " + e);
    }
  }

  private static void sayOnce(String why) {
    if (!SAID.getAndSet(true)) {
      LOGGER.log(
          System.Logger.Level.INFO,
          "the CPU device runs scalar code alone, which is slower: {0}",
          why);
    }
  }

  private static VectorResult refused(Function kernel, System.Logger.Level level, String why) {
    LOGGER.log(level, "no vector code for kernel {0}: {1}", kernel.name(), why);
    return new VectorResult(null, why);
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
