package dev.heddle.backend.cuda;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A simulated processor: its size, and what will go wrong with it. */
final class FakeGpu {
  /** Something that happens to a launch. */
  enum Fault {
    /** The kernel dies; the context with it. */
    LAUNCH_FAILED,
    ILLEGAL_ADDRESS,
    /** The launch is refused; the context stays good. */
    OUT_OF_RESOURCES,
    /** The kernel never ends. */
    HANG
  }

  private final String name;
  private final int capability;
  private final long memoryBytes;
  private final Map<Integer, Fault> faults = new HashMap<>();
  private final AtomicInteger launches = new AtomicInteger();
  private int refusedAllocations;

  FakeGpu(String name, int capability, long memoryBytes) {
    this.name = name;
    this.capability = capability;
    this.memoryBytes = memoryBytes;
  }

  /** One of compute capability 8.0 with room for small tests. */
  static FakeGpu small() {
    return new FakeGpu("Fake 80", 80, 64 << 20);
  }

  /** Lets the launch of that number suffer, counted from 1 from now on. */
  synchronized FakeGpu failing(int launch, Fault fault) {
    faults.put(launches.get() + launch, fault);
    return this;
  }

  /** Refuses the next allocations, as if others had taken the memory. */
  synchronized FakeGpu refusing(int allocations) {
    refusedAllocations = allocations;
    return this;
  }

  synchronized @Nullable Fault nextLaunch() {
    return faults.get(launches.incrementAndGet());
  }

  synchronized boolean refuses() {
    if (refusedAllocations > 0) {
      refusedAllocations--;
      return true;
    }
    return false;
  }

  int launches() {
    return launches.get();
  }

  long memoryBytes() {
    return memoryBytes;
  }

  CudaDriver.DeviceFacts facts(int number) {
    byte[] uuid = new byte[16];
    uuid[0] = (byte) 0xFA;
    uuid[15] = (byte) number;
    return new CudaDriver.DeviceFacts(
        name,
        capability,
        2,
        memoryBytes,
        SHARED_BYTES,
        MOST_THREADS,
        1_000_000,
        uuid,
        String.format("0000:%02x:00.0", number + 1),
        false);
  }

  static final int SHARED_BYTES = 96 << 10;
  static final int MOST_THREADS = 1024;
}
