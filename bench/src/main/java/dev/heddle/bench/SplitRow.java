package dev.heddle.bench;

import java.util.Map;

/**
 * What was measured of one kernel file.
 *
 * @param sizes the words that set its size
 * @param computeBound whether the work estimate says so
 * @param operationsPerByte by the work estimate: operations over bytes that come through memory
 * @param alone times of each device alone, in ns, by selector
 * @param busy the same while the other device was busy; empty on the whole machine
 * @param together times on all devices, shares by the planner
 * @param efficiency throughput together over the sum of the two, by round; empty without busy times
 * @param slowdown time together over the time of the best device alone, by round
 * @param best the device that was fastest alone
 * @param shares of the work-items in the last run together, as the planner chose, by device
 * @param chunks launches in the last run together, by device
 */
record SplitRow(
    String kernel,
    String sizes,
    boolean computeBound,
    double operationsPerByte,
    Map<String, Samples> alone,
    Map<String, Samples> busy,
    Samples together,
    java.util.Optional<Samples> efficiency,
    Samples slowdown,
    String best,
    Map<String, Double> shares,
    Map<String, Integer> chunks) {}
