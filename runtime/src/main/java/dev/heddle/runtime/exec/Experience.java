package dev.heddle.runtime.exec;

import dev.heddle.runtime.spi.Event;

/**
 * What a device's part in one run teaches about predictions: its chunks taken as one measurement,
 * since work may be spread unevenly over them, and how uneven they were. A change of the code that
 * runs begins another.
 */
final class Experience {
  private final Run run;
  private final Assignment.Part part;
  private String tier;
  private long all;
  private double predictedNanos;
  private double measuredNanos;

  /** Sums over chunks of the logarithm of measured over predicted, weighted by the predicted. */
  private double logs;

  private double squares;
  private boolean inCompany;

  Experience(Run run, Assignment.Part part) {
    this.run = run;
    this.part = part;
    this.tier = part.code().tier();
  }

  /**
   * Takes in a chunk that was done.
   *
   * @param ran nanoseconds from giving it to the device to being told of its end
   * @param nanos that it took on the host, with all that a first launch brings about
   */
  void add(long items, Event.Completion completion, double ran, double nanos) {
    double least = Math.min(part.view().profile().saturation(), items);
    double predicted = part.itemNanos() * Math.max(least, items);
    double measured = measured(completion, ran);
    Event.Pace pace = completion.pace().orElse(new Event.Pace(completion.tier(), measured));
    if (part.code().tier().equals(Compiled.COLD)) {
      knowledge().learnFirst(run.launch(), part.view(), pace, nanos);
    }
    if (!tier.equals(pace.tier())) {
      keep();
      tier = pace.tier();
    }
    if (completion.pace().isPresent() && whole(items)) {
      run.launch().recents().willTake(part.view(), pace.tier(), Math.log(pace.nanos() / predicted));
    }
    double log = Math.log(pace.nanos() / predicted);
    inCompany |= run.inCompany();
    all += items;
    predictedNanos += predicted;
    measuredNanos += pace.nanos();
    logs += predicted * log;
    squares += predicted * log * log;
    part.code().ran(pace.tier(), measured);
  }

  /**
   * What a launch took: by the device's clock, and no less than whoever waited for it saw. A driver
   * that starts late or tells late of an end is as slow as one that computes slowly. With memory of
   * its own a device first waits for copies, and at a first launch drivers compile, both of which
   * are predicted apart.
   */
  private double measured(Event.Completion completion, double ran) {
    double onDevice = completion.endNanos() - completion.startNanos();
    boolean apart = !part.view().sharesHostMemory() || part.code().tier().equals(Compiled.COLD);
    double seen = apart ? 0 : ran - part.view().profile().launchNanos();
    return Math.max(1, Math.max(onDevice, seen));
  }

  private boolean whole(long items) {
    return !run.inCompany() && items == run.launch().items();
  }

  private Knowledge knowledge() {
    return new Knowledge(run.engine().corrections());
  }

  /** Learns from what was taken in since the last time. */
  void keep() {
    if (predictedNanos == 0) {
      return;
    }
    double mean = logs / predictedNanos;
    double spread = Math.sqrt(Math.max(0, squares / predictedNanos - mean * mean));
    knowledge()
        .learn(
            run.launch(),
            part.view(),
            run.launch().correctionKey(part.view(), tier, inCompany),
            predictedNanos,
            measuredNanos,
            spread);
    if (whole(all)) {
      run.launch().recents().took(part.view(), tier, Math.log(measuredNanos / predictedNanos));
    }
    all = 0;
    predictedNanos = 0;
    measuredNanos = 0;
    logs = 0;
    squares = 0;
    inCompany = false;
  }
}
