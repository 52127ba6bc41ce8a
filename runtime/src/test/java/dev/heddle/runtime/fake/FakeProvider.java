package dev.heddle.runtime.fake;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import java.util.List;

/** A back end of fake devices. */
public record FakeProvider(List<Device> devices) implements BackendProvider {
  public FakeProvider(Device... devices) {
    this(List.of(devices));
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String target() {
    return "ir";
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    return IrPrinter.print(new Program(List.of(kernel)));
  }

  @Override
  public Probe probe(ProbeOptions options) {
    return new Probe(devices, List.of());
  }
}
