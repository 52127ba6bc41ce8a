package dev.heddle.spark.task;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.profile.DeviceJson;
import dev.heddle.runtime.profile.RecordedDevice;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an executor has to offer.
 *
 * @param devices its devices and how fast they are, as {@link DeviceJson} writes them
 */
public record ExecutorProfile(String executor, String host, byte[] devices)
    implements Serializable {

  /** What of those devices the executor has that asks. */
  public static ExecutorProfile here(DeviceSelector devices, int cpuThreads) {
    Session session = ExecutorSession.get(devices, cpuThreads).session();
    GrantedDevices granted = GrantedDevices.of(devices, session.devices(devices));
    Set<String> ids =
        session.devices(granted.selector()).stream()
            .map(device -> device.id())
            .collect(Collectors.toSet());
    List<RecordedDevice> recorded =
        session.record().stream().filter(device -> ids.contains(device.info().id())).toList();
    Here here = Here.now();
    try {
      return new ExecutorProfile(here.executor(), here.host(), DeviceJson.write(recorded));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /** The devices, to plan for them. */
  public List<RecordedDevice> recorded() {
    try {
      return DeviceJson.read(devices);
    } catch (IOException e) {
      throw RunException.usage("executor " + executor + " has another version of Heddle: " + e);
    }
  }

  /** The executor as Spark names places that tasks prefer. */
  public String place() {
    return "executor_" + host + "_" + executor;
  }
}
