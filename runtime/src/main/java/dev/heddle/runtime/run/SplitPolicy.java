package dev.heddle.runtime.run;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the work is shared among the devices. */
public sealed interface SplitPolicy extends Serializable {
  SplitPolicy AUTO = new Auto();
  SplitPolicy EVEN = new Even();
  SplitPolicy NONE = new None();

  /** The planner decides. */
  record Auto() implements SplitPolicy {}

  /** Equal shares; one device, with a note, where the certificate refuses. */
  record Even() implements SplitPolicy {}

  /** One device, the one predicted to be fastest. */
  record None() implements SplitPolicy {}

  /**
   * Shares by hand, by device selector; they need not sum to 1. A usage error where the certificate
   * refuses.
   */
  record Shares(Map<String, Double> shares) implements SplitPolicy {
    public Shares {
      shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
      double sum = 0;
      for (double share : shares.values()) {
        if (!(share >= 0) || share == Double.POSITIVE_INFINITY) {
          throw RunException.usage("a share must be a number of at least 0, not " + share);
        }
        sum += share;
      }
      if (sum <= 0) {
        throw RunException.usage("no device has a share over 0");
      }
    }
  }

  /** Reads {@code auto}, {@code even}, {@code none} or {@code SEL=SHARE,...}. */
  static SplitPolicy parse(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "even" -> EVEN;
      case "none" -> NONE;
      default -> shares(text);
    };
  }

  private static SplitPolicy shares(String text) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String term : text.split(",", -1)) {
      int equals = term.indexOf('=');
      if (equals <= 0) {
        throw RunException.usage(
            "split \"" + text + "\": use auto, even, none or DEVICE=SHARE,DEVICE=SHARE");
      }
      shares.put(term.substring(0, equals).strip(), share(text, term.substring(equals + 1)));
    }
    return new Shares(shares);
  }

  private static double share(String text, String number) {
    String stripped = number.strip();
    boolean percent = stripped.endsWith("%");
    try {
      double value =
          Double.parseDouble(percent ? stripped.substring(0, stripped.length() - 1) : stripped);
      return percent ? value / 100 : value;
    } catch (NumberFormatException e) {
      throw RunException.usage("split \"" + text + "\": \"" + number + "\" is not a number");
    }
  }
}
