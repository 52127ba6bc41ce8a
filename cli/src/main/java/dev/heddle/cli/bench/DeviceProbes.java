package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The probes of one device. Three buffers serve all of its kernels. */
final class DeviceProbes implements AutoCloseable {
  /** Floats in a buffer: 64 MiB, 256 on a GPU, so that no cache holds it. */
  private static final long CPU_FLOATS = 16L << 20;

  private static final long GPU_FLOATS = 64L << 20;

  /** Work-items of the peak measurements. */
  private static final long CPU_ITEMS = 1L << 18;

  private static final long GPU_ITEMS = 1L << 22;

  /** Fused multiply-adds of a roofline launch at most, so that each takes some milliseconds. */
  private static final double CPU_FMAS = 2e8;

  private static final double GPU_FMAS = 2e10;

  private static final List<String> STREAM = List.of("copy", "scale", "add", "triad", "saxpy");
  private static final int FLOAT = Float.BYTES;
  private static final long PERIOD = 1009;

  private final Session session;
  private final DeviceInfo info;
  private final Device device;
  private final RunOptions options;
  private final Limits limits;
  private final Program program;
  private final List<Buffer> buffers = new ArrayList<>();
  private final long floats;

  DeviceProbes(Session session, DeviceInfo info, Limits limits) {
    this.session = session;
    this.info = info;
    this.device = session.device(info.id());
    this.options = RunOptions.DEFAULT.on(info.id()).withSplit(SplitPolicy.NONE);
    this.limits = limits;
    this.program = Sources.compile(session, info.supportsDouble());
    this.floats = Math.min(gpu() ? GPU_FLOATS : CPU_FLOATS, info.maxAllocationBytes() / FLOAT);
    for (int i = 0; i < 3; i++) {
      Buffer buffer = session.allocate(floats * FLOAT);
      fill(buffer.write(), i);
      buffers.add(buffer);
    }
  }

  /** Numbers from 0 to 1 that recur. */
  static float pattern(long index, int seed) {
    return (index % PERIOD * 31 + seed) % PERIOD / (float) PERIOD;
  }

