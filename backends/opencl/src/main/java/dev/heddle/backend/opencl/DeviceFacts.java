package dev.heddle.backend.opencl;

import dev.heddle.runtime.spi.DeviceInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * What a driver tells of a device.
 *
 * @param identity names the device's code generator: equal for devices that can share compiled code
 * @param sharesStatus whether host and kernel see each other's writes while the kernel runs
 * @param mapsShared whether shared memory must be handed over between host and device
 * @param miscompilesBarriers whether its optimiser gets kernels with barriers wrong
 */
record DeviceFacts(
    cl_platform_id platform,
    cl_device_id device,
    DeviceInfo info,
    Dialect dialect,
    String identity,
    boolean sharesStatus,
    boolean mapsShared,
    boolean miscompilesBarriers) {
  // of extensions that JOCL has no constants for
  private static final int DEVICE_UUID_KHR = 0x106A;
  private static final int DEVICE_PCI_BUS_INFO_KHR = 0x410F;
  private static final int DEVICE_PCI_BUS_ID_NV = 0x4008;
  private static final int DEVICE_PCI_SLOT_ID_NV = 0x4009;
  private static final int DEVICE_PCI_DOMAIN_ID_NV = 0x400A;

  /** As of a device with memory of its own. */
  DeviceFacts withoutSharedStatus() {
    return new DeviceFacts(
        platform, device, info, dialect, identity, false, mapsShared, miscompilesBarriers);
  }

  static DeviceFacts of(
      OpenClDriver driver, cl_platform_id platform, cl_device_id device, String id) {
    Set<String> extensions =
        Set.of(driver.text(device, CL.CL_DEVICE_EXTENSIONS).trim().split("\\s+"));
    long type = driver.number(device, CL.CL_DEVICE_TYPE);
    boolean cpu = (type & CL.CL_DEVICE_TYPE_CPU) != 0;
    boolean unified = driver.number(device, CL.CL_DEVICE_HOST_UNIFIED_MEMORY) != 0;
    DeviceInfo info = info(driver, platform, device, id, extensions, cpu, unified);
    String identity =
        String.join(
            "\n",
            driver.text(platform, CL.CL_PLATFORM_VERSION),
            info.name(),
            driver.text(device, CL.CL_DEVICE_VERSION),
            info.driver());
    Dialect dialect = dialect(driver, device, extensions, info.supportsDouble());
    boolean miscompiles = miscompilesBarriers(identity);
    return new DeviceFacts(
        platform, device, info, dialect, identity, cpu, unified && !cpu, miscompiles);
  }

  /** Seen in random kernels with nested loops on PoCL 3.1, and only with its optimiser on. */
  private static boolean miscompilesBarriers(String platformVersion) {
    return platformVersion.contains("PoCL");
  }

  private static Dialect dialect(
      OpenClDriver driver, cl_device_id device, Set<String> extensions, boolean doubles) {
    long single = driver.number(device, CL.CL_DEVICE_SINGLE_FP_CONFIG);
    return new Dialect(
        doubles,
        (single & CL.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0,
        extensions.contains("cl_khr_int64_base_atomics")
            && extensions.contains("cl_khr_int64_extended_atomics"));
  }

  private static DeviceInfo info(
      OpenClDriver driver,
      cl_platform_id platform,
      cl_device_id device,
      String id,
      Set<String> extensions,
      boolean cpu,
      boolean unified) {
    long type = driver.number(device, CL.CL_DEVICE_TYPE);
    DeviceInfo.Kind kind =
        cpu
            ? DeviceInfo.Kind.CPU
            : (type & CL.CL_DEVICE_TYPE_GPU) != 0
                ? DeviceInfo.Kind.GPU
                : DeviceInfo.Kind.ACCELERATOR;
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("platform", driver.text(platform, CL.CL_PLATFORM_NAME));
    properties.put("platform version", driver.text(platform, CL.CL_PLATFORM_VERSION));
    properties.put("device version", driver.text(device, CL.CL_DEVICE_VERSION));
    properties.put("clock", driver.number(device, CL.CL_DEVICE_MAX_CLOCK_FREQUENCY) + " MHz");
    if (miscompilesBarriers(driver.text(platform, CL.CL_PLATFORM_VERSION))) {
      properties.put(DeviceInfo.BARRIER_KERNELS, "built without the driver's optimiser");
    }
    return new DeviceInfo(
        id,
        OpenClProvider.NAME,
        driver.text(device, CL.CL_DEVICE_NAME),
        kind,
        silicon(driver, device, id, extensions, cpu),
        driver.text(device, CL.CL_DRIVER_VERSION),
        (int) driver.number(device, CL.CL_DEVICE_MAX_COMPUTE_UNITS),
        driver.number(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE),
        driver.number(device, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        driver.number(device, CL.CL_DEVICE_LOCAL_MEM_SIZE),
        (int) driver.number(device, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
        unified,
        extensions.contains("cl_khr_fp64"),
        "its arithmetic was not probed",
        properties);
  }

  /**
   * The chip's name: {@code cpu:0} for the host's processor, else a PCI address or a UUID where the
   * driver tells one.
   */
  private static String silicon(
      OpenClDriver driver, cl_device_id device, String id, Set<String> extensions, boolean cpu) {
    if (cpu) {
      return "cpu:0";
    }
    if (extensions.contains("cl_khr_pci_bus_info")) {
      ByteBuffer address =
          ByteBuffer.wrap(driver.bytes(device, DEVICE_PCI_BUS_INFO_KHR))
              .order(ByteOrder.LITTLE_ENDIAN);
      return pci(address.getInt(0), address.getInt(4), address.getInt(8), address.getInt(12));
    }
    if (extensions.contains("cl_nv_device_attribute_query")) {
      int slot = (int) driver.number(device, DEVICE_PCI_SLOT_ID_NV);
      return pci(
          (int) driver.number(device, DEVICE_PCI_DOMAIN_ID_NV),
          (int) driver.number(device, DEVICE_PCI_BUS_ID_NV),
          slot >> 3,
          slot & 7);
    }
    return extensions.contains("cl_khr_device_uuid")
        ? "uuid:" + HexFormat.of().formatHex(driver.bytes(device, DEVICE_UUID_KHR))
        : id;
  }

  private static String pci(int domain, int bus, int device, int function) {
    return "pci:%04x:%02x:%02x.%x".formatted(domain, bus, device, function);
  }

  /** The device's description with what is known of its arithmetic. */
  DeviceInfo info(String reproducible) {
    return new DeviceInfo(
        info.id(),
        info.backend(),
        info.name(),
        info.kind(),
        info.silicon(),
        info.driver(),
        info.computeUnits(),
        info.memoryBytes(),
        info.maxAllocationBytes(),
        info.localMemoryBytes(),
        info.maxWorkGroupSize(),
        info.sharesHostMemory(),
        info.supportsDouble(),
        reproducible,
        info.properties());
  }
}
