package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.CommandQueue;
import dev.heddle.runtime.support.GroupShape;
import dev.heddle.runtime.support.SubLaunch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/**
 * A device of an OpenCL driver. Kernels, copies in and copies out have a queue each, tied together
 * by the events that each action follows, so that those of successive chunks overlap.
 */
final class OpenClDevice implements Device {
  private static final long MOST_VISIBLE = 1 << 30;

  /** A buffer or argument has at least this size, since OpenCL knows no empty ones. */
  private static final long LEAST_BYTES = 16;

  private final OpenClDriver driver;
  private final DeviceFacts facts;
  private final BinaryCache binaries;
  private final cl_context context;
  private final cl_command_queue kernels;
  private final cl_command_queue copiesIn;
  private final cl_command_queue copiesOut;
  private final cl_command_queue aside;
  private final cl_mem nothing;
  private final Deque<StatusBuffer> freeStatus = new ArrayDeque<>();
  private final CommandQueue queue;
  private volatile DeviceInfo info;

  OpenClDevice(DeviceFacts facts, BinaryCache binaries) {
    this.facts = facts;
    this.binaries = binaries;
    info = facts.info();
    driver = new OpenClDriver(info.id() + " (" + info.name() + ")");
    context = driver.context(facts.platform(), facts.device());
    kernels = driver.queue(context, facts.device());
    copiesIn = driver.queue(context, facts.device());
    copiesOut = driver.queue(context, facts.device());
    aside = driver.queue(context, facts.device());
    nothing = driver.buffer(context, LEAST_BYTES);
    queue = new CommandQueue(info.id(), OpenClProvider.NAME);
  }

  /** The same device once more, taken for one that sees the host's writes when a kernel is done. */
  OpenClDevice withoutSharedStatus() {
    return new OpenClDevice(facts.withoutSharedStatus(), binaries);
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  /** Notes what the probe found; empty if the device's arithmetic follows the rules. */
  void reproducible(String reason) {
    info = facts.info(reason);
  }

  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    Optional<String> missing = Requirements.missing(kernel, facts.dialect());
    if (missing.isPresent()) {
      throw new DeviceException(
          Kind.COMPILE,
          "%s has no %s, in kernel %s".formatted(info.id(), missing.get(), kernel.name()));
    }
    PrintedKernel printed = KernelPrinter.print(kernel, options, facts.dialect());
    if (printed.mayPart()) {
      throw new DeviceException(
          Kind.COMPILE,
          "kernel %s waits at barriers under conditions that are not proven equal for a work-group;"
                  .formatted(kernel.name())
              + " OpenCL leaves open what happens where they differ, and drivers crash or hang");
    }
    synchronized (queue) {
      queue.checkUsable();
      cl_program program = build(printed.source(), buildOptions(options, printed));
      cl_kernel built = driver.kernel(program, PrintedKernel.NAME);
      long maxGroup = driver.maxGroup(built, facts.device());
      return new OpenClExecutable(this, driver, kernel, printed, program, built, maxGroup);
    }
  }

  private String buildOptions(CompileOptions options, PrintedKernel printed) {
    String text = "-cl-std=CL1.2 -w";
    if (printed.barriers() && facts.miscompilesBarriers()) {
      text += " -cl-opt-disable";
    }
    if (facts.dialect().exactDivision()) {
      text += " -cl-fp32-correctly-rounded-divide-sqrt";
    }
    return options.math() == MathMode.FAST ? text + " -cl-mad-enable" : text;
  }

  private cl_program build(String source, String options) {
    String key = BinaryCache.key(facts.identity(), options, source);
    Optional<cl_program> kept = binaries.get(key).flatMap(binary -> revive(binary, options));
    if (kept.isPresent()) {
      return kept.get();
    }
    cl_program program = driver.program(context, source);
    driver.build(program, facts.device(), options);
    binaries.put(key, driver.binary(program));
    return program;
  }

  /** A program from its kept binary, unless the driver does not take it any more. */
  private Optional<cl_program> revive(byte[] binary, String options) {
    try {
      cl_program program = driver.program(context, facts.device(), binary);
      driver.build(program, facts.device(), options);
      return Optional.of(program);
    } catch (DeviceException refused) {
      return Optional.empty();
    }
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    synchronized (queue) {
      queue.checkUsable();
      checkSize(bytes);
      return zeroed(bytes);
    }
  }

