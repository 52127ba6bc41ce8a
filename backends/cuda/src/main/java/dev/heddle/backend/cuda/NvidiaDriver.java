package dev.heddle.backend.cuda;

import static jcuda.driver.CUdevice_attribute.*;
import static jcuda.driver.CUfunction_attribute.*;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUjitInputType;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUlinkState;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/** The driver of this machine, through JCuda. */
final class NvidiaDriver implements CudaDriver {
  private static final int LOG_BYTES = 8192;
  private static final int NAME_BYTES = 256;

  /** What JCuda holds the driver's handles in, by numbers of our own. */
  private final Map<Long, NativePointerObject> handles = new ConcurrentHashMap<>();

  private final Map<Long, Pointer> hostMemory = new ConcurrentHashMap<>();
  private final AtomicLong lastHandle = new AtomicLong();

  /**
   * @throws CudaFailure if the driver finds no device or can't be used
   */
  NvidiaDriver() {
    check(JCudaDriver.cuInit(0), "cuInit");
  }

  private static void check(int code, String call) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new CudaFailure(code, call, CUresult.stringFor(code));
    }
  }

  private long handle(NativePointerObject object) {
    long handle = lastHandle.incrementAndGet();
    handles.put(handle, object);
    return handle;
  }

  private <T extends NativePointerObject> T object(Class<T> type, long handle) {
    NativePointerObject object = handles.get(handle);
    if (object == null) {
      throw new CudaFailure(CudaFailure.INVALID_VALUE, "use of a " + type.getSimpleName(), "freed");
    }
    return type.cast(object);
  }

  /** A device address, which JCuda hides in an object. */
  private static final class Address extends CUdeviceptr {
    Address() {}

    Address(long address) {
      super(new CUdeviceptr(), address);
    }

    long value() {
      return getNativePointer() + getByteOffset();
    }
  }

  @Override
  public int version() {
    int[] version = new int[1];
    check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    return version[0];
  }

  @Override
  public int devices() {
    int[] count = new int[1];
    check(JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount");
    return count[0];
  }

  private static CUdevice device(int number) {
    CUdevice device = new CUdevice();
    check(JCudaDriver.cuDeviceGet(device, number), "cuDeviceGet");
    return device;
  }

  private static int attribute(CUdevice device, int attribute) {
    int[] value = new int[1];
    check(
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device),
        "cuDeviceGetAttribute of attribute " + attribute);
    return value[0];
  }

  @Override
  public DeviceFacts facts(int number) {
    CUdevice device = device(number);
    byte[] name = new byte[NAME_BYTES];
    check(JCudaDriver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
    long[] bytes = new long[1];
    check(JCudaDriver.cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
    CUuuid uuid = new CUuuid();
    check(JCudaDriver.cuDeviceGetUuid(uuid, device), "cuDeviceGetUuid");
    String[] address = new String[1];
    check(JCudaDriver.cuDeviceGetPCIBusId(address, NAME_BYTES, device), "cuDeviceGetPCIBusId");
    return new DeviceFacts(
        text(name),
        10 * attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
            + attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute(device, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        bytes[0],
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
        attribute(device, CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK),
        attribute(device, CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
        uuid.bytes,
        address[0].trim(),
        attribute(device, CU_DEVICE_ATTRIBUTE_INTEGRATED) != 0);
  }

  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).trim();
  }

  @Override
  public long createContext(int device) {
    CUcontext context = new CUcontext();
    check(JCudaDriver.cuCtxCreate(context, 0, device(device)), "cuCtxCreate");
    // creating it made it current here, which is for those who use it to ask for
    check(JCudaDriver.cuCtxSetCurrent(new CUcontext()), "cuCtxSetCurrent");
    return handle(context);
  }

  @Override
  public void use(long context) {
    check(JCudaDriver.cuCtxSetCurrent(object(CUcontext.class, context)), "cuCtxSetCurrent");
  }

  @Override
  public void destroyContext(long context) {
    check(JCudaDriver.cuCtxDestroy(object(CUcontext.class, context)), "cuCtxDestroy");
    handles.remove(context);
  }

  @Override
  public long freeMemory() {
    long[] free = new long[1];
    check(JCudaDriver.cuMemGetInfo(free, new long[1]), "cuMemGetInfo");
    return free[0];
  }

  @Override
  public byte[] compile(String ptx) {
    byte[] text = (ptx + '\0').getBytes(StandardCharsets.UTF_8);
    JITOptions options = new JITOptions();
    options.putInt(CUjit_option.CU_JIT_GENERATE_LINE_INFO, 1);
    options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG_BYTES);
    options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[LOG_BYTES]);
    CUlinkState link = new CUlinkState();
    check(JCudaDriver.cuLinkCreate(options, link), "cuLinkCreate");
    try {
      Pointer image = new Pointer();
      long[] bytes = new long[1];
      int code =
          JCudaDriver.cuLinkAddData(
              link,
              CUjitInputType.CU_JIT_INPUT_PTX,
              Pointer.to(text),
              text.length,
              PrintedPtx.NAME,
              new JITOptions());
      if (code == CUresult.CUDA_SUCCESS) {
        code = JCudaDriver.cuLinkComplete(link, image, bytes);
      }
      if (code != CUresult.CUDA_SUCCESS) {
        String log = text(options.getBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER));
        throw new CudaFailure(code, "cuLinkComplete", CUresult.stringFor(code) + ": " + log);
      }
      byte[] content = new byte[Math.toIntExact(bytes[0])];
      image.getByteBuffer(0, bytes[0]).get(content);
      return content;
    } finally {
      check(JCudaDriver.cuLinkDestroy(link), "cuLinkDestroy");
    }
  }

  @Override
  public long load(byte[] image) {
    CUmodule module = new CUmodule();
    check(JCudaDriver.cuModuleLoadData(module, image), "cuModuleLoadData");
    return handle(module);
  }

  @Override
  public void unload(long module) {
    check(JCudaDriver.cuModuleUnload(object(CUmodule.class, module)), "cuModuleUnload");
    handles.remove(module);
  }

  @Override
  public long kernel(long module, String name) {
    CUfunction function = new CUfunction();
    CUmodule from = object(CUmodule.class, module);
    check(JCudaDriver.cuModuleGetFunction(function, from, name), "cuModuleGetFunction");
    return handle(function);
  }

  @Override
  public KernelFacts facts(long kernel) {
    CUfunction function = object(CUfunction.class, kernel);
    return new KernelFacts(
        attribute(function, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK),
        attribute(function, CU_FUNC_ATTRIBUTE_NUM_REGS),
        attribute(function, CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES),
        attribute(function, CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES));
  }

  private static int attribute(CUfunction function, int attribute) {
    int[] value = new int[1];
    check(JCudaDriver.cuFuncGetAttribute(value, attribute, function), "cuFuncGetAttribute");
    return value[0];
  }

  @Override
  public void allowDynamicShared(long kernel, int bytes) {
    check(
        JCudaDriver.cuFuncSetAttribute(
            object(CUfunction.class, kernel),
            CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
            bytes),
        "cuFuncSetAttribute");
  }

  @Override
  public int residentGroups(long kernel, int groupSize, int dynamicShared) {
    int[] groups = new int[1];
    check(
        JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
            groups, object(CUfunction.class, kernel), groupSize, dynamicShared),
        "cuOccupancyMaxActiveBlocksPerMultiprocessor");
    return groups[0];
  }

  @Override
  public long allocate(long bytes) {
    Address address = new Address();
    check(JCudaDriver.cuMemAlloc(address, bytes), "cuMemAlloc of " + bytes + " bytes");
    return address.value();
  }

  @Override
  public void free(long address) {
    check(JCudaDriver.cuMemFree(new Address(address)), "cuMemFree");
  }

  @Override
  public HostMemory allocateHost(long bytes) {
    Pointer pointer = new Pointer();
    int flags = JCudaDriver.CU_MEMHOSTALLOC_DEVICEMAP;
    check(
        JCudaDriver.cuMemHostAlloc(pointer, bytes, flags), "cuMemHostAlloc of " + bytes + " bytes");
    Address address = new Address();
    check(JCudaDriver.cuMemHostGetDevicePointer(address, pointer, 0), "cuMemHostGetDevicePointer");
    ByteBuffer content = pointer.getByteBuffer(0, bytes);
    hostMemory.put(address.value(), pointer);
    return new HostMemory(MemorySegment.ofBuffer(content), address.value());
  }

  @Override
  public void freeHost(HostMemory memory) {
    Pointer pointer = hostMemory.remove(memory.address());
    if (pointer == null) {
      throw new CudaFailure(CudaFailure.INVALID_VALUE, "cuMemFreeHost", "freed before");
    }
    check(JCudaDriver.cuMemFreeHost(pointer), "cuMemFreeHost");
  }

  @Override
  public long createStream() {
    CUstream stream = new CUstream();
    int nonBlocking = jcuda.driver.CUstream_flags.CU_STREAM_NON_BLOCKING;
    check(JCudaDriver.cuStreamCreate(stream, nonBlocking), "cuStreamCreate");
    return handle(stream);
  }

  private CUstream stream(long stream) {
    return object(CUstream.class, stream);
  }

  @Override
  public void destroyStream(long stream) {
    check(JCudaDriver.cuStreamDestroy(stream(stream)), "cuStreamDestroy");
    handles.remove(stream);
  }

  @Override
  public long createEvent() {
    CUevent event = new CUevent();
    check(JCudaDriver.cuEventCreate(event, 0), "cuEventCreate");
    return handle(event);
  }

  private CUevent event(long event) {
    return object(CUevent.class, event);
  }

  @Override
  public void destroyEvent(long event) {
    check(JCudaDriver.cuEventDestroy(event(event)), "cuEventDestroy");
    handles.remove(event);
  }

  @Override
  public void record(long event, long stream) {
    check(JCudaDriver.cuEventRecord(event(event), stream(stream)), "cuEventRecord");
  }

  @Override
  public void waitFor(long stream, long event) {
    check(JCudaDriver.cuStreamWaitEvent(stream(stream), event(event), 0), "cuStreamWaitEvent");
  }

  @Override
  public boolean done(long event) {
    int code = JCudaDriver.cuEventQuery(event(event));
    if (code == CUresult.CUDA_ERROR_NOT_READY) {
      return false;
    }
    check(code, "cuEventQuery");
    return true;
  }

  @Override
  public void await(long event) {
    check(JCudaDriver.cuEventSynchronize(event(event)), "cuEventSynchronize");
  }

  @Override
  public long elapsedNanos(long from, long to) {
    float[] milliseconds = new float[1];
    check(
        JCudaDriver.cuEventElapsedTime(milliseconds, event(from), event(to)), "cuEventElapsedTime");
    return (long) (milliseconds[0] * 1e6);
  }

  private static Pointer pointer(MemorySegment memory) {
    return Pointer.to(memory.asByteBuffer());
  }

  @Override
  public void copyIn(MemorySegment from, long to, long stream) {
    check(
        JCudaDriver.cuMemcpyHtoDAsync(
            new Address(to), pointer(from), from.byteSize(), stream(stream)),
        "cuMemcpyHtoDAsync of " + from.byteSize() + " bytes");
  }

  @Override
  public void copyOut(long from, MemorySegment to, long stream) {
    check(
        JCudaDriver.cuMemcpyDtoHAsync(
            pointer(to), new Address(from), to.byteSize(), stream(stream)),
        "cuMemcpyDtoHAsync of " + to.byteSize() + " bytes");
  }

  @Override
  public void fill(long to, int word, long words, long stream) {
    check(
        JCudaDriver.cuMemsetD32Async(new Address(to), word, words, stream(stream)),
        "cuMemsetD32Async of " + words + " words");
  }

  @Override
  public void launch(
      long kernel,
      int[] groups,
      int[] groupSize,
      int dynamicShared,
      long stream,
      long[] parameters) {
    NativePointerObject[] slots = new NativePointerObject[parameters.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = Pointer.to(new long[] {parameters[i]});
    }
    check(
        JCudaDriver.cuLaunchKernel(
            object(CUfunction.class, kernel),
            groups[0],
            groups[1],
            groups[2],
            groupSize[0],
            groupSize[1],
            groupSize[2],
            dynamicShared,
            stream(stream),
            Pointer.to(slots),
            null),
        "cuLaunchKernel");
  }
}
