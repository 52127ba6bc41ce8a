package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.ProbeCache;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CUDA back end on a {@link FakeDriver}: everything of it is real but the driver. One made by
 * {@code ServiceLoader} has no device unless {@link #enable} was called in this process.
 */
public final class FakeCuda implements BackendProvider {
  private static volatile @Nullable FakeDriver enabled;
  private static volatile Optional<Path> enabledFolder = Optional.empty();

  private final @Nullable FakeDriver driver;
  private final BinaryCache binaries;

  public FakeCuda() {
    this(enabled, enabledFolder);
  }

  /**
   * @param folder where compiled code and what was found out about devices is kept
   */
  FakeCuda(@Nullable FakeDriver driver, Optional<Path> folder) {
    this.driver = driver;
    this.binaries = new BinaryCache(folder);
  }

  /**
   * Lets sessions opened from now on find one small device.
   *
   * @param folder where compiled code and what was found out about the device is kept
   */
  public static void enable(Path folder) {
    enabledFolder = Optional.of(folder);
    enabled = new FakeDriver(3, FakeGpu.small());
  }

  /**
   * Lets sessions opened from now on find none.
   *
   * @return what was done since {@link #enable} that the driver or the ISA does not define
   */
  public static List<String> disable() {
    FakeDriver last = enabled;
    enabled = null;
    return last == null ? List.of() : last.violations();
  }

  @Override
  public String name() {
    return CudaProvider.NAME;
  }

  @Override
  public String target() {
    return "ptx";
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    return new CudaProvider().listing(kernel, options);
  }

  @Override
  public Probe probe(ProbeOptions options) {
    return driver == null
        ? new Probe(List.of(), List.of())
        : CudaProvider.probe(driver, binaries, new ProbeCache(binaries), options.hurried());
  }
}
