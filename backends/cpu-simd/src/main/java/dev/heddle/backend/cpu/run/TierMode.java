package dev.heddle.backend.cpu.run;

import java.util.Locale;

/** Which tiers may be used; {@code -Dheddle.cpu.tier} pins one for tests and comparisons. */
public enum TierMode {
  SCALAR,
  /** The vector tier from the first launch on, wherever the kernel has one. */
  VECTOR,
  /** Scalar code at once, vector code when it is faster. */
  AUTO;

  public static final String PROPERTY = "heddle.cpu.tier";

  /** The mode that the system property asks for. */
  public static TierMode fromProperty() {
    String wanted = System.getProperty(PROPERTY, "auto");
    for (TierMode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        PROPERTY + " is '" + wanted + "'; it may be scalar, vector or auto");
  }
}
