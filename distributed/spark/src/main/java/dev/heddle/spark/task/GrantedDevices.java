package dev.heddle.spark.task;

import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.TaskContext;

/**
 * Which devices a task may use: all that are no GPU, and of the GPUs those whose addresses Spark
 * gave it. Where Spark knows of no GPUs, every device of the machine may be used.
 *
 * @param selector the devices, of those that the user named
 * @param remarks what the user should know, one sentence each
 */
record GrantedDevices(DeviceSelector selector, List<String> remarks) {
  private static final String RESOURCE = "gpu";

  /**
   * @param named the devices that the user's selector names
   */
  static GrantedDevices of(DeviceSelector selector, List<DeviceInfo> named) {
    return addresses()
        .map(granted -> within(granted, named))
        .orElseGet(() -> new GrantedDevices(selector, List.of()));
  }

  /** The addresses of the task's GPUs; empty if Spark hands out none. */
  private static Optional<Set<String>> addresses() {
    TaskContext task = TaskContext.get();
    if (task == null || !task.resourcesJMap().containsKey(RESOURCE)) {
      return Optional.empty();
    }
    return Optional.of(
        new TreeSet<>(Arrays.asList(task.resourcesJMap().get(RESOURCE).addresses())));
  }

  static GrantedDevices within(Set<String> addresses, List<DeviceInfo> named) {
    Set<String> chips = new TreeSet<>();
    Set<String> found = new TreeSet<>();
    for (DeviceInfo device : named) {
      if (device.backend().equals("cuda") && addresses.contains(number(device))) {
        chips.add(device.silicon());
        found.add(number(device));
      }
    }
    List<String> terms = new ArrayList<>();
    for (DeviceInfo device : named) {
      if (device.kind() != DeviceInfo.Kind.GPU || chips.contains(device.silicon())) {
        terms.add(device.id());
      }
    }
    List<String> remarks = new ArrayList<>();
    for (String address : addresses) {
      if (!found.contains(address)) {
        remarks.add("Spark granted GPU " + address + ", but there is no device cuda:" + address);
      }
    }
    return new GrantedDevices(
        terms.isEmpty() ? DeviceSelector.ALL : new DeviceSelector(terms), remarks);
  }

  private static String number(DeviceInfo device) {
    return device.id().substring(device.id().indexOf(':') + 1);
  }
}
