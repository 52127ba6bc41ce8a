package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.Command;
import dev.heddle.runtime.support.CommandQueue;
import dev.heddle.runtime.support.GroupShape;
import dev.heddle.runtime.support.SubLaunch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * An NVIDIA processor. Kernels, copies in and copies out have a stream each, tied together by the
 * events that each action follows, so that those of successive chunks overlap.
 */
final class CudaDevice implements Device {
  private static final long LEAST_BYTES = 16;

  /** So much dynamic shared memory needs no asking. */
  private static final long FREE_DYNAMIC_SHARED = 48 << 10;

  private final CudaDeviceFacts facts;
  private final BinaryCache binaries;
  private final CudaContext context;
  private final CommandQueue queue;
  private final EventPool events;
  private final CudaClock clock;
  private final long kernels;
  private final long aside;
  private final long fills;
  private final Staging in;
  private final Staging out;
  private final Deque<CudaStatus> freeStatus = new ArrayDeque<>();
  private final long freeBytes;
  private volatile DeviceInfo info;

  CudaDevice(CudaDriver driver, CudaDeviceFacts facts, BinaryCache binaries) {
    this.facts = facts;
    this.binaries = binaries;
    String name = "%s (%s)".formatted(facts.id(), facts.device().name());
    context = new CudaContext(driver, facts.number(), name);
    freeBytes = context.get(() -> context.driver().freeMemory());
    info = facts.info(freeBytes, "its arithmetic was not probed");
    queue = new CommandQueue(facts.id(), CudaProvider.NAME);
    events = new EventPool(context);
    kernels = context.get(() -> context.driver().createStream());
    aside = context.get(() -> context.driver().createStream());
    fills = context.get(() -> context.driver().createStream());
    clock = context.get(() -> new CudaClock(context, aside));
    in = context.get(() -> staging());
    out = context.get(() -> staging());
  }

  private Staging staging() {
    return new Staging(context, events, clock, context.driver().createStream());
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  CudaContext context() {
    return context;
  }

  /** Notes what the probe found; empty if the device's arithmetic follows the rules. */
  void reproducible(String reason) {
    info = facts.info(freeBytes, reason);
  }

  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    queue.checkUsable();
    return new CudaExecutable(this, kernel, options);
  }

  /** Compiles and loads a variant of a kernel. */
  LoadedKernel load(Function kernel, CompileOptions options, Variant variant) {
    PrintedPtx printed = KernelPrinter.print(kernel, options, facts.target(), variant);
    return watched(
        () -> {
          String key = BinaryCache.key(facts.identity(), printed.source());
          Optional<LoadedKernel> kept = binaries.get(key).flatMap(image -> revive(printed, image));
          return kept.isPresent() ? kept.get() : fresh(printed, key);
        });
  }

  private LoadedKernel fresh(PrintedPtx printed, String key) {
    byte[] image = context.driver().compile(printed.source());
    LoadedKernel loaded = loaded(printed, image);
    binaries.put(key, image);
    return loaded;
  }

  private LoadedKernel loaded(PrintedPtx printed, byte[] image) {
    synchronized (queue) {
      queue.checkUsable();
      return LoadedKernel.of(context.driver(), printed, image);
    }
  }