  private static void fill(MemorySegment memory, int seed) {
    long done = Math.min(memory.byteSize(), PERIOD * FLOAT);
    for (long i = 0; i < done / FLOAT; i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, pattern(i, seed));
    }
    while (done < memory.byteSize()) {
      long more = Math.min(done, memory.byteSize() - done);
      MemorySegment.copy(memory, 0, memory, done, more);
      done += more;
    }
  }

  private boolean gpu() {
    return info.kind() != DeviceInfo.Kind.CPU;
  }

  /** What can be measured of it, each opened when it is asked for. */
  List<Supplier<Probe>> all() {
    List<Supplier<Probe>> probes = new ArrayList<>();
    probes.add(() -> new LaunchProbe(device, program.kernel("nothing").function()));
    probes.add(this::runtimeLaunch);
    probes.add(() -> new CompileProbe(session, device, false));
    probes.add(() -> new CompileProbe(session, device, true));
    STREAM.forEach(name -> probes.add(() -> stream(name)));
    probes.add(() -> peak("fma_f32", "fma, 32 bits", Sources.CHAINS));
    if (info.supportsDouble()) {
      probes.add(() -> peak("fma_f64", "fma, 64 bits", Sources.CHAINS));
    }
    probes.add(() -> peak("mad_i32", "integer mad, 32 bits", Sources.CHAINS));
    probes.add(() -> peak("exp_f32", "exp, 32 bits", 1));
    probes.add(() -> peak("sin_f32", "sin, 32 bits", 1));
    probes.add(() -> atomic("atomic_one", "on one counter"));
    probes.add(() -> atomic("atomic_spread", "on " + Sources.COUNTERS + " counters"));
    memorySizes().forEach(bytes -> probes.add(() -> memory(bytes)));
    IntStream.rangeClosed(1, 7).forEach(rounds -> probes.add(() -> chain(rounds)));
    for (int rounds : ROUNDS) {
      probes.add(() -> roofline(rounds));
    }
    copySizes()
        .forEach(
            bytes -> {
              probes.add(() -> new CopyProbe(device, bytes, true));
              probes.add(() -> new CopyProbe(device, bytes, false));
            });
    return probes;
  }

  /** Rounds of the roofline's kernel; with the seven of the single chain, 30 intensities. */
  private static final int[] ROUNDS = {
    1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256
  };

  private List<Long> memorySizes() {
    List<Long> sizes = new ArrayList<>();
    for (long bytes = 12 << 10; bytes <= 3 * floats * FLOAT; bytes <<= limits.sizes()) {
      sizes.add(bytes);
    }
    return sizes;
  }

  private List<Long> copySizes() {
    long room = Math.min(limits.largestCopy(), info.maxAllocationBytes());
    return LongStream.iterate(1 << 10, bytes -> bytes <= room, bytes -> bytes << 2 * limits.sizes())
        .boxed()
        .toList();
  }

  private Probe runtimeLaunch() {
    Kernel kernel = program.kernel("nothing");
    Arguments arguments = kernel.arguments().set(0, buffers.getFirst());
    return new KernelProbe(
        new Subject(Section.LAUNCH, info.id(), "through the runtime", 0, Unit.NANOSECONDS),
        kernel,
        NDRange.of(1),
        arguments,
        info,
        options,
        nanos -> nanos);
  }

  private KernelProbe streaming(Subject subject, String name, long items, int arrays) {
    Kernel kernel = program.kernel(name);
    Arguments arguments = kernel.arguments();
    for (int i = 0; i < 3; i++) {
      arguments.set(i, buffers.get(i));
    }
    return new KernelProbe(
        subject,
        kernel,
        NDRange.of(items),
        arguments,
        info,
        options,
        KernelProbe.perSecond((double) arrays * items * FLOAT));
  }

  /** One of the STREAM five, at full size; its result is checked before any speed is told. */
  private Probe stream(String name) {
    boolean three = !name.equals("copy") && !name.equals("scale");
    Subject subject = new Subject(Section.STREAM, info.id(), name, 0, Unit.BYTES_PER_SECOND);
    KernelProbe probe = streaming(subject, name, floats, three ? 3 : 2);
    fill(buffers.getFirst().write(), 0);
    probe.sample();
    StreamCheck.require(
        name + " on " + info.id(),
        name,
        buffers.get(0).read(),
        buffers.get(1).read(),
        buffers.get(2).read());
    return probe;
  }

  /** The rate of the kernel {@code name} of the STREAM five, to be measured in company. */
  Probe triadRate() {
    Subject subject = new Subject(Section.CONTENTION, info.id(), "triad", 0, Unit.BYTES_PER_SECOND);
    return streaming(subject, "triad", floats, 3);
  }

  /** The rate of fused multiply-adds, to be measured in company. */
  Probe fmaRate() {
    return peak("fma_f32", "fma, 32 bits", Sources.CHAINS);
  }

  private Probe memory(long bytes) {
    Subject subject = new Subject(Section.MEMORY, info.id(), "triad", bytes, Unit.BYTES_PER_SECOND);
    return streaming(subject, "triad", bytes / 3 / FLOAT, 3);
  }

  private KernelProbe rounds(Subject subject, String name, long items, int rounds, double amount) {
    Kernel kernel = program.kernel(name);
    Arguments arguments =
        kernel.arguments().set(0, buffers.get(0)).set(1, buffers.get(1)).set(2, (long) rounds);
    return new KernelProbe(
        subject,
        kernel,
        NDRange.of(items),
        arguments,
        info,
        options,
        KernelProbe.perSecond(amount * items));
  }

  private KernelProbe peak(String name, String what, int perRound) {
    Subject subject = new Subject(Section.PEAK, info.id(), what, 0, Unit.OPERATIONS_PER_SECOND);
    long items = gpu() ? GPU_ITEMS : CPU_ITEMS / 4;
    return rounds(
        subject, name, items, Sources.PEAK_ROUNDS, (double) perRound * Sources.PEAK_ROUNDS);
  }

  /** Two operations for each fma; 8 bytes go through memory for each work-item. */
  private Probe roofline(int rounds) {
    double fmas = (double) rounds * Sources.CHAINS;
    return intensity("fma_f32", rounds, fmas);
  }

  private Probe chain(int rounds) {
    return intensity("fma_chain", rounds, rounds);
  }

  private Probe intensity(String kernel, int rounds, double fmas) {
    double most = gpu() ? GPU_FMAS : CPU_FMAS;
    long items = Math.min(floats, Math.max(CPU_ITEMS, (long) (most / fmas)));
    Subject subject =
        new Subject(
            Section.ROOFLINE,
            info.id(),
            kernel.equals("fma_chain") ? "one chain of fma" : "eight chains of fma",
            2 * fmas / (2 * FLOAT),
            Unit.OPERATIONS_PER_SECOND);
    return rounds(subject, kernel, items, rounds, 2 * fmas);
  }

  private Probe atomic(String name, String what) {
    Kernel kernel = program.kernel(name);
    long items = gpu() ? GPU_ITEMS : CPU_ITEMS;
    return new KernelProbe(
        new Subject(Section.ATOMICS, info.id(), what, 0, Unit.OPERATIONS_PER_SECOND),
        kernel,
        NDRange.of(items),
        kernel.arguments().set(0, buffers.get(2)),
        info,
        options,
        KernelProbe.perSecond(items));
  }

  @Override
  public void close() {
    buffers.forEach(Buffer::close);
  }
}
