package dev.heddle.backend.cpu;

import dev.heddle.backend.cpu.run.Compiler;
import dev.heddle.backend.cpu.run.TierMode;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import java.util.List;

/** The CPU SIMD back end: one device, always there. */
public final class CpuProvider implements BackendProvider {
  static final String NAME = "cpu";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String target() {
    return "jvm";
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    try (Compiler compiler = CpuDevice.compiler(TierMode.fromProperty())) {
      return compiler.compile(kernel, options).listing();
    }
  }

  @Override
  public Probe probe(ProbeOptions options) {
    int available = Runtime.getRuntime().availableProcessors();
    int threads = options.cpuThreads() > 0 ? options.cpuThreads() : available;
    return new Probe(List.of(new CpuDevice(threads, TierMode.fromProperty())), List.of());
  }
}
