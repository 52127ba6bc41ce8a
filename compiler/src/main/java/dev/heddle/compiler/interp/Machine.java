package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpResult.FaultKind;
import dev.heddle.compiler.interp.InterpResult.Outcome;
import java.util.Arrays;

/**
 * Runs the work-items of one group in lock step. Each has its own place in the code; those that
 * stand at the earliest place run on together until their ways part or they meet others. Since code
 * is laid out as {@link Instruction} says, items that parted meet again where flows join. Items at
 * a barrier wait until all others stand there too or have returned.
 */
final class Machine {
  /** Place of an item that has returned: behind all others. */
  private static final int RETURNED = Integer.MAX_VALUE;

  /** How many operations may pass between two looks at the cancel flag. */
  private static final long POLL_INTERVAL = 1 << 16;

  private final Instruction[] code;
  private final Group group;
  private final Reports reports;
  private final InterpOptions options;

  /** Where each item stands; the complement of its place if it waits at a barrier there. */
  private final int[] places;

  /** The items that run now, ascending. */
  private final int[] running;

  private int runningCount;
  private int items;
  private long operations;
  private long nextPoll;
  private Outcome outcome = Outcome.COMPLETED;

  Machine(
      Instruction[] code, Group group, Reports reports, InterpOptions options, int itemsPerGroup) {
    this.code = code;
    this.group = group;
    this.reports = reports;
    this.options = options;
    this.places = new int[itemsPerGroup];
    this.running = new int[itemsPerGroup];
    this.nextPoll = Math.min(POLL_INTERVAL, options.maxOperations());
  }

  long operations() {
    return operations;
  }

  Outcome outcome() {
    return outcome;
  }

  /** Runs the group that {@link Group} stands for. Returns whether to go on with others. */
  boolean runGroup(int itemCount) {
    items = itemCount;
    Arrays.fill(places, 0, items, 0);
    do {
      runUntilAllWait();
    } while (outcome == Outcome.COMPLETED && releaseBarrier());
    return outcome == Outcome.COMPLETED;
  }

  private void runUntilAllWait() {
    int place = earliest();
    while (place != RETURNED && outcome == Outcome.COMPLETED) {
      gather(place);
      run(place, earliestAfter(place));
      place = earliest();
    }
  }

  private int earliest() {
    int found = RETURNED;
    for (int i = 0; i < items; i++) {
      if (places[i] >= 0 && places[i] < found) {
        found = places[i];
      }
    }
    return found;
  }

  private int earliestAfter(int place) {
    int found = RETURNED;
    for (int i = 0; i < items; i++) {
      if (places[i] > place && places[i] < found) {
        found = places[i];
      }
    }
    return found;
  }

  private void gather(int place) {
    runningCount = 0;
    for (int i = 0; i < items; i++) {
      if (places[i] == place) {
        running[runningCount++] = i;
      }
    }
  }

  /** Runs the gathered items from {@code start} until they part, wait, end or meet others. */
  private void run(int start, int others) {
    int place = start;
    while (place < others && outcome == Outcome.COMPLETED) {
      switch (code[place]) {
        case Instruction.Block block -> {
          for (Step step : block.steps()) {
            step.run(running, runningCount);
          }
          count(block.steps().length);
          place++;
        }
        case Instruction.Jump jump -> {
          jump.copies().run(running, runningCount);
          count(1);
          place = jump.target();
        }
        case Instruction.Branch branch -> {
          count(1);
          int taken = countTrue(branch.condition());
          if (taken != 0 && taken != runningCount) {
            part(branch, place);
            return;
          }
          place = taken == 0 ? branch.otherwise() : place + 1;
        }
        case Instruction.Barrier barrier -> {
          stand(~place);
          return;
        }
        case Instruction.Return end -> {
          stand(RETURNED);
          return;
        }
      }
    }
    stand(place);
  }

  private int countTrue(long[] condition) {
    int count = 0;
    for (int k = 0; k < runningCount; k++) {
      count += (int) condition[running[k]];
    }
    return count;
  }

  private void part(Instruction.Branch branch, int place) {
    for (int k = 0; k < runningCount; k++) {
      int i = running[k];
      places[i] = branch.condition()[i] != 0 ? place + 1 : branch.otherwise();
    }
  }

  private void stand(int place) {
    for (int k = 0; k < runningCount; k++) {
      places[running[k]] = place;
    }
  }

  /**
   * Lets the items go on that wait at a barrier. Returns false if none do, or if they wait at
   * different ones, which is a fault that ends the group.
   */
  private boolean releaseBarrier() {
    int first = 0;
    while (first < items && places[first] == RETURNED) {
      first++;
    }
    if (first == items) {
      return false;
    }
    int place = ~places[first];
    Instruction.Barrier barrier = (Instruction.Barrier) code[place];
    for (int i = first + 1; i < items; i++) {
      if (places[i] != RETURNED && !together(barrier, first, i)) {
        reports.fault(FaultKind.BARRIER, barrier.op(), 0, 0, group.item(first));
        return false;
      }
    }
    group.passedBarrier(barrier.op().local(), barrier.op().global());
    for (int i = first; i < items; i++) {
      if (places[i] != RETURNED) {
        places[i] = place + 1;
      }
    }
    return true;
  }

  private boolean together(Instruction.Barrier barrier, int a, int b) {
    return places[a] == places[b]
        && barrier.trips().stream().allMatch(trips -> trips[a] == trips[b]);
  }

  private void count(int steps) {
    operations += (long) steps * runningCount;
    if (operations >= nextPoll) {
      poll();
    }
  }

  private void poll() {
    nextPoll = operations + POLL_INTERVAL;
    if (operations >= options.maxOperations()) {
      outcome = Outcome.LIMIT_REACHED;
    } else if (options.cancelled().getAsBoolean()) {
      outcome = Outcome.CANCELLED;
    }
  }
}
