package dev.heddle.runtime.exec;

import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the views that a selector names. Views of one chip form a group, of which one runs, unless
 * the user named them one by one.
 */
public final class Selection {
  private static final String ALL = "all";
  private static final String BEST = "best";

  /**
   * A view that was named.
   *
   * @param group views with equal groups never run together
   */
  public record Selected(DeviceView view, String group) {}

  private Selection() {}

  /** Whether the selector asks for one device alone. */
  static boolean single(DeviceSelector selector) {
    return selector.terms().equals(List.of(BEST));
  }

  /**
   * The views named, in the session's order.
   *
   * @throws RunException NO_SUCH_DEVICE if a term names none
   */
  public static List<Selected> of(DeviceSelector selector, List<DeviceView> views) {
    Map<DeviceView, String> named = new LinkedHashMap<>();
    for (String term : selector.terms()) {
      for (DeviceView view : matching(term, views)) {
        named.merge(view, term, (first, second) -> first.equals(ALL) ? second : first);
      }
    }
    List<Selected> selected = new ArrayList<>();
    for (DeviceView view : views) {
      String term = named.get(view);
      if (term != null) {
        boolean alone = term.equals(ALL) || term.equals(BEST);
        String silicon = view.info().silicon();
        selected.add(new Selected(view, alone ? silicon : silicon + " as " + term));
      }
    }
    return selected;
  }

  /** The views that one term names. */
  static List<DeviceView> matching(String term, List<DeviceView> views) {
    List<DeviceView> found =
        views.stream()
            .filter(
                view ->
                    term.equals(ALL)
                        || term.equals(BEST)
                        || view.id().equals(term)
                        || view.info().backend().equals(term))
            .toList();
    if (found.isEmpty()) {
      String there =
          views.isEmpty()
              ? "no device was found"
              : "there are " + String.join(", ", views.stream().map(DeviceView::id).toList());
      throw new RunException(
          RunException.Kind.NO_SUCH_DEVICE, "no device \"" + term + "\"; " + there);
    }
    return found;
  }
}