  private DeviceBuffer zeroed(long bytes) {
    long size = Math.max(LEAST_BYTES, Math.ceilDiv(bytes, 4) * 4);
    cl_mem memory = driver.buffer(context, size);
    cl_event zeroed = driver.fill(kernels, memory, 0, 0, size);
    driver.await(List.of(zeroed));
    int status = driver.status(zeroed);
    driver.release(zeroed);
    if (status < 0) {
      driver.release(memory);
      throw driver.failure(status, "clEnqueueFillBuffer of " + bytes + " bytes");
    }
    return new OpenClBuffer(this, driver, memory, bytes, null);
  }

  private void checkSize(long bytes) {
    if (bytes > info.maxAllocationBytes()) {
      throw new DeviceException(
          Kind.OUT_OF_MEMORY,
          "a buffer of %,d bytes is more than %s allows, %,d bytes"
              .formatted(bytes, info.id(), info.maxAllocationBytes()));
    }
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    if (!info.sharesHostMemory() || !host.isNative()) {
      throw new UnsupportedOperationException(
          info.id() + " does not share memory with the host, or the memory is on the heap");
    }
    synchronized (queue) {
      queue.checkUsable();
      checkSize(host.byteSize());
      cl_mem memory =
          host.byteSize() == 0
              ? driver.buffer(context, LEAST_BYTES)
              : driver.buffer(context, host.byteSize(), pointer(host));
      return new OpenClBuffer(this, driver, memory, host.byteSize(), host);
    }
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    OpenClBuffer target = mine(to);
    MemorySegment source = from.isNative() ? from : copyOfHeap(from);
    checkRange(target, offset, from.byteSize());
    return queue.submit(
        after,
        waits -> {
          if (source.byteSize() == 0) {
            return OpenClCommand.nothing(driver);
          }
          long issued = System.nanoTime();
          cl_event done =
              driver.write(
                  copiesIn,
                  target.memory(),
                  offset,
                  source.byteSize(),
                  pointer(source),
                  OpenClCommand.events(waits));
          driver.flush(copiesIn);
          return OpenClCommand.of(driver, List.of(done), issued, List.of(target, source));
        });
  }

  private static MemorySegment copyOfHeap(MemorySegment heap) {
    return Arena.ofAuto()
        .allocate(Math.max(1, heap.byteSize()), Long.BYTES)
        .asSlice(0, heap.byteSize())
        .copyFrom(heap);
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    OpenClBuffer source = mine(from);
    if (!to.isNative()) {
      throw new UnsupportedOperationException("copies go to memory outside the Java heap");
    }
    checkRange(source, offset, to.byteSize());
    return queue.submit(
        after,
        waits -> {
          if (to.byteSize() == 0) {
            return OpenClCommand.nothing(driver);
          }
          long issued = System.nanoTime();
          cl_event done =
              driver.read(
                  copiesOut,
                  source.memory(),
                  offset,
                  to.byteSize(),
                  pointer(to),
                  OpenClCommand.events(waits));
          driver.flush(copiesOut);
          return OpenClCommand.of(driver, List.of(done), issued, List.of(source, to));
        });
  }

