package dev.heddle.spark.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.DeviceInfo.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantedDevicesTest {
  private static final List<DeviceInfo> MACHINE =
      List.of(
          device("cpu:0", Kind.CPU, "processor"),
          device("opencl:0", Kind.CPU, "processor"),
          device("cuda:0", Kind.GPU, "first"),
          device("cuda:1", Kind.GPU, "second"),
          device("opencl:1", Kind.GPU, "first"));

  private static DeviceInfo device(String id, Kind kind, String silicon) {
    String backend = id.substring(0, id.indexOf(':'));
    return new DeviceInfo(
        id, backend, id, kind, silicon, "", 1, 1, 1, 1, 1, kind == Kind.CPU, true, "", Map.of());
  }

  private static List<String> granted(Optional<Set<String>> addresses, boolean byHand) {
    return GrantedDevices.within(addresses, MACHINE, byHand).selector().terms();
  }

  @Test
  void addressesLimitTheGpus() {
    assertEquals(List.of("cpu:0", "cuda:0", "opencl:1"), granted(Optional.of(Set.of("0")), false));
    assertEquals(List.of("cpu:0", "cuda:1"), granted(Optional.of(Set.of("1")), false));
    assertEquals(List.of("cpu:0"), granted(Optional.of(Set.of()), false));
    assertEquals(
        List.of("cpu:0", "cuda:0", "cuda:1", "opencl:1"), granted(Optional.empty(), false));
  }

  @Test
  void anotherDriverOfTheProcessorTakesPartWhereItIsNamed() {
    assertEquals(
        List.of("cpu:0", "opencl:0", "cuda:0", "opencl:1"),
        granted(Optional.of(Set.of("0")), true));
  }

  @Test
  void aGrantedGpuThatIsNotThereIsRemarkedUpon() {
    assertEquals(
        List.of("Spark granted GPU 7, but there is no device cuda:7"),
        GrantedDevices.within(Optional.of(Set.of("7")), MACHINE, false).remarks());
  }

  @Test
  void nothingToUseIsAnError() {
    assertThrows(
        RunException.class,
        () ->
            GrantedDevices.within(
                Optional.of(Set.of("1")), List.of(device("cuda:0", Kind.GPU, "first")), true));
  }
}
