package dev.heddle.runtime.plan;

import java.util.List;

/** How the planner is to share the work. */
public sealed interface Policy {
  /** As fast as possible, on one device or on several. */
  record Fastest() implements Policy {}

  /** On the one device that is fastest. */
  record Single() implements Policy {}

  /** In proportion to these weights, one for each candidate, whatever the prediction. */
  record Weights(List<Double> weights) implements Policy {
    public Weights {
      weights = List.copyOf(weights);
    }
  }

  Policy FASTEST = new Fastest();
  Policy SINGLE = new Single();
}
