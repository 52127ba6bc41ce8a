package dev.heddle.cli.selftest;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrParser;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;

/** A back end whose device is the CPU made wrong on purpose: it compiles another kernel. */
public final class WrongProvider implements BackendProvider {
  private final UnaryOperator<Function> mistake;

  /** Its device confuses two roundings, by which no kernel file comes to loop for ever. */
  public WrongProvider() {
    this(replacing("floor", "ftrunc"));
  }

  WrongProvider(UnaryOperator<Function> mistake) {
    this.mistake = mistake;
  }

  /** Confuses two operators. */
  static UnaryOperator<Function> replacing(String operator, String other) {
    return kernel -> {
      String text = IrPrinter.print(kernel).replaceAll("\\b" + operator + "\\b", other);
      return IrParser.parse(text).functions().getFirst();
    };
  }

  /** Fails as a device does that is gone. */
  static UnaryOperator<Function> dying() {
    return kernel -> {
      throw new DeviceException(DeviceException.Kind.LOST, "wrong:0 fell off the bus");
    };
  }

  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public String target() {
    return "wrong";
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    return IrPrinter.print(mistake.apply(kernel));
  }

  @Override
  public Probe probe(ProbeOptions options) {
    BackendProvider cpu =
        ServiceLoader.load(BackendProvider.class, WrongProvider.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("cpu"))
            .findFirst()
            .orElseThrow();
    Device right = cpu.probe(options).devices().getFirst();
    return new Probe(List.of(new WrongDevice(right, mistake)), List.of());
  }

  private record WrongDevice(Device right, UnaryOperator<Function> mistake) implements Device {
    @Override
    public DeviceInfo info() {
      DeviceInfo info = right.info();
      return new DeviceInfo(
          "wrong:0",
          "wrong",
          "a wrong device",
          info.kind(),
          "a wrong chip",
          info.driver(),
          info.computeUnits(),
          info.memoryBytes(),
          info.maxAllocationBytes(),
          info.localMemoryBytes(),
          info.maxWorkGroupSize(),
          info.sharesHostMemory(),
          info.supportsDouble(),
          "",
          info.properties());
    }

    @Override
    public Executable compile(Function kernel, CompileOptions options) {
      return right.compile(mistake.apply(kernel), options);
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      return right.allocate(bytes);
    }

    @Override
    public DeviceBuffer wrap(MemorySegment host) {
      return right.wrap(host);
    }

    @Override
    public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
      return right.copyIn(from, to, offset, after);
    }

    @Override
    public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
      return right.copyOut(from, offset, to, after);
    }

    @Override
    public Event launch(Executable executable, Launch launch, List<Event> after) {
      return right.launch(executable, launch, after);
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
