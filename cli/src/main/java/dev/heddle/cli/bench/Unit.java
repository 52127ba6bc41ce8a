package dev.heddle.cli.bench;

/** What a measured value counts. */
public enum Unit {
  NANOSECONDS("ns", false),
  BYTES_PER_SECOND("bytes/s", true),
  OPERATIONS_PER_SECOND("operations/s", true),
  /** A rate over another rate. */
  RATIO("ratio", true);

  private final String text;
  private final boolean moreIsBetter;

  Unit(String text, boolean moreIsBetter) {
    this.text = text;
    this.moreIsBetter = moreIsBetter;
  }

  /** As it stands in the JSON. */
  public String text() {
    return text;
  }

  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}
