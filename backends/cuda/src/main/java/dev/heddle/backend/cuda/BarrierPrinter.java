package dev.heddle.backend.cuda;

import dev.heddle.compiler.analysis.BarrierFlow;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.ir.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Prints barriers. The processor's barrier waits for every work-item that has not ended, whichever
 * barrier instruction it stands at, as the IR wants it, but for one thing: those that stand at
 * different barriers, or at one in different trips of a loop, have to be told. So where ways may
 * part, each work-item brings along a number for its barrier and the trips of the loops around it;
 * one number is left in shared memory, and who finds another than its own makes all end.
 */
final class BarrierPrinter {
  private static final String TOKEN = "barrier_token";
  private static final String FIRST = "barrier_first";

  /** An odd number without a pattern: Knuth's 64-bit multiplier of linear congruences. */
  private static final String SPREAD = "6364136223846793005";

  private final Registers registers;
  private final Names names;
  private final FaultPrinter faults;
  private final FaultSites sites;
  private final BarrierFlow flow;
  private final boolean together;
  private final Deque<String> trips = new ArrayDeque<>();
  private final Map<Integer, String> counters = new HashMap<>();
  private int count;

  /**
   * @param together whether all work-items of a warp come to each barrier at once
   */
  BarrierPrinter(
      Registers registers,
      Names names,
      FaultPrinter faults,
      FaultSites sites,
      BarrierFlow flow,
      boolean together) {
    this.registers = registers;
    this.names = names;
    this.faults = faults;
    this.sites = sites;
    this.flow = flow;
    this.together = together;
  }

  String declarations() {
    return flow.parts()
        ? "  .shared .align 8 .b64 " + TOKEN + ";\n  .shared .align 4 .b32 " + FIRST + ";\n"
        : "";
  }

  /** Before the first work-item comes to a barrier of the kernel. */
  void start(PtxCode code, boolean shared) {
    if (flow.parts()) {
      code.add("st.shared.b32", "[" + FIRST + "]", "-1");
    }
    if (shared || flow.parts()) {
      code.add("bar.sync", "0");
    }
  }

  /** Sets the trip counter of a loop to zero, before the loop. */
  void enter(PtxCode code, Op.Loop loop) {
    if (flow.parts() && flow.waits(loop)) {
      String counter = registers.b64();
      counters.put(loop.label(), counter);
      trips.push(counter);
      code.add("mov.b64", counter, "0");
    }
  }

  /** Counts a trip, at its start. */
  void trip(PtxCode code, Op.Loop loop) {
    String counter = counters.get(loop.label());
    if (counter != null) {
      code.add("add.s64", counter, counter, "1");
    }
  }

  void exit(Op.Loop loop) {
    if (counters.containsKey(loop.label())) {
      trips.pop();
    }
  }

  void barrier(PtxCode code, Op.Barrier barrier) {
    if (!flow.parts()) {
      code.add(together ? "bar.sync" : "barrier.sync", "0");
      return;
    }
    String own = token(code, barrier);
    String found = registers.b64();
    String other = registers.predicate();
    code.add("st.volatile.shared.b64", "[" + TOKEN + "]", own);
    code.add("barrier.sync", "0");
    code.add("ld.volatile.shared.b64", found, "[" + TOKEN + "]");
    code.add("setp.ne.u64", other, found, own);
    code.add("barrier.red.or.pred", other, "0", other);
    String apart = "APART_" + count++;
    code.when(other, "bra", apart);
    apart(apart, barrier);
  }

  private String token(PtxCode code, Op.Barrier barrier) {
    String token = registers.b64();
    code.add("mov.b64", token, Integer.toString(sites.number(barrier) + 1));
    List<String> outerFirst = new ArrayList<>();
    for (Iterator<String> i = trips.descendingIterator(); i.hasNext(); ) {
      outerFirst.add(i.next());
    }
    for (String trip : outerFirst) {
      code.add("mad.lo.s64", token, token, SPREAD, trip);
    }
    return token;
  }

  /** All work-items of the group end; the first of them that is there records where it stood. */
  private void apart(String label, Op.Barrier barrier) {
    PtxCode code = faults.aside();
    code.label(label);
    String own = names.localIndex(code);
    String first = registers.b32();
    String notFirst = registers.predicate();
    String end = label + "_END";
    code.add("atom.shared.min.u32", first, "[" + FIRST + "]", own);
    code.add("barrier.sync", "0");
    code.add("ld.volatile.shared.u32", first, "[" + FIRST + "]");
    code.add("setp.ne.u32", notFirst, first, own);
    code.when(notFirst, "exit");
    faults.record(code, sites.number(barrier), "0", "0", end);
    code.label(end);
    code.add("exit");
  }
}
