package dev.heddle.spark.task;

import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunException;
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
 * gave it. Where Spark hands out no GPUs, all of the machine's may be used. Of the drivers of the
 * processor only Heddle's own keeps to the executor's cores.
 *
 * @param selector the devices, of those that the user named
 * @param remarks what the user should know, one sentence each
 */
record GrantedDevices(DeviceSelector selector, List<String> remarks) {
  private static final String RESOURCE = "gpu";

  /**
   * What a task may use.
   *
   * @param named the devices that the user's selector names
   * @throws RunException NO_SUCH_DEVICE if it may use none of them
   */
  static GrantedDevices of(DeviceSelector selector, List<DeviceInfo> named) {
    boolean byHand = !selector.equals(DeviceSelector.ALL) && !selector.equals(DeviceSelector.BEST);
    GrantedDevices granted = within(addresses(), named, byHand);
    return selector.equals(DeviceSelector.BEST) && granted.remarks().isEmpty()
        ? new GrantedDevices(selector, List.of())
        : granted;
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

  /**
   * The devices of a task.
   *
   * @param addresses of its GPUs; empty if Spark hands out none
   * @param byHand whether the user named devices
   */
  static GrantedDevices within(
      Optional<Set<String>> addresses, List<DeviceInfo> named, boolean byHand) {
    Set<String> chips = new TreeSet<>();
    Set<String> missing = new TreeSet<>(addresses.orElse(Set.of()));
    for (DeviceInfo device : named) {
      if (device.backend().equals("cuda") && missing.remove(number(device))) {
        chips.add(device.silicon());
      }
    }
    boolean ownCpu = named.stream().anyMatch(device -> device.backend().equals("cpu"));
    List<String> terms = new ArrayList<>();
    for (DeviceInfo device : named) {
      boolean usable =
          switch (device.kind()) {
            // other drivers of the CPU take all cores of the machine, not those of the executor
            case CPU -> byHand || !ownCpu || device.backend().equals("cpu");
            case GPU -> addresses.isEmpty() || chips.contains(device.silicon());
            case ACCELERATOR -> true;
          };
      if (usable) {
        terms.add(device.id());
      }
    }
    if (terms.isEmpty()) {
      throw new RunException(
          RunException.Kind.NO_SUCH_DEVICE,
          "the task may use none of the devices that were named; Spark granted it the GPUs "
              + addresses.orElse(Set.of()));
    }
    List<String> remarks =
        missing.stream()
            .map(gpu -> "Spark granted GPU " + gpu + ", but there is no device cuda:" + gpu)
            .toList();
    return new GrantedDevices(new DeviceSelector(terms), remarks);
  }

  private static String number(DeviceInfo device) {
    return device.id().substring(device.id().indexOf(':') + 1);
  }
}
