package dev.heddle.runtime.exec;

import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A device of the session, and what the session has learned about it. */
public final class DeviceView {
  private final int index;
  private final Device device;
  private final DeviceInfo info;
  private volatile DeviceProfile profile;
  private volatile String learnedAs;
  private volatile @Nullable String lost;

  public DeviceView(int index, Device device, DeviceProfile profile) {
    this.index = index;
    this.device = device;
    this.info = device.info();
    this.profile = profile;
    this.learnedAs = learnedAs(profile);
  }

  /** Its position among the session's devices. */
  public int index() {
    return index;
  }

  public Device device() {
    return device;
  }

  public DeviceInfo info() {
    return info;
  }

  public String id() {
    return info.id();
  }

  /** Whether it is known from a record alone: it is planned for as if its code were warm. */
  boolean absent() {
    return device instanceof AbsentDevice;
  }

  /** What is learned of predictions is kept under this name. */
  String learnedAs() {
    return learnedAs;
  }

  boolean sharesHostMemory() {
    return info.sharesHostMemory();
  }

  /** Whether the device works on the host's memory itself, Java arrays included. */
  boolean sharesArrays() {
    return info.sharesHostMemory() && device.takesArrays();
  }

  /** As {@link Device#copyIn}; a Java array is read before this returns. */
  Event copyIn(MemorySegment from, DeviceBuffer to, long offset) {
    if (from.isNative()) {
      return device.copyIn(from, to, offset, List.of());
    }
    try (Arena arena = Arena.ofShared()) {
      Event event = device.copyIn(outside(arena, from).copyFrom(from), to, offset, List.of());
      event.await();
      return event;
    }
  }

  /** As {@link Device#copyOut}; a Java array is written before this returns. */
  Event copyOut(DeviceBuffer from, long offset, MemorySegment to) {
    if (to.isNative()) {
      return device.copyOut(from, offset, to, List.of());
    }
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = outside(arena, to);
      Event event = device.copyOut(from, offset, memory, List.of());
      event.await();
      to.copyFrom(memory);
      return event;
    }
  }

  /** Memory for what is in a Java array: the JVM may move that while a driver works. */
  private static MemorySegment outside(Arena arena, MemorySegment array) {
    return HostMemory.allocate(arena, array.byteSize()).asSlice(0, array.byteSize());
  }

  public DeviceProfile profile() {
    return profile;
  }

  public void use(DeviceProfile better) {
    profile = better;
    learnedAs = learnedAs(better);
  }

  private String learnedAs(DeviceProfile from) {
    return id() + "@" + from.fingerprint();
  }

  /** Gives it up, for good. */
  void lose(String why) {
    lost = why;
  }

  /** Why it was given up, if it was. */
  public Optional<String> lost() {
    return Optional.ofNullable(lost);
  }
}
