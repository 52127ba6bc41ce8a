package dev.heddle.compiler.interp;

import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.interp.InterpResult.Fault;
import dev.heddle.compiler.interp.InterpResult.FaultKind;
import dev.heddle.compiler.interp.InterpResult.Item;
import dev.heddle.compiler.interp.InterpResult.Outcome;
import dev.heddle.compiler.interp.InterpResult.Race;
import dev.heddle.compiler.interp.InterpResult.UninitialisedRead;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Collects what an interpretation finds, within the limits that {@link InterpResult} names. */
final class Reports {
  private final FaultSites sites;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Race> races = new ArrayList<>();
  private final List<UninitialisedRead> uninitialised = new ArrayList<>();
  private final Map<Op, Integer> faultsOf = new IdentityHashMap<>();
  private final Map<Op, Map<Op, Integer>> racesOf = new IdentityHashMap<>();
  private final Map<Op, Integer> uninitialisedOf = new IdentityHashMap<>();
  private long faultCount;

  Reports(Function kernel) {
    sites = new FaultSites(kernel);
  }

  void fault(FaultKind kind, Op op, long offset, long size, Item item) {
    faultCount++;
    if (room(faults, faultsOf, op)) {
      int site = FaultSites.mayFault(op) ? sites.number(op) : -1;
      faults.add(new Fault(kind, site, op, offset, size, item));
    }
  }

  void race(Race race) {
    Map<Op, Integer> seconds = racesOf.computeIfAbsent(race.first(), op -> new IdentityHashMap<>());
    if (room(races, seconds, race.second())) {
      races.add(race);
    }
  }

  void uninitialised(UninitialisedRead read) {
    if (room(uninitialised, uninitialisedOf, read.op())) {
      uninitialised.add(read);
    }
  }

  private static boolean room(List<?> reports, Map<Op, Integer> counts, Op op) {
    return counts.merge(op, 1, Integer::sum) <= InterpResult.MAX_REPORTS_PER_OP
        && reports.size() < InterpResult.MAX_REPORTS;
  }

  InterpResult result(Outcome outcome, long operations) {
    return new InterpResult(outcome, faults, faultCount, races, uninitialised, operations);
  }
}
