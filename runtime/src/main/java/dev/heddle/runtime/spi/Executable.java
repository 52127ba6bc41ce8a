package dev.heddle.runtime.spi;

/** A kernel compiled for one device. */
public interface Executable extends AutoCloseable {
  /** The code that the device was given, for people. */
  String listing();

  @Override
  void close();
}
