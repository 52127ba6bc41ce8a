package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.support.ArithmeticProbe;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.ProbeCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the NVIDIA processors of the system. */
public final class CudaProvider implements BackendProvider {
  static final String NAME = "cuda";

  /** Where the driver's kernel module tells its version, on Linux. */
  private static final Path MODULE_VERSION = Path.of("/proc/driver/nvidia/version");

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
    return KernelPrinter.print(kernel, options, PtxTarget.LISTING, Variant.FIRST).source();
  }

  /** In a hurry, a device whose arithmetic was not probed before is left out. */
  @Override
  public Probe probe(ProbeOptions options) {
    if (!DriverLibrary.present()) {
      return nothing("no NVIDIA driver (libcuda.so.1); on Debian and Ubuntu install nvidia-driver");
    }
    try {
      DriverLibrary.load();
      ProbeCache known = ProbeCache.open(NAME);
      boolean hurried = options.hurried() && known.keeps();
      return probe(new NvidiaDriver(), BinaryCache.open(NAME), known, hurried);
    } catch (CudaFailure e) {
      return nothing("the NVIDIA driver finds no usable device: " + e.getMessage());
    } catch (IOException | LinkageError e) {
      return nothing("the binding to the NVIDIA driver could not be loaded: " + e.getMessage());
    }
  }

  private static Probe nothing(String note) {
    return new Probe(List.of(), List.of(note));
  }

  /**
   * Opens the devices of a driver.
   *
   * @param hurried whether to leave out, for now, those not known yet
   */
  static Probe probe(CudaDriver driver, BinaryCache binaries, ProbeCache known, boolean hurried) {
    List<Device> devices = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean postponed = false;
    for (int number = 0; number < driver.devices(); number++) {
      String id = NAME + ":" + number;
      try {
        CudaDeviceFacts facts = facts(driver, number, id);
        if (hurried && known.find(facts.identity()).isEmpty()) {
          postponed = true;
          notes.add(id + " is left out: its arithmetic was not probed yet");
        } else {
          devices.add(open(driver, facts, binaries, known));
        }
      } catch (DeviceException | CudaFailure e) {
        notes.add(id + " was left out: " + e.getMessage());
      }
    }
    if (driver.devices() == 0) {
      notes.add("the NVIDIA driver finds no device");
    }
    return new Probe(devices, notes, postponed);
  }

  private static CudaDeviceFacts facts(CudaDriver driver, int number, String id) {
    CudaDriver.DeviceFacts found = driver.facts(number);
    if (found.capability() < PtxTarget.LEAST) {
      throw new DeviceException(
          DeviceException.Kind.COMPILE,
          "%s has compute capability %s; %s or later is needed"
              .formatted(found.name(), tenths(found.capability()), tenths(PtxTarget.LEAST)));
    }
    int needed = PtxTarget.of(found.capability()).version();
    if (PtxTarget.newestVersion(driver.version()) < needed) {
      throw new DeviceException(
          DeviceException.Kind.COMPILE,
          "its driver knows CUDA %s, which lacks PTX %s; install a newer one"
              .formatted(cuda(driver.version()), tenths(needed)));
    }
    return new CudaDeviceFacts(number, id, versions(driver), found);
  }

  private static Device open(
      CudaDriver driver, CudaDeviceFacts facts, BinaryCache binaries, ProbeCache known) {
    CudaDevice device = new CudaDevice(driver, facts, binaries);
    device.reproducible(known.get(facts.identity(), () -> ArithmeticProbe.run(device)));
    return device;
  }

  private static String tenths(int number) {
    return number / 10 + "." + number % 10;
  }

  private static String cuda(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  private static String versions(CudaDriver driver) {
    String module = moduleVersion();
    return "CUDA " + cuda(driver.version()) + (module.isEmpty() ? "" : ", " + module);
  }

  /** The kernel module's version, such as 560.35.03; empty if it is not told. */
  private static String moduleVersion() {
    try {
      for (String word : Files.readString(MODULE_VERSION).split("\\s+")) {
        if (word.matches("\\d{3,}\\.\\d+(\\.\\d+)?")) {
          return word;
        }
      }
      return "";
    } catch (IOException absent) {
      return "";
    }
  }
}
