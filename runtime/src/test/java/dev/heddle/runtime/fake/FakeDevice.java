package dev.heddle.runtime.fake;

import dev.heddle.compiler.interp.Bounds;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * A device that runs kernels in the reference interpreter. Its speed, memory and failures are as
 * asked for. Fresh memory of its own holds garbage, so that a byte that was not brought there
 * shows.
 */
public final class FakeDevice implements Device {
  private static final byte GARBAGE = (byte) 0xA5;

  /** How it is to behave. */
  public record Behaviour(
      boolean sharesHostMemory,
      long memoryBytes,
      double nanosPerItem,
      Optional<DeviceException.Kind> compileFailure,
      IntPredicate failingLaunches,
      DeviceException.Kind failure,
      boolean runsBeforeFailing,
      boolean hangs,
      IntPredicate lyingLaunches) {
    public static final Behaviour SHARING =
        new Behaviour(
            true,
            Long.MAX_VALUE,
            0,
            Optional.empty(),
            n -> false,
            DeviceException.Kind.LAUNCH,
            false,
            false,
            n -> false);

    public Behaviour withOwnMemory(long bytes) {
      return new Behaviour(
          false,
          bytes,
          nanosPerItem,
          compileFailure,
          failingLaunches,
          failure,
          runsBeforeFailing,
          hangs,
          lyingLaunches);
    }

    public Behaviour withSpeed(double newNanosPerItem) {
      return new Behaviour(
          sharesHostMemory,
          memoryBytes,
          newNanosPerItem,
          compileFailure,
          failingLaunches,
          failure,
          runsBeforeFailing,
          hangs,
          lyingLaunches);
    }

    public Behaviour refusing(DeviceException.Kind kind) {
      return new Behaviour(
          sharesHostMemory,
          memoryBytes,
          nanosPerItem,
          Optional.of(kind),
          failingLaunches,
          failure,
          runsBeforeFailing,
          hangs,
          lyingLaunches);
    }

    /** The launches for whose number the predicate holds fail, after having run if so asked. */
    public Behaviour failing(IntPredicate launches, DeviceException.Kind kind, boolean after) {
      return new Behaviour(
          sharesHostMemory,
          memoryBytes,
          nanosPerItem,
          compileFailure,
          launches,
          kind,
          after,
          hangs,
          lyingLaunches);
    }

    public Behaviour hanging() {
      return new Behaviour(
          sharesHostMemory,
          memoryBytes,
          nanosPerItem,
          compileFailure,
          failingLaunches,
          failure,
          runsBeforeFailing,
          true,
          lyingLaunches);
    }

    /**
     * The launches for whose number the predicate holds give wrong bits, other ones than a device
     * with another name would: some bits are flipped in the last buffer, in the element that the
     * launch's first work-item has along x.
     */
    public Behaviour lying(IntPredicate launches) {
      return new Behaviour(
          sharesHostMemory,
          memoryBytes,
          nanosPerItem,
          compileFailure,
          failingLaunches,
          failure,
          runsBeforeFailing,
          hangs,
          launches);
    }
  }

  private record Code(Function kernel, CompileOptions options) implements Executable {
    @Override
    public String listing() {
      return kernel.name();
    }

    @Override
    public void close() {}
  }

  private final class Memory implements DeviceBuffer {
    private final MemorySegment segment;
    private final boolean own;
    private boolean closed;

    private Memory(MemorySegment segment, boolean own) {
      this.segment = segment;
      this.own = own;
      open.incrementAndGet();
    }

    @Override
    public long bytes() {
      return segment.byteSize();
    }

    @Override
    public void close() {
      if (closed) {
        throw new AssertionError("closed twice");
      }
      closed = true;
      open.decrementAndGet();
      if (own) {
        used.addAndGet(-bytes());
      }
    }
  }

  private final DeviceInfo info;
  private final Behaviour behaviour;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger launches = new AtomicInteger();
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong copiedIn = new AtomicLong();
  private final AtomicLong copiedOut = new AtomicLong();
  private final List<Launch> seen = Collections.synchronizedList(new ArrayList<>());
  private final List<CompileOptions> compiledWith = Collections.synchronizedList(new ArrayList<>());
  private final List<Function> compiled = Collections.synchronizedList(new ArrayList<>());

  public FakeDevice(String id, String silicon, Behaviour behaviour) {
    this.behaviour = behaviour;
    this.info =
        new DeviceInfo(
            id,
            id.substring(0, id.indexOf(':')),
            "fake " + id,
            DeviceInfo.Kind.CPU,
            silicon,
            "1",
            2,
            behaviour.memoryBytes(),
            behaviour.memoryBytes(),
            1 << 16,
            1024,
            behaviour.sharesHostMemory(),
            true,
            "",
            Map.of());
  }

  /** Launches so far. */
  public List<Launch> launches() {
    return List.copyOf(seen);
  }

  /** Kernels compiled so far. */
  public List<Function> compiled() {
    return List.copyOf(compiled);
  }

  /** The options of each. */
  public List<CompileOptions> compiledWith() {
    return List.copyOf(compiledWith);
  }

  public long copiedIn() {
    return copiedIn.get();
  }

  public long copiedOut() {
    return copiedOut.get();
  }

