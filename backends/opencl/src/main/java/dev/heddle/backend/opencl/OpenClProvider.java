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

  @Override
  public Probe probe(ProbeOptions options) {
    try {
      JoclLibrary.load();
    } catch (LinkageError e) {
      return nothing(
          "no OpenCL loader (libOpenCL.so.1) was found; on Debian and Ubuntu install"
              + " ocl-icd-libopencl1 and a driver, such as pocl-opencl-icd for the processor");
    } catch (IOException e) {
      return nothing("the OpenCL binding could not be unpacked: " + e.getMessage());
    }
    return probeDevices();
  }

  private static Probe nothing(String note) {
    return new Probe(List.of(), List.of(note));
  }

  private static Probe probeDevices() {
    List<Device> devices = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    OpenClDriver driver = new OpenClDriver("the OpenCL loader");
    BinaryCache binaries = BinaryCache.open(NAME);
    int number = 0;
    for (cl_platform_id platform : driver.platforms()) {
      for (cl_device_id device : driver.devices(platform)) {
        String id = NAME + ":" + number++;
        try {
          devices.add(open(driver, platform, device, id, binaries));
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
    return new Probe(devices, notes);
  }

  private static Device open(
      OpenClDriver driver,
      cl_platform_id platform,
      cl_device_id device,
      String id,
      BinaryCache binaries) {
    if (driver.number(device, CL.CL_DEVICE_COMPILER_AVAILABLE) == 0) {
      throw new DeviceException(DeviceException.Kind.COMPILE, "its driver has no compiler");
    }
    DeviceFacts facts = DeviceFacts.of(driver, platform, device, id);
    OpenClDevice opened = new OpenClDevice(facts, binaries);
    opened.reproducible(
        new ProbeCache(binaries).get(facts.identity(), () -> ArithmeticProbe.run(opened)));
    return opened;
  }
}
