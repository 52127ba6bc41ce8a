package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import java.util.List;

/** Finds the NVIDIA processors of the system. */
public final class CudaProvider implements BackendProvider {
  static final String NAME = "cuda";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String target() {
    return "ptx";
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    return KernelPrinter.print(kernel, options, PtxTarget.LISTING, true).source();
  }

  @Override
  public Probe probe(ProbeOptions options) {
    return new Probe(List.of(), List.of());
  }
}
