package dev.heddle.runtime.exec;

import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A device of the session, and what the session has learned about it. */
public final class DeviceView {
  private final int index;
  private final Device device;
  private final DeviceInfo info;
  private volatile DeviceProfile profile;
  private volatile @Nullable String lost;

  public DeviceView(int index, Device device, DeviceProfile profile) {
    this.index = index;
    this.device = device;
    this.info = device.info();
    this.profile = profile;
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

  /** Its place in {@link Residency}. */
  int place() {
    return info.sharesHostMemory() ? Residency.HOST : index + 1;
  }

  boolean sharesHostMemory() {
    return info.sharesHostMemory();
  }

  public DeviceProfile profile() {
    return profile;
  }

  public void use(DeviceProfile better) {
    profile = better;
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