  /** Buffers that are not closed. */
  public int openBuffers() {
    return open.get();
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    compiled.add(kernel);
    compiledWith.add(options);
    if (behaviour.compileFailure().isPresent()) {
      throw new DeviceException(
          behaviour.compileFailure().get(), info.id() + " does not take " + kernel.name());
    }
    return new Code(kernel, options);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    if (used.addAndGet(bytes) > behaviour.memoryBytes()) {
      used.addAndGet(-bytes);
      throw new DeviceException(
          DeviceException.Kind.OUT_OF_MEMORY, info.id() + " has no " + bytes + " bytes");
    }
    return new Memory(Arena.ofAuto().allocate(bytes, 64).fill(GARBAGE), true);
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    if (!behaviour.sharesHostMemory()) {
      throw new AssertionError("wrap without shared memory");
    }
    return new Memory(host, false);
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    return event(
        after,
        false,
        () -> {
          ((Memory) to).segment.asSlice(offset, from.byteSize()).copyFrom(from);
          copiedIn.addAndGet(from.byteSize());
          return completion(List.of());
        });
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    return event(
        after,
        false,
        () -> {
          to.copyFrom(((Memory) from).segment.asSlice(offset, to.byteSize()));
          copiedOut.addAndGet(to.byteSize());
          return completion(List.of());
        });
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    int number = launches.getAndIncrement();
    seen.add(launch);
    return event(after, behaviour.hangs(), () -> run((Code) executable, launch, number));
  }

  private Event.Completion run(Code code, Launch launch, int number) {
    boolean fails = behaviour.failingLaunches().test(number);
    if (fails && !behaviour.runsBeforeFailing()) {
      throw new DeviceException(behaviour.failure(), info.id() + " failed");
    }
    long start = System.nanoTime();
    InterpResult result = interpret(code, launch);
    if (behaviour.lyingLaunches().test(number)) {
      flipBits(launch);
    }
    long end = end(start, FakeLaunches.items(launch));
    if (fails) {
      throw new DeviceException(behaviour.failure(), info.id() + " failed");
    }
    List<Fault> faults = new ArrayList<>();
    for (InterpResult.Fault fault : result.faults()) {
      if (fault.site() < 0) {
        throw new AssertionError("a wrong proof: " + fault);
      }
      faults.add(
          new Fault(
              fault.site(),
              fault.offset(),
              fault.size(),
              fault.item().x(),
              fault.item().y(),
              fault.item().z()));
    }
    return new Event.Completion(start, end, "fake", false, faults);
  }

  /**
   * Waits for the time that the items take by the device's speed, and tells when that was over,
   * however late this thread came to see it; now, if it was over before.
   */
  private long end(long start, long items) {
    long due = start + (long) (items * behaviour.nanosPerItem());
    if (System.nanoTime() - due >= 0) {
      return System.nanoTime();
    }
    while (System.nanoTime() - due < 0) {
      Thread.onSpinWait();
    }
    return due;
  }

  private void flipBits(Launch launch) {
    Launch.Buffer last = (Launch.Buffer) launch.arguments().getLast();
    long first = launch.groupBegin()[0] * launch.range().local()[0];
    long at = first * Integer.BYTES - last.windowStart();
    MemorySegment memory = ((Memory) last.memory()).segment;
    memory.set(
        ValueLayout.JAVA_BYTE,
        at,
        (byte) (memory.get(ValueLayout.JAVA_BYTE, at) ^ info.id().charAt(0)));
  }

  private static InterpResult interpret(Code code, Launch launch) {
    Bounds bounds = code.options().bounds() == BoundsMode.CLAMP ? Bounds.CLAMP : Bounds.TRAP;
    InterpLaunch whole =
        new InterpLaunch(
            launch.range().dimensions(),
            launch.range().global(),
            launch.range().offset(),
            launch.range().local(),
            launch.arguments().stream().map(FakeDevice::argument).toList(),
            Optional.of(FakeLaunches.groups(launch)));
    return Interpreter.run(code.kernel(), whole, InterpOptions.DEFAULT.withBounds(bounds));
  }

  private static InterpLaunch.Argument argument(Launch.Argument argument) {
    return switch (argument) {
      case Launch.Scalar scalar -> new InterpLaunch.Scalar(scalar.bits());
      case Launch.Buffer buffer ->
          new InterpLaunch.Buffer(
              new WindowMemory(
                  ((Memory) buffer.memory()).segment, buffer.windowStart(), buffer.rootBytes()));
      case Launch.Null nothing -> new InterpLaunch.Null();
      case Launch.Local local -> new InterpLaunch.Local(local.bytes());
    };
  }

  private static Event.Completion completion(List<Fault> faults) {
    long now = System.nanoTime();
    return new Event.Completion(now, now, "fake", false, faults);
  }

  private interface Work {
    Event.Completion run();
  }

  /** Nothing happens before someone waits, as it may be with a real device. */
  private Event event(List<Event> after, boolean hangs, Work work) {
    return new Event() {
      private Event.Completion completion;
      private volatile boolean cancelled;

      @Override
      public synchronized boolean done() {
        return completion != null;
      }

      @Override
      public synchronized Completion await() {
        if (completion == null) {
          after.forEach(Event::await);
          while (hangs && !cancelled) {
            LockSupport.parkNanos(100_000);
          }
          completion = cancelled ? new Completion(0, 0, "fake", true, List.of()) : work.run();
        }
        return completion;
      }

      @Override
      public void cancel() {
        cancelled = true;
      }
    };
  }

  @Override
  public void close() {
    if (open.get() != 0) {
      throw new AssertionError(info.id() + " is closed with " + open.get() + " open buffers");
    }
  }
}
