package dev.heddle.runtime.profile;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures a device with small kernels and copies. A kernel is first run until it gets no faster,
 * since some devices compile better code while they run. Then each measurement is repeated until
 * its time is up; what counts is the lower quartile, since noise only ever adds.
 */
public final class Calibration implements AutoCloseable {
  /** Work-items, and floats in a buffer, of the kernels that move much data. */
  private static final int STREAM_ITEMS = 8 << 20;

  private static final int COMPUTE_ITEMS = 128 << 10;
  private static final int SMALL_COPY = 4 << 10;
  private static final int GROUP = 64;
  private static final int LEAST_SAMPLES = 5;
  private static final int MOST_SAMPLES = 2_000;
  private static final double SECOND = 1e9;

  /** A kernel is warm when it was not this much faster for so long. */
  private static final double FASTER = 0.9;

  private static final long SETTLED_NANOS = 1_000_000_000L;
  private static final long MOST_WARM_UP_NANOS = 5_000_000_000L;

  private final Device device;
  private final DeviceInfo info;
  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> hosts = new ArrayList<>();
  private final List<DeviceBuffer> buffers = new ArrayList<>();
  private final long nanosEach;
  private String tier = "";

  private Calibration(Device device, long budgetNanos) {
    this.device = device;
    this.info = device.info();
    boolean copies = !info.sharesHostMemory();
    this.nanosEach = budgetNanos / (copies ? 9 : 5);
    for (int i = 0; i < 3; i++) {
      MemorySegment host = arena.allocate((long) STREAM_ITEMS * Float.BYTES, GROUP);
      hosts.add(host);
      DeviceBuffer buffer = copies ? device.allocate(host.byteSize()) : device.wrap(host);
      buffers.add(buffer);
    }
  }

  /**
   * Measures a device.
   *
   * @param budgetNanos about how long it may take, compiling and warming up left aside
   * @throws DeviceException if the device fails
   */
  public static DeviceProfile measure(Device device, long budgetNanos) {
    try (Calibration calibration = new Calibration(device, budgetNanos)) {
      return calibration.profile();
    }
  }

  private DeviceProfile profile() {
    DeviceProfile prior = Prior.of(info);
    double launch = nanos(CalibrationKernels.nothing(), 1, GROUP);
    double triad = nanos(CalibrationKernels.triad(), 3, STREAM_ITEMS);
    double fma = nanos(CalibrationKernels.fma(), 2, COMPUTE_ITEMS);
    double exp = nanos(CalibrationKernels.exponential(), 2, COMPUTE_ITEMS);
    double barrier = nanos(CalibrationKernels.fmaBehindBarrier(), 2, COMPUTE_ITEMS);
    boolean shared = info.sharesHostMemory();
    double latencyIn = shared ? 0 : copyIn(SMALL_COPY);
    double latencyOut = shared ? 0 : copyOut(SMALL_COPY);
    long large = hosts.getFirst().byteSize();
    double in = shared ? Double.POSITIVE_INFINITY : rate(large, copyIn(large), latencyIn);
    double out = shared ? Double.POSITIVE_INFINITY : rate(large, copyOut(large), latencyOut);
    return new DeviceProfile(
        info.id(),
        ProfileKey.of(info),
        true,
        launch,
        latencyIn,
        latencyOut,
        in,
        out,
        rate(3.0 * STREAM_ITEMS * Float.BYTES, triad, launch),
        rate((double) CalibrationKernels.FMAS * COMPUTE_ITEMS, fma, launch),
        rate(COMPUTE_ITEMS, exp, launch),
        prior.saturation(),
        Math.max(1, barrier / fma));
  }

  /** Amount per second, with the fixed part of the time left out. */
  private static double rate(double amount, double nanos, double fixedNanos) {
    return amount * SECOND / Math.max(nanos - fixedNanos, nanos / 2);
  }

  private double nanos(Function kernel, int arguments, int items) {
    try (Executable executable = device.compile(kernel, CompileOptions.DEFAULT)) {
      Launch launch = launch(arguments, items);
      LongSupplier run = () -> timed(device.launch(executable, launch, List.of()));
      warmUp(run, items > GROUP);
      return quartile(run);
    }
  }

  private Launch launch(int arguments, int items) {
    List<Launch.Argument> list = new ArrayList<>();
    for (int i = 0; i < arguments; i++) {
      list.add(new Launch.Buffer(buffers.get(i), hosts.get(i).byteSize(), 0));
    }
    Launch.Range range =
        new Launch.Range(1, new long[] {items, 1, 1}, new long[3], new long[] {GROUP, 1, 1});
    return new Launch(range, new long[3], new long[] {range.groups(0), 1, 1}, list);
  }

  private double copyIn(long bytes) {
    MemorySegment from = hosts.getFirst().asSlice(0, bytes);
    return quartile(() -> timed(device.copyIn(from, buffers.getFirst(), 0, List.of())));
  }

  private double copyOut(long bytes) {
    MemorySegment to = hosts.getFirst().asSlice(0, bytes);
    return quartile(() -> timed(device.copyOut(buffers.getFirst(), 0, to, List.of())));
  }

  private long timed(Event event) {
    tier = event.await().tier();
    return System.nanoTime();
  }

  /** Whether the last launch ran the code that the device has for what is run often. */
  private boolean inWarmTier() {
    return tier.equals(info.properties().getOrDefault(DeviceInfo.WARM_TIER, tier));
  }

  /**
   * @param large whether the launch is of a size at which better code, once there, is used
   */
  private void warmUp(LongSupplier action, boolean large) {
    long begin = System.nanoTime();
    long now = begin;
    long improved = begin;
    long best = Long.MAX_VALUE;
    while (now - begin < MOST_WARM_UP_NANOS
        && (now - improved < SETTLED_NANOS || large && !inWarmTier())) {
      long start = System.nanoTime();
      now = action.getAsLong();
      if (now - start < FASTER * best) {
        best = now - start;
        improved = now;
      }
    }
  }

  /** Each call of {@code action} ends at the time it returns. */
  private double quartile(LongSupplier action) {
    long[] samples = new long[MOST_SAMPLES];
    int count = 0;
    long begin = System.nanoTime();
    long now = begin;
    while (count < MOST_SAMPLES && (count < LEAST_SAMPLES || now - begin < nanosEach)) {
      long start = System.nanoTime();
      now = action.getAsLong();
      samples[count++] = now - start;
    }
    // the later half: copies warm up too
    long[] later = Arrays.copyOfRange(samples, count / 2, count);
    Arrays.sort(later);
    return Math.max(1, later[later.length / 4]);
  }

  @Override
  public void close() {
    buffers.forEach(DeviceBuffer::close);
    arena.close();
  }
}
