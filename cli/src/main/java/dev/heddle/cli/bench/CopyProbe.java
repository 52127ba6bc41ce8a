package dev.heddle.cli.bench;

import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Event;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A copy between host memory and a buffer of the device's own. */
final class CopyProbe implements Probe {
  private static final int ALIGNMENT = 64;

  private final Subject subject;
  private final Device device;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment host;
  private final DeviceBuffer buffer;
  private final boolean in;

  CopyProbe(Device device, long bytes, boolean in) {
    this.subject =
        new Subject(
            in ? Subject.Section.COPY_IN : Subject.Section.COPY_OUT,
            device.info().id(),
            in ? "to the device" : "from the device",
            bytes,
            Unit.BYTES_PER_SECOND);
    this.device = device;
    this.in = in;
    this.host = arena.allocate(bytes, ALIGNMENT);
    host.fill((byte) 1);
    this.buffer = device.allocate(bytes);
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    long start = System.nanoTime();
    Event event =
        in ? device.copyIn(host, buffer, 0, List.of()) : device.copyOut(buffer, 0, host, List.of());
    event.await();
    return host.byteSize() * 1e9 / Math.max(1, System.nanoTime() - start);
  }

  @Override
  public void close() {
    buffer.close();
    arena.close();
  }
}