  private static void checkRange(OpenClBuffer buffer, long offset, long bytes) {
    if (offset < 0 || bytes > buffer.bytes() - offset) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d of a buffer of %d".formatted(bytes, offset, buffer.bytes()));
    }
  }

  private static Pointer pointer(MemorySegment segment) {
    return Pointer.to(start(segment));
  }

  /**
   * A buffer that begins where the segment does, and may end before it: the driver takes the
   * address alone, and a buffer of Java's cannot be as long as a segment.
   */
  static ByteBuffer start(MemorySegment segment) {
    return segment.asSlice(0, Math.min(segment.byteSize(), MOST_VISIBLE)).asByteBuffer();
  }

  private OpenClBuffer mine(DeviceBuffer buffer) {
    if (buffer instanceof OpenClBuffer own && own.device() == this) {
      return own;
    }
    throw new IllegalArgumentException("a buffer of another device than " + info.id());
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    if (!(executable instanceof OpenClExecutable own) || own.device() != this) {
      throw new IllegalArgumentException("an executable of another device than " + info.id());
    }
    return queue.submit(after, waits -> run(own, launch, OpenClCommand.events(waits)));
  }

  private OpenClCommand run(OpenClExecutable executable, Launch launch, List<cl_event> waits) {
    if (SubLaunch.isEmpty(launch)) {
      return OpenClCommand.nothing(driver);
    }
    List<SubLaunch> parts = parts(executable, launch);
    Arguments arguments = new Arguments(driver, executable, launch, nothing);
    Optional<StatusBuffer> status =
        executable.printed().usesStatus() ? Optional.of(takeStatus()) : Optional.empty();
    List<OpenClBuffer> buffers = buffers(launch);
    List<OpenClBuffer> shared = facts.mapsShared() ? wrapping(buffers) : List.of();
    shared.forEach(buffer -> buffer.toDevice(kernels));
    List<cl_event> events = new ArrayList<>();
    long issued = System.nanoTime();
    try {
      for (SubLaunch part : parts) {
        arguments.set(part, status);
        events.add(
            driver.run(
                kernels,
                executable.kernel(),
                part.dimensions(),
                part.global(),
                part.local(),
                waits));
      }
      shared.forEach(buffer -> buffer.toHost(kernels).ifPresent(events::add));
      driver.flush(kernels);
    } catch (DeviceException e) {
      withdraw(events, status);
      throw e;
    }
    List<Object> uses = new ArrayList<>(buffers);
    uses.add(executable);
    return new OpenClCommand(driver, events, issued, status, freeStatus::push, uses);
  }

  /** Ends the first parts of a launch whose later parts the driver refused. */
  private void withdraw(List<cl_event> events, Optional<StatusBuffer> status) {
    if (!events.isEmpty()) {
      status.ifPresent(StatusBuffer::cancel);
      driver.await(events);
      events.forEach(driver::release);
    }
    status.ifPresent(freeStatus::push);
  }

  private List<SubLaunch> parts(OpenClExecutable executable, Launch launch) {
    if (!executable.printed().groupsVisible()) {
      long[] local = GroupShape.choose(launch, info.computeUnits(), executable.maxGroup());
      return List.of(SubLaunch.ofItems(launch, local));
    }
    long[] local = launch.range().local();
    long items = local[0] * local[1] * local[2];
    if (items > executable.maxGroup()) {
      throw new DeviceException(
          Kind.LAUNCH,
          "a work-group of %,d work-items is more than %s takes of kernel %s, %,d"
              .formatted(items, info.id(), executable.function().name(), executable.maxGroup()));
    }
    return SubLaunch.ofGroups(launch);
  }

  private List<OpenClBuffer> buffers(Launch launch) {
    List<OpenClBuffer> buffers = new ArrayList<>();
    for (Launch.Argument argument : launch.arguments()) {
      if (argument instanceof Launch.Buffer buffer) {
        buffers.add(mine(buffer.memory()));
      }
    }
    return buffers;
  }

  private static List<OpenClBuffer> wrapping(List<OpenClBuffer> buffers) {
    return buffers.stream().filter(OpenClBuffer::wraps).distinct().toList();
  }

  private StatusBuffer takeStatus() {
    StatusBuffer status = freeStatus.poll();
    if (status == null) {
      status =
          facts.sharesStatus()
              ? StatusBuffer.Shared.create(driver, context)
              : StatusBuffer.Distant.create(driver, context, aside);
    }
    status.reset(kernels);
    return status;
  }

  /** Frees something, unless the device is lost or closed. */
  void release(Runnable release) {
    queue.release(release);
  }

  /** Cancels what runs, waits for its end, and frees everything. */
  @Override
  public void close() {
    queue.close(
        () -> {
          freeStatus.forEach(status -> driver.release(status.memory()));
          driver.release(nothing);
          List.of(kernels, copiesIn, copiesOut, aside).forEach(driver::release);
          driver.release(context);
        });
  }
}
