package dev.heddle.backend.cpu.run;

import java.util.Locale;

/** Which sort of code runs a kernel. */
public enum Tier {
  /** Plain bytecode, one work-item after the other: there at once. */
  SCALAR,
  /** Vector API bytecode, one work-item per lane: faster once the JVM has compiled it. */
  VECTOR;

  /** As results show it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
