package dev.heddle.runtime.spi;

/** Memory of one device. Closing it frees the memory once nothing that was issued uses it. */
public interface DeviceBuffer extends AutoCloseable {
  long bytes();

  @Override
  void close();
}
