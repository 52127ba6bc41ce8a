package dev.heddle.runtime.fake;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * A device whose launches take longer than its clock tells: so many times as long, by the launch's
 * number.
 */
public final class TellingDevice implements Device {
  private final FakeDevice device;
  private final IntUnaryOperator times;
  private final AtomicInteger launches = new AtomicInteger();

  public TellingDevice(FakeDevice device, IntUnaryOperator times) {
    this.device = device;
    this.times = times;
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    Event event = device.launch(executable, launch, after);
    int factor = times.applyAsInt(launches.getAndIncrement());
    return new Event() {
      @Override
      public boolean done() {
        return event.done();
      }

      @Override
      public Completion await() {
        Completion told = event.await();
        long due = told.startNanos() + factor * (told.endNanos() - told.startNanos());
        while (System.nanoTime() - due < 0) {
          Thread.onSpinWait();
        }
        return told;
      }

      @Override
      public void cancel() {
        event.cancel();
      }
    };
  }

  @Override
  public DeviceInfo info() {
    return device.info();
  }

  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    return device.compile(kernel, options);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return device.allocate(bytes);
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    return device.wrap(host);
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    return device.copyIn(from, to, offset, after);
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    return device.copyOut(from, offset, to, after);
  }

  @Override
  public void close() {
    device.close();
  }
}
