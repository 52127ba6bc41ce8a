package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.diagnostic.HeddleException;

/** Java code that can't become a kernel: which class and line, and why. */
public final class LiftException extends HeddleException {
  private final String place;
  private final String reason;

  LiftException(String place, String reason) {
    super(place + ": " + reason);
    this.place = place;
    this.reason = reason;
  }

  /** Class, method and line, such as {@code org.example.Main.run(Main.java:12)}. */
  public String place() {
    return place;
  }

  /** What is not supported there, without the place. */
  public String reason() {
    return reason;
  }
}
