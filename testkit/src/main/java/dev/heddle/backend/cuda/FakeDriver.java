package dev.heddle.backend.cuda;

import dev.heddle.backend.cuda.FakeStream.Engine;
import dev.heddle.backend.cuda.FakeStream.Operation;
import dev.heddle.testkit.ptx.DeviceMemory;
import dev.heddle.testkit.ptx.PtxException;
import dev.heddle.testkit.ptx.PtxFault;
import dev.heddle.testkit.ptx.PtxKernel;
import dev.heddle.testkit.ptx.PtxLaunch;
import dev.heddle.testkit.ptx.PtxModule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose devices are PTX interpreters: contexts, streams, events, memory and failures as
 * the CUDA driver's documentation has them. What the driver leaves undefined, or a kernel that the
 * ISA leaves undefined, is noted in {@link #violations}.
 */
final class FakeDriver implements CudaDriver {
  static final int INVALID_CONTEXT = 201;
  static final int CONTEXT_DESTROYED = 709;
  static final int MISALIGNED_ADDRESS = 716;
  private static final int MOST_STATIC_SHARED = 48 << 10;
  private static final long MOST_INSTRUCTIONS = 300_000_000;
  private static final byte[] MAGIC = "FAKE".getBytes(StandardCharsets.US_ASCII);

  private final List<FakeGpu> gpus;
  private final long seed;
  private final AtomicLong handles = new AtomicLong(1000);
  private final Map<Long, FakeContext> contexts = new ConcurrentHashMap<>();
  private final Map<Long, Owned> owned = new ConcurrentHashMap<>();
  private final TreeMap<Long, Host> hosts = new TreeMap<>();
  private final ThreadLocal<@Nullable FakeContext> current = new ThreadLocal<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final AtomicLong compilations = new AtomicLong();

  /** What a handle stands for, and whose it is. */
  private record Owned(FakeContext context, Object thing) {}

  private record Host(Arena arena, HostMemory memory, FakeContext context) {}

  /** An event: the mark that it was last recorded as. */
  private static final class FakeEvent {
    volatile @Nullable Operation mark;
  }

  private static final class FakeKernel {
    final PtxKernel kernel;
    volatile int allowedDynamic;

    FakeKernel(PtxKernel kernel) {
      this.kernel = kernel;
    }
  }

  /**
   * @param seed for the order in which streams get their turns
   */
  FakeDriver(long seed, FakeGpu... gpus) {
    this.seed = seed;
    this.gpus = List.of(gpus);
  }

  /** What was done that the driver or the ISA does not define. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** How often PTX was compiled. */
  long compilations() {
    return compilations.get();
  }

  /** Contexts, streams, events, modules and host memory that were not given back. */
  List<String> live() {
    List<String> live = new ArrayList<>();
    contexts.values().stream()
        .filter(context -> context.failure() != CONTEXT_DESTROYED)
        .forEach(_ -> live.add("a context"));
    return live;
  }

  // ---- contexts

  @Override
  public int version() {
    return 12060;
  }

  @Override
  public int devices() {
    return gpus.size();
  }

  @Override
  public DeviceFacts facts(int device) {
    return gpus.get(device).facts(device);
  }

  @Override
  public long createContext(int device) {
    FakeContext context = new FakeContext(gpus.get(device), seed + device);
    long handle = handles.incrementAndGet();
    contexts.put(handle, context);
    return handle;
  }

  @Override
  public void use(long context) {
    FakeContext found = contexts.get(context);
    if (found == null || found.failure() == CONTEXT_DESTROYED) {
      throw new CudaFailure(INVALID_CONTEXT, "cuCtxSetCurrent", "CUDA_ERROR_INVALID_CONTEXT");
    }
    current.set(found);
  }

  @Override
  public void destroyContext(long context) {
    FakeContext found = contexts.get(context);
    if (found == null || found.failure() == CONTEXT_DESTROYED) {
      throw new CudaFailure(INVALID_CONTEXT, "cuCtxDestroy", "CUDA_ERROR_INVALID_CONTEXT");
    }
    found.fail(CONTEXT_DESTROYED);
    synchronized (hosts) {
      Collection<Host> all = hosts.values();
      all.removeIf(host -> host.context() == found);
    }
  }

  private FakeContext context(String call) {
    FakeContext context = current.get();
    if (context == null) {
      throw new CudaFailure(INVALID_CONTEXT, call, "CUDA_ERROR_INVALID_CONTEXT");
    }
    int failure = context.failure();
    if (failure != 0) {
      throw new CudaFailure(failure, call, "CUDA error " + failure);
    }
    return context;
  }

  private long own(FakeContext context, Object thing) {
    long handle = handles.incrementAndGet();
    owned.put(handle, new Owned(context, thing));
    return handle;
  }

  private <T> T get(String call, long handle, Class<T> kind) {
    FakeContext context = context(call);
    Owned found = owned.get(handle);
    if (found == null || found.context() != context || !kind.isInstance(found.thing())) {
      violations.add(call + " with a handle that is none of this context");
      throw invalid(call, "handle " + handle);
    }
    return kind.cast(found.thing());
  }

  private static CudaFailure invalid(String call, String what) {
    return new CudaFailure(
        CudaFailure.INVALID_VALUE, call, "CUDA_ERROR_INVALID_VALUE (" + what + ")");
  }

  // ---- code

  @Override
  public byte[] compile(String ptx) {
    context("cuLinkAddData");
    compilations.incrementAndGet();
    try {
      PtxModule.load(ptx, new DeviceMemory());
    } catch (PtxException wrong) {
      throw new CudaFailure(
          CudaFailure.INVALID_PTX, "cuLinkAddData", String.valueOf(wrong.getMessage()));
    }
    byte[] text = ptx.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(MAGIC.length + text.length).put(MAGIC).put(text).array();
  }

  @Override
  public long load(byte[] image) {
    FakeContext context = context("cuModuleLoadData");
    String text = new String(image, StandardCharsets.UTF_8);
    if (!text.startsWith("FAKE")) {
      throw new CudaFailure(200, "cuModuleLoadData", "CUDA_ERROR_INVALID_IMAGE");
    }
    return own(context, PtxModule.load(text.substring(MAGIC.length), context.memory()));
  }

  @Override
  public void unload(long module) {
    PtxModule loaded = get("cuModuleUnload", module, PtxModule.class);
    FakeContext context = context("cuModuleUnload");
    if (!context.idle()) {
      violations.add("cuModuleUnload of " + loaded.kernels() + " while work is under way");
    }
    owned.remove(module);
  }

  @Override
  public long kernel(long module, String name) {
    PtxModule loaded = get("cuModuleGetFunction", module, PtxModule.class);
    return own(context("cuModuleGetFunction"), new FakeKernel(loaded.kernel(name)));
  }

  private PtxKernel kernel(long kernel) {
    return get("cuFuncGetAttribute", kernel, FakeKernel.class).kernel;
  }

  @Override
  public KernelFacts facts(long kernel) {
    PtxKernel found = kernel(kernel);
    return new KernelFacts(
        Math.min(found.mostThreads(), GROUP_LIMIT),
        Math.min(255, found.registers()),
        found.staticShared(),
        found.localBytes());
  }

  private static final int GROUP_LIMIT = FakeGpu.MOST_THREADS;

  @Override
  public void allowDynamicShared(long kernel, int bytes) {
    FakeKernel found = get("cuFuncSetAttribute", kernel, FakeKernel.class);
    if (bytes + found.kernel.staticShared() > FakeGpu.SHARED_BYTES) {
      throw invalid("cuFuncSetAttribute", bytes + " bytes of shared memory");
    }
    found.allowedDynamic = bytes;
  }

  @Override
  public int residentGroups(long kernel, int groupSize, int dynamicShared) {
    int shared = kernel(kernel).staticShared() + dynamicShared;
    int byShared = shared == 0 ? Integer.MAX_VALUE : FakeGpu.SHARED_BYTES / shared;
    return Math.min(byShared, 2 * GROUP_LIMIT / groupSize);
  }

  // ---- memory

  @Override
  public long freeMemory() {
    FakeContext context = context("cuMemGetInfo");
    return context.gpu().memoryBytes() - context.memory().used();
  }

  @Override
  public long allocate(long bytes) {
    FakeContext context = context("cuMemAlloc");
    if (bytes <= 0) {
      throw invalid("cuMemAlloc", bytes + " bytes");
    }
    boolean fits = bytes <= context.gpu().memoryBytes() - context.memory().used();
    if (!fits || context.gpu().refuses()) {
      throw new CudaFailure(CudaFailure.OUT_OF_MEMORY, "cuMemAlloc", "CUDA_ERROR_OUT_OF_MEMORY");
    }
    return context.memory().allocate(bytes);
  }

  @Override
  public void free(long address) {
    FakeContext context = context("cuMemFree");
    try {
      context.memory().free(address);
    } catch (IllegalArgumentException nothing) {
      violations.add("cuMemFree of what is not allocated");
      throw invalid("cuMemFree", Long.toHexString(address));
    }
  }

  @Override
  public HostMemory allocateHost(long bytes) {
    FakeContext context = context("cuMemHostAlloc");
    Arena arena = Arena.ofShared();
    MemorySegment content = arena.allocate(bytes, 4096);
    HostMemory memory = new HostMemory(content, context.memory().map(content));
    synchronized (hosts) {
      hosts.put(content.address(), new Host(arena, memory, context));
    }
    return memory;
  }

  @Override
  public void freeHost(HostMemory memory) {
    context("cuMemFreeHost");
    Host host;
    synchronized (hosts) {
      host = hosts.remove(memory.content().address());
    }
    if (host == null) {
      violations.add("cuMemFreeHost of what is not allocated");
      throw invalid("cuMemFreeHost", memory.toString());
    }
    host.context().memory().unmap(memory.address());
    host.arena().close();
  }

  // ---- streams and events

  @Override
  public long createStream() {
    FakeContext context = context("cuStreamCreate");
    return own(context, context.createStream());
  }

  @Override
  public void destroyStream(long stream) {
    FakeStream found = get("cuStreamDestroy", stream, FakeStream.class);
    if (!found.isEmpty()) {
      violations.add("cuStreamDestroy while work is under way");
    }
    context("cuStreamDestroy").destroyStream(found);
    owned.remove(stream);
  }

  @Override
  public long createEvent() {
    return own(context("cuEventCreate"), new FakeEvent());
  }

  @Override
  public void destroyEvent(long event) {
    get("cuEventDestroy", event, FakeEvent.class);
    owned.remove(event);
  }

  @Override
  public void record(long event, long stream) {
    FakeEvent found = get("cuEventRecord", event, FakeEvent.class);
    Operation mark = Operation.mark();
    found.mark = mark;
    issue("cuEventRecord", stream, mark);
  }

  @Override
  public void waitFor(long stream, long event) {
    Operation mark = get("cuStreamWaitEvent", event, FakeEvent.class).mark;
    if (mark != null) {
      issue("cuStreamWaitEvent", stream, Operation.waitFor(mark));
    }
  }

  @Override
  public boolean done(long event) {
    Operation mark = get("cuEventQuery", event, FakeEvent.class).mark;
    boolean done = mark == null || context("cuEventQuery").poll(mark);
    context("cuEventQuery");
    return done;
  }

  @Override
  public void await(long event) {
    Operation mark = get("cuEventSynchronize", event, FakeEvent.class).mark;
    if (mark != null) {
      context("cuEventSynchronize").await(mark);
    }
    context("cuEventSynchronize");
  }

  @Override
  public long elapsedNanos(long from, long to) {
    return time(to) - time(from);
  }

  private long time(long event) {
    Operation mark = get("cuEventElapsedTime", event, FakeEvent.class).mark;
    if (mark == null || !mark.done) {
      throw new CudaFailure(600, "cuEventElapsedTime", "CUDA_ERROR_NOT_READY");
    }
    return mark.time;
  }

  private void issue(String call, long stream, Operation operation) {
    FakeStream found = get(call, stream, FakeStream.class);
    context(call).issue(found, operation);
  }

  // ---- work

  /** Nanoseconds at 12 GB/s, after a start. */
  private static long copyTime(long bytes) {
    return 8_000 + bytes / 12;
  }

  @Override
  public void copyIn(MemorySegment from, long to, long stream) {
    DeviceMemory memory = checkCopy("cuMemcpyHtoDAsync", from, to);
    issue(
        "cuMemcpyHtoDAsync",
        stream,
        Operation.work(
            Engine.COPY_IN,
            () -> {
              memory.write(to, from);
              return copyTime(from.byteSize());
            }));
  }

  @Override
  public void copyOut(long from, MemorySegment to, long stream) {
    DeviceMemory memory = checkCopy("cuMemcpyDtoHAsync", to, from);
    issue(
        "cuMemcpyDtoHAsync",
        stream,
        Operation.work(
            Engine.COPY_OUT,
            () -> {
              memory.read(from, to);
              return copyTime(to.byteSize());
            }));
  }

  private DeviceMemory checkCopy(String call, MemorySegment host, long device) {
    DeviceMemory memory = context(call).memory();
    if (!isPinned(host)) {
      violations.add(call + " with host memory that the driver does not know");
    }
    if (host.byteSize() == 0 || !memory.holds(device, host.byteSize())) {
      violations.add(call + " of " + host.byteSize() + " bytes out of range");
      throw invalid(call, host.byteSize() + " bytes");
    }
    return memory;
  }

  private boolean isPinned(MemorySegment segment) {
    synchronized (hosts) {
      Map.Entry<Long, Host> below = hosts.floorEntry(segment.address());
      if (!segment.isNative() || below == null) {
        return false;
      }
      MemorySegment content = below.getValue().memory().content();
      return segment.address() + segment.byteSize() <= content.address() + content.byteSize();
    }
  }

  @Override
  public void fill(long to, int word, long words, long stream) {
    DeviceMemory memory = context("cuMemsetD32Async").memory();
    if (to % 4 != 0 || words <= 0 || !memory.holds(to, 4 * words)) {
      violations.add("cuMemsetD32Async of " + words + " words out of range");
      throw invalid("cuMemsetD32Async", words + " words");
    }
    byte[] bytes = new byte[(int) (4 * words)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      buffer.putInt(word);
    }
    issue(
        "cuMemsetD32Async",
        stream,
        Operation.work(
            Engine.COMPUTE,
            () -> {
              memory.write(to, bytes);
              return copyTime(bytes.length / 10);
            }));
  }

  @Override
  public void launch(
      long kernel,
      int[] groups,
      int[] groupSize,
      int dynamicShared,
      long stream,
      long[] parameters) {
    FakeContext context = context("cuLaunchKernel");
    FakeKernel found = get("cuLaunchKernel", kernel, FakeKernel.class);
    int shared = found.kernel.staticShared() + dynamicShared;
    if (dynamicShared > found.allowedDynamic && shared > MOST_STATIC_SHARED) {
      throw invalid("cuLaunchKernel", shared + " bytes of shared memory");
    }
    ByteBuffer bytes = ByteBuffer.allocate(8 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long parameter : parameters) {
      bytes.putLong(parameter);
    }
    PtxLaunch launch =
        PtxLaunch.of(size(groups, 65535), size(groupSize, 64), bytes.array())
            .withDynamicShared(dynamicShared)
            .withInstructions(MOST_INSTRUCTIONS)
            .withOrder(handles.incrementAndGet());
    if (groupSize[0] * groupSize[1] * groupSize[2] > GROUP_LIMIT) {
      throw invalid("cuLaunchKernel", "groups of " + launch.block());
    }
    FakeGpu.Fault fault = context.gpu().nextLaunch();
    if (fault == FakeGpu.Fault.OUT_OF_RESOURCES) {
      throw new CudaFailure(
          CudaFailure.LAUNCH_OUT_OF_RESOURCES,
          "cuLaunchKernel",
          "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES");
    }
    issue(
        "cuLaunchKernel",
        stream,
        Operation.work(Engine.COMPUTE, () -> run(context, found.kernel, launch, fault)));
  }

  private static PtxLaunch.Size size(int[] counts, int mostDeep) {
    if (counts[2] > mostDeep || counts[1] > 65535 || counts[0] < 1) {
      throw invalid("cuLaunchKernel", "sizes");
    }
    return new PtxLaunch.Size(counts[0], counts[1], counts[2]);
  }

  private long run(
      FakeContext context, PtxKernel kernel, PtxLaunch launch, FakeGpu.@Nullable Fault fault) {
    if (fault == FakeGpu.Fault.HANG) {
      throw new FakeContext.Hang();
    }
    if (fault != null) {
      context.fail(
          fault == FakeGpu.Fault.ILLEGAL_ADDRESS
              ? CudaFailure.ILLEGAL_ADDRESS
              : CudaFailure.LAUNCH_FAILED);
      return 0;
    }
    try {
      return 4_000 + kernel.launch(launch) / 50;
    } catch (PtxFault stopped) {
      return stop(context, stopped);
    } catch (IllegalArgumentException unfit) {
      violations.add(unfit.getMessage());
      context.fail(CudaFailure.LAUNCH_FAILED);
      return 0;
    }
  }

  private long stop(FakeContext context, PtxFault stopped) {
    switch (stopped.kind()) {
      case ILLEGAL_ADDRESS -> context.fail(CudaFailure.ILLEGAL_ADDRESS);
      case MISALIGNED_ADDRESS -> context.fail(MISALIGNED_ADDRESS);
      case TRAP -> context.fail(CudaFailure.LAUNCH_FAILED);
      case HANG -> throw new FakeContext.Hang();
      case UNDEFINED -> {
        violations.add(stopped.getMessage());
        context.fail(CudaFailure.LAUNCH_FAILED);
      }
    }
    if (stopped.kind() != PtxFault.Kind.TRAP) {
      violations.add(stopped.getMessage());
    }
    return 0;
  }
}
