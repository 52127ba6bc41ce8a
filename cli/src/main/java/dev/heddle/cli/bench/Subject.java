package dev.heddle.cli.bench;

import java.util.Locale;

/**
 * What is measured.
 *
 * @param device its id; several joined by {@code " + "}, or {@code host}
 * @param x where it lies on its section's horizontal axis (bytes, work-items, operations per byte);
 *     0 where there is none
 */
public record Subject(Section section, String device, String name, double x, Unit unit) {
  /** The chapters of a report. */
  public enum Section {
    /** A fixed piece of plain Java: tells whether the machine itself has changed. */
    YARDSTICK("Yardstick"),
    LAUNCH("Launch latency"),
    COMPILE("Compile time"),
    COPY_IN("Copies to the device"),
    COPY_OUT("Copies from the device"),
    STREAM("STREAM"),
    MEMORY("Bandwidth by working set"),
    PEAK("Peak rates"),
    ROOFLINE("Roofline"),
    ATOMICS("Atomics"),
    CONTENTION("Two devices at once"),
    KERNEL("Kernel library"),
    BREAK_EVEN("Break-even sizes");

    private final String title;

    Section(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** Names it across reports. */
  public String key() {
    return String.format(Locale.ROOT, "%s/%s/%s/%s", section, device, name, x);
  }
}
