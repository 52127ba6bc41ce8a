package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Executable;
import java.util.HashMap;
import java.util.Map;

/** A kernel compiled for one CUDA device, in the variants that its launches came to need. */
final class CudaExecutable extends Held implements Executable {
  private final Function function;
  private final CompileOptions options;
  private final Map<Variant, LoadedKernel> variants = new HashMap<>();
  private final LoadedKernel first;

  CudaExecutable(CudaDevice device, Function function, CompileOptions options) {
    super(device);
    this.function = function;
    this.options = options;
    first = variant(Variant.FIRST);
  }

  Function function() {
    return function;
  }

  /** The variant that suits a launch. */
  LoadedKernel fitting(boolean apart, long groupSize) {
    boolean same = apart || first.printed().readOnly().isEmpty();
    LoadedKernel free = variant(new Variant(same, 0));
    return groupSize <= free.facts().maxGroupSize()
        ? free
        : variant(new Variant(same, Math.toIntExact(groupSize)));
  }

  LoadedKernel first() {
    return first;
  }

  private synchronized LoadedKernel variant(Variant variant) {
    LoadedKernel known = variants.get(variant);
    if (known == null) {
      known = device().load(function, options, variant);
      variants.put(variant, known);
    }
    return known;
  }

  @Override
  public String listing() {
    return first.printed().source();
  }

  @Override
  synchronized void free() {
    CudaContext context = device().context();
    variants.values().forEach(one -> context.run(() -> context.driver().unload(one.module())));
  }

  @Override
  public String toString() {
    return "the executable of " + function.name();
  }
}
