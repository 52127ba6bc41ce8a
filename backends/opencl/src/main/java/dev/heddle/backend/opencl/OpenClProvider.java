package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.support.ArithmeticProbe;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.ProbeCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Finds the devices of all OpenCL drivers of the system. */
public final class OpenClProvider implements BackendProvider {
  static final String NAME = "opencl";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String target() {
    return NAME;
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    return KernelPrinter.print(kernel, options, Dialect.FULL).source();
  }

  /**
   * In a hurry, a device whose arithmetic was not probed before is left out, since that takes its
   * compiler most of a second; before anything was probed, not even the driver is loaded.
   */
  @Override
  public Probe probe(ProbeOptions options) {
    ProbeCache known = ProbeCache.open(NAME);
    boolean hurried = options.hurried() && known.keeps();
    if (hurried && !known.looked()) {
      return new Probe(
          List.of(), List.of("OpenCL is left out: its devices were not looked at yet"), true);
    }
    Probe probe = probe(known, hurried);
    if (!probe.postponed()) {
      known.noteThatAllWereLookedAt();
    }
    return probe;
  }

  private static Probe probe(ProbeCache known, boolean hurried) {
    try {
      JoclLibrary.load();
    } catch (LinkageError e) {
      return nothing(
          "no OpenCL loader (libOpenCL.so.1) was found; on Debian and Ubuntu install"
              + " ocl-icd-libopencl1 and a driver, such as pocl-opencl-icd for the processor");
    } catch (IOException e) {
      return nothing("the OpenCL binding could not be unpacked: " + e.getMessage());
    }
    return probeDevices(known, hurried);
  }

  private static Probe nothing(String note) {
    return new Probe(List.of(), List.of(note));
  }

  private static Probe probeDevices(ProbeCache known, boolean hurried) {
    List<Device> devices = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    OpenClDriver driver = new OpenClDriver("the OpenCL loader");
    BinaryCache binaries = BinaryCache.open(NAME);
    boolean postponed = false;
    int number = 0;
    for (cl_platform_id platform : driver.platforms()) {
      for (cl_device_id device : driver.devices(platform)) {
        String id = NAME + ":" + number++;
        try {
          DeviceFacts facts = facts(driver, platform, device, id);
          if (hurried && known.find(facts.identity()).isEmpty()) {
            postponed = true;
            notes.add(id + " is left out: its arithmetic was not probed yet");
          } else {
            devices.add(open(facts, known, binaries));
          }
        } catch (DeviceException e) {
          notes.add(id + " was left out: " + e.getMessage());
        }
      }
    }
    if (number == 0) {
      notes.add(
          "no OpenCL driver is installed; on Debian and Ubuntu, pocl-opencl-icd is one for the"
              + " processor");
    }
    return new Probe(devices, notes, postponed);
  }

  private static DeviceFacts facts(
      OpenClDriver driver, cl_platform_id platform, cl_device_id device, String id) {
    if (driver.number(device, CL.CL_DEVICE_COMPILER_AVAILABLE) == 0) {
      throw new DeviceException(DeviceException.Kind.COMPILE, "its driver has no compiler");
    }
    return DeviceFacts.of(driver, platform, device, id);
  }

  private static Device open(DeviceFacts facts, ProbeCache known, BinaryCache binaries) {
    OpenClDevice opened = new OpenClDevice(facts, binaries);
    opened.reproducible(known.get(facts.identity(), () -> ArithmeticProbe.run(opened)));
    return opened;
  }
}
