package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.DeviceBuffer;

/** Memory of a CUDA device. */
final class CudaBuffer extends Held implements DeviceBuffer {
  private final long address;
  private final long bytes;

  CudaBuffer(CudaDevice device, long address, long bytes) {
    super(device);
    this.address = address;
    this.bytes = bytes;
  }

  /** The address of the first byte. */
  long address() {
    return address;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** Whether the two share memory. */
  boolean overlaps(CudaBuffer other) {
    return address < other.address + other.bytes && other.address < address + bytes;
  }

  @Override
  void free() {
    device().context().run(() -> device().context().driver().free(address));
  }

  @Override
  public String toString() {
    return "a buffer of %,d bytes".formatted(bytes);
  }
}