  /** A kernel from its kept image, unless the driver does not take it any more. */
  private Optional<LoadedKernel> revive(PrintedPtx printed, byte[] image) {
    try {
      return Optional.of(loaded(printed, image));
    } catch (CudaFailure refused) {
      if (refused.sticky()) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  private interface Work<T> {
    T get();
  }

  /** Does something with the driver; a failure that ends the context gives the device up. */
  private <T> T watched(Work<T> work) {
    try {
      return context.get(work::get);
    } catch (DeviceException e) {
      if (e.kind() == Kind.LOST) {
        queue.giveUp(e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    if (bytes > info.maxAllocationBytes()) {
      throw new DeviceException(
          Kind.OUT_OF_MEMORY,
          "a buffer of %,d bytes is more than %s allows, %,d bytes"
              .formatted(bytes, info.id(), info.maxAllocationBytes()));
    }
    synchronized (queue) {
      queue.checkUsable();
      return watched(() -> zeroed(bytes));
    }
  }

  private DeviceBuffer zeroed(long bytes) {
    CudaDriver driver = context.driver();
    long size = Math.ceilDiv(Math.max(LEAST_BYTES, bytes), Integer.BYTES) * Integer.BYTES;
    long address = driver.allocate(size);
    long done = events.take();
    driver.fill(address, 0, size / Integer.BYTES, fills);
    driver.record(done, fills);
    driver.await(done);
    events.give(done);
    return new CudaBuffer(this, address, bytes);
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    throw new UnsupportedOperationException(info.id() + " does not share memory with the host");
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    CudaBuffer target = mine(to);
    checkRange(target, offset, from.byteSize());
    return queue.run(
        after,
        (waits, event) ->
            from.byteSize() == 0
                ? DoneCommand.nothing()
                : context.get(
                    () -> in.copyIn(from, target.address() + offset, waits, event, target)));
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    CudaBuffer source = mine(from);
    checkRange(source, offset, to.byteSize());
    return queue.run(
        after,
        (waits, event) ->
            to.byteSize() == 0
                ? DoneCommand.nothing()
                : context.get(
                    () -> out.copyOut(source.address() + offset, to, waits, event, source)));
  }

  private static void checkRange(CudaBuffer buffer, long offset, long bytes) {
    if (offset < 0 || bytes > buffer.bytes() - offset) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d of a buffer of %d".formatted(bytes, offset, buffer.bytes()));
    }
  }

  private CudaBuffer mine(DeviceBuffer buffer) {
    if (buffer instanceof CudaBuffer own && own.device() == this) {
      return own;
    }
    throw new IllegalArgumentException("a buffer of another device than " + info.id());
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    if (!(executable instanceof CudaExecutable own) || own.device() != this) {
      throw new IllegalArgumentException("an executable of another device than " + info.id());
    }
    return queue.submit(after, waits -> context.get(() -> run(own, launch, waits)));
  }

  private Command run(CudaExecutable executable, Launch launch, List<Command> waits) {
    if (SubLaunch.isEmpty(launch)) {
      return DoneCommand.nothing();
    }
    List<Held> uses = uses(executable, launch);
    PrintedPtx printed = executable.first().printed();
    Arguments arguments = new Arguments(executable.function().parameters(), printed, launch);
    LoadedKernel loaded = fitting(executable, launch, arguments);
    List<SubLaunch> grids = Grids.cut(parts(loaded, launch));
    CudaDriver driver = context.driver();
    int dynamicShared = dynamicShared(driver, executable, loaded, arguments);
    Optional<CudaStatus> status =
        loaded.printed().usesStatus() ? Optional.of(takeStatus()) : Optional.empty();
    CudaCommand command =
        new CudaCommand(
            context,
            events,
            clock.now(),
            events.take(),
            events.take(),
            status,
            freeStatus::push,
            uses);
    try {
      CudaCommand.follow(driver, kernels, waits);
      driver.record(command.start(), kernels);
      for (SubLaunch grid : grids) {
        driver.launch(
            loaded.kernel(),
            Grids.groups(grid),
            Grids.groupSize(grid),
            dynamicShared,
            kernels,
            arguments.slots(grid, status));
      }
      driver.record(command.end(), kernels);
      return command;
    } catch (CudaFailure e) {
      withdraw(driver, command, e);
      throw e;
    }
  }

  /** Ends the first grids of a launch whose later ones the driver refused. */
  private void withdraw(CudaDriver driver, CudaCommand command, CudaFailure cause) {
    if (!cause.sticky()) {
      command.stop();
      driver.record(command.end(), kernels);
      driver.await(command.end());
      command.release();
    }
  }

  private List<Held> uses(CudaExecutable executable, Launch launch) {
    List<Held> uses = new ArrayList<>();
    uses.add(executable);
    for (Launch.Argument argument : launch.arguments()) {
      if (argument instanceof Launch.Buffer buffer) {
        uses.add(mine(buffer.memory()));
      }
    }
    return uses;
  }

  private LoadedKernel fitting(CudaExecutable executable, Launch launch, Arguments arguments) {
    if (!executable.first().printed().groupsVisible()) {
      return executable.fitting(arguments.apart(), 0);
    }
    long[] local = launch.range().local();
    long items = local[0] * local[1] * local[2];
    if (items > info.maxWorkGroupSize()) {
      throw new DeviceException(
          Kind.LAUNCH,
          "a work-group of %,d work-items is more than %s takes, %,d"
              .formatted(items, info.id(), info.maxWorkGroupSize()));
    }
    return executable.fitting(arguments.apart(), items);
  }

  private List<SubLaunch> parts(LoadedKernel loaded, Launch launch) {
    if (loaded.printed().groupsVisible()) {
      return SubLaunch.ofGroups(launch);
    }
    long[] local =
        GroupShape.choose(
            launch, info.computeUnits(), loaded.facts().maxGroupSize(), loaded.bestGroup());
    return List.of(SubLaunch.ofItems(launch, local));
  }

  private int dynamicShared(
      CudaDriver driver, CudaExecutable executable, LoadedKernel loaded, Arguments arguments) {
    long bytes = arguments.dynamicShared();
    long all = bytes + loaded.facts().sharedBytes();
    if (all > info.localMemoryBytes()) {
      throw new DeviceException(
          Kind.LAUNCH,
          "kernel %s needs %,d bytes of local memory, %s has %,d"
              .formatted(executable.function().name(), all, info.id(), info.localMemoryBytes()));
    }
    if (bytes > FREE_DYNAMIC_SHARED) {
      driver.allowDynamicShared(loaded.kernel(), (int) bytes);
    }
    return (int) bytes;
  }

  private CudaStatus takeStatus() {
    CudaStatus status = freeStatus.poll();
    if (status == null) {
      status = new CudaStatus(context, aside);
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
    queue.close(context::destroy);
  }
}
