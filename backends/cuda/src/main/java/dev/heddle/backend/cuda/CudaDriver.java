package dev.heddle.backend.cuda;

import java.lang.foreign.MemorySegment;

/**
 * Every call of the NVIDIA driver that this back end makes, typed, each checked. Handles and device
 * addresses are 64-bit numbers that mean nothing to the caller; 0 is none of them.
 *
 * <p>Rules for all methods, for those who call and for those who implement:
 *
 * <ul>
 *   <li>A call that fails throws a {@link CudaFailure} with the driver's code. A failure may be
 *       that of something issued before: once a kernel has failed, every later call of its context
 *       throws its code ({@link CudaFailure#sticky}).
 *   <li>Every call but those that take a device number works in the context that the calling thread
 *       made current.
 *   <li>What is issued to a stream runs after all that was issued to it before; two streams are
 *       ordered by {@link #waitFor} alone. Calls that take a stream return before the work is done.
 *   <li>Any thread may call. The caller sees to it that what it frees is not used any more.
 * </ul>
 */
interface CudaDriver {
  /** A 1000 times major plus 10 times minor version of CUDA that the driver knows. */
  int version();

  /** Number of devices; they are numbered from 0. */
  int devices();

  /** What is known of a device without using it. */
  DeviceFacts facts(int device);

  /** Makes a context for a device, current in no thread. */
  long createContext(int device);

  /** Makes the context current in the calling thread. */
  void use(long context);

  /** Frees the context and all that was made in it. */
  void destroyContext(long context);

  /** Free bytes of the device's memory. */
  long freeMemory();

  /**
   * Compiles PTX for the context's device.
   *
   * @return an image for {@link #load}; the same on every call, so that it can be kept on disk for
   *     devices of the same kind and version of the driver
   * @throws CudaFailure with the compiler's words
   */
  byte[] compile(String ptx);

  /** Loads a compiled image; what it returns is a module. */
  long load(byte[] image);

  void unload(long module);

  /** A kernel of a module, by the name of its entry. */
  long kernel(long module, String name);

  KernelFacts facts(long kernel);

  /** Allows launches of a kernel with so many bytes of dynamic shared memory. */
  void allowDynamicShared(long kernel, int bytes);

  /** How many groups of that size one multiprocessor runs at once. */
  int residentGroups(long kernel, int groupSize, int dynamicShared);

  /** Device memory, its content unknown; at an address that is a multiple of 256. */
  long allocate(long bytes);

  void free(long address);

  /**
   * Host memory that the device reads and writes directly and from which it copies fast.
   *
   * @param content as host code sees it; valid until it is freed
   * @param address where kernels see it; their writes are there for the host when an event recorded
   *     after them is done
   */
  record HostMemory(MemorySegment content, long address) {}

  HostMemory allocateHost(long bytes);

  void freeHost(HostMemory memory);

  /** A stream that does not wait for the driver's default stream. */
  long createStream();

  void destroyStream(long stream);

  /** An event that notes the time when it is reached. It counts as done until first recorded. */
  long createEvent();

  void destroyEvent(long event);

  /** Has the event be done when all that was issued to the stream so far is. */
  void record(long event, long stream);

  /** Lets what is issued to the stream from now on wait for the event as last recorded. */
  void waitFor(long stream, long event);

  /** Whether the event is done. */
  boolean done(long event);

  /** Waits until the event is done. */
  void await(long event);

  /** Nanoseconds from one event, done, to another. */
  long elapsedNanos(long from, long to);

  /** Copies to device memory from all of {@code from}, which lies in {@link HostMemory}. */
  void copyIn(MemorySegment from, long to, long stream);

  /**
   * Copies from device memory, as much as {@code to} has room for; it lies in {@link HostMemory}.
   */
  void copyOut(long from, MemorySegment to, long stream);

  /**
   * Sets 32-bit words.
   *
   * @param to a multiple of 4
   */
  void fill(long to, int word, long words, long stream);

  /**
   * Runs a kernel.
   *
   * @param groups number of groups along each of three dimensions
   * @param groupSize work-items of a group along each of them
   * @param dynamicShared bytes of the {@code .extern .shared} array
   * @param parameters one for each parameter of the entry, all of 64 bits
   */
  void launch(
      long kernel,
      int[] groups,
      int[] groupSize,
      int dynamicShared,
      long stream,
      long[] parameters);

  /**
   * A device.
   *
   * @param capability compute capability, major times ten plus minor
   * @param memoryBytes all its memory
   * @param sharedBytes most shared memory of a group, declared and dynamic
   * @param uuid 16 bytes that name the chip
   * @param pciAddress in hexadecimal: domain:bus:device.function
   * @param unified whether the device's memory is the host's
   */
  record DeviceFacts(
      String name,
      int capability,
      int multiprocessors,
      long memoryBytes,
      int sharedBytes,
      int maxGroupSize,
      int clockKilohertz,
      byte[] uuid,
      String pciAddress,
      boolean unified) {}

  /**
   * A compiled kernel.
   *
   * @param maxGroupSize most work-items in a group, by its registers
   * @param sharedBytes declared shared memory of a group
   * @param localBytes private memory of a work-item, with what did not fit into registers
   */
  record KernelFacts(int maxGroupSize, int registers, int sharedBytes, int localBytes) {}
}
