package dev.heddle.runtime.exec;

import dev.heddle.runtime.run.RunException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two teams of devices, each of which does the whole of a redundant run, so that every chunk is
 * done on two different devices.
 *
 * @param able all views that can take the launch, the fastest first
 * @param oneChip whether both teams work on the same chip
 */
record Teams(
    List<DeviceView> first, List<DeviceView> second, List<DeviceView> able, boolean oneChip) {
  Teams {
    first = List.copyOf(first);
    second = List.copyOf(second);
    able = List.copyOf(able);
  }

  /**
   * Divides the candidates: one view of each chip, so that the teams are about equally fast; two
   * views of the chip where there is only one.
   *
   * @throws RunException NO_SUCH_DEVICE if there are not two
   */
  static Teams of(PreparedLaunch launch, Assignment assignment) {
    Comparator<Assignment.Part> byTime =
        Comparator.comparingDouble(part -> part.alone().nanos(launch.units()));
    List<Assignment.Part> able = assignment.parts().stream().sorted(byTime).toList();
    Map<String, Assignment.Part> chips = new LinkedHashMap<>();
    able.forEach(part -> chips.putIfAbsent(part.view().info().silicon(), part));
    boolean oneChip = chips.size() == 1;
    List<Assignment.Part> members =
        oneChip ? able.subList(0, Math.min(2, able.size())) : List.copyOf(chips.values());
    if (members.size() < 2) {
      throw tooFew(launch, able, assignment.notes());
    }
    List<DeviceView> first = new ArrayList<>();
    List<DeviceView> second = new ArrayList<>();
    double firstRate = 0;
    double secondRate = 0;
    for (Assignment.Part part : members) {
      double rate = 1 / part.alone().nanos(launch.units());
      if (firstRate <= secondRate) {
        first.add(part.view());
        firstRate += rate;
      } else {
        second.add(part.view());
        secondRate += rate;
      }
    }
    return new Teams(first, second, able.stream().map(Assignment.Part::view).toList(), oneChip);
  }

  private static RunException tooFew(
      PreparedLaunch launch, List<Assignment.Part> able, List<String> notes) {
    return new RunException(
        RunException.Kind.NO_SUCH_DEVICE,
        "a redundant run needs two devices that can run "
            + launch.code().name()
            + "; there is "
            + able.getFirst().view().id()
            + " alone"
            + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")")
            + "; name two with -d, or run it once");
  }
}
