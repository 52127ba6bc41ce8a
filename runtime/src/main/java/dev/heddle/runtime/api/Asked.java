package dev.heddle.runtime.api;

import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.spi.BackendProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which back ends a selector asks for.
 *
 * @param all whether it asks for every device
 * @param names of the back ends that it names, alone or with a number
 */
record Asked(boolean all, Set<String> names) {
  static Asked of(DeviceSelector selector, List<BackendProvider> providers) {
    Set<String> names = new HashSet<>();
    for (String term : selector.terms()) {
      names.add(term.split(":", 2)[0]);
    }
    boolean unknown =
        names.stream().anyMatch(name -> providers.stream().noneMatch(p -> p.name().equals(name)));
    // what no back end knows is "all", "best" or a mistake, which is told with all that there is
    return new Asked(unknown, names);
  }

  boolean includes(BackendProvider provider) {
    return all || byName(provider);
  }

  boolean byName(BackendProvider provider) {
    return names.contains(provider.name());
  }
}
