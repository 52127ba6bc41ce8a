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

  /** Takes in a chunk that was done. */
  void add(long items, Event.Completion completion) {
    if (!tier.equals(part.code().tier())) {
      keep();
      tier = part.code().tier();
    }
    double least = Math.min(part.view().profile().saturation(), items);
    double predicted = part.itemNanos() * Math.max(least, items);
    double measured = Math.max(1, completion.endNanos() - completion.startNanos());
    double log = Math.log(measured / predicted);
    inCompany |= run.inCompany();
    predictedNanos += predicted;
    measuredNanos += measured;
    logs += predicted * log;
    squares += predicted * log * log;
    part.code().ran(completion.tier(), measured);
  }

  /** Learns from what was taken in since the last time. */
  void keep() {
    if (predictedNanos == 0) {
      return;
    }
    double mean = logs / predictedNanos;
    double spread = Math.sqrt(Math.max(0, squares / predictedNanos - mean * mean));
    new Knowledge(run.engine().corrections())
        .learn(
            run.launch(),
            part.view(),
            run.launch().correctionKey(part.view(), tier, inCompany),
            predictedNanos,
            measuredNanos,
            spread);
    predictedNanos = 0;
    measuredNanos = 0;
    logs = 0;
    squares = 0;
    inCompany = false;
  }
}
