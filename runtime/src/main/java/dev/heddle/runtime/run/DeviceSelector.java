package dev.heddle.runtime.run;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Names devices: {@code cpu} (all of that back end), {@code cuda:0}, {@code all}, {@code best} (the
 * one that is predicted to be fastest), or several of these.
 *
 * @param terms at least one, in the order given
 */
public record DeviceSelector(List<String> terms) implements Serializable {
  public static final DeviceSelector ALL = new DeviceSelector(List.of("all"));
  public static final DeviceSelector BEST = new DeviceSelector(List.of("best"));

  public DeviceSelector {
    terms = List.copyOf(terms);
    if (terms.isEmpty() || terms.stream().anyMatch(String::isBlank)) {
      throw RunException.usage("a device selector is empty; use cpu, opencl:0, all or best");
    }
  }

  /** Reads a list separated by commas. */
  public static DeviceSelector parse(String text) {
    return new DeviceSelector(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }

  @Override
  public String toString() {
    return String.join(",", terms);
  }
}
