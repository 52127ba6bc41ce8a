package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.exec.ChunkSource.Chunk;
import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run: its lanes, what they report, and how it ends. A run on one device without a timeout is
 * done by the caller's thread alone; in any other each lane has a thread, but for one that the
 * caller takes itself where it need not watch the clock.
 *
 * <p>The monitor guards what lanes report.
 */
final class Run {
  /** How long a device may take to stop when it is asked to. */
  private static final long GRACE_NANOS = 2_000_000_000L;

  /** A run so much longer or shorter than planned may have another device chosen. */
  private static final double SURPRISE = 1.25;

  /** Units that a device did. */
  record Work(DeviceView view, long begin, long end) {}

  private record Failure(DeviceView view, long items, DeviceException cause) {}

  private final Engine engine;
  private final PreparedLaunch launch;
  private final Bindings bindings;
  private final Assignment assignment;
  private final long startNanos;
  private final ChunkSource source;
  private final boolean privately;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<KernelFault> faults = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private volatile boolean stopped;
  private boolean over;
  private @Nullable RuntimeException fatal;

  Run(
      Engine engine,
      PreparedLaunch launch,
      Bindings bindings,
      Assignment assignment,
      long startNanos) {
    this.engine = engine;
    this.launch = launch;
    this.bindings = bindings;
    this.assignment = assignment;
    this.startNanos = startNanos;
    this.source = new ChunkSource(assignment.fixed(), assignment.plan().heldBack());
    this.privately = assignment.together();
  }

  Engine engine() {
    return engine;
  }

  PreparedLaunch launch() {
    return launch;
  }

  Bindings bindings() {
    return bindings;
  }

  /** Whether other devices may be at work at the same time, on this launch or on another. */
  boolean inCompany() {
    return assignment.together() || engine.crowded();
  }

  ChunkSource source() {
    return source;
  }

  boolean stopped() {
    return stopped;
  }

  /** Runs to the end, and says how it went. */
  Execution execute() {
    engine.begin();
    prepareAnother();
    try {
      long begin = 0;
      for (int i = 0; i < assignment.parts().size(); i++) {
        long units = assignment.plan().units().get(i);
        if (units > 0) {
          addLane(assignment.parts().get(i), begin, units);
          begin += units;
        }
      }
      start(List.copyOf(lanes));
      rescue();
      end();
      Execution execution = execution();
      account(execution.totalNanos());
      return execution;
    } finally {
      engine.end();
      closeLanes();
    }
  }

  /** Compiles in the background what is to be tried later. */
  private void prepareAnother() {
    int prepare = assignment.plan().prepare();
    if (prepare >= 0) {
      Assignment.Part part = assignment.parts().get(prepare);
      if (part.code().claim()) {
        engine.threads().execute(() -> compileAside(part));
      }
    }
  }

  private void compileAside(Assignment.Part part) {
    try {
      part.code().get();
    } catch (DeviceException refused) {
      // asked for again, it says the same, and the view is left out with a note
    }
    new Knowledge(engine.corrections()).compiled(launch, part.view(), part.code().nanos());
    launch.code().effort().tried(part.code().nanos());
  }

  private void account(double nanos) {
    double without = assignment.plan().exploredNanos();
    launch.code().effort().spent(nanos);
    double off = nanos / assignment.plan().nanos();
    boolean choice = assignment.parts().size() > 1;
    if (choice && (off > SURPRISE || off < 1 / SURPRISE)) {
      launch.reconsider(nanos);
    }
    if (without > 0) {
      launch.code().effort().tried(nanos - without);
    }
  }

  /** Which device did which units. */
  List<Work> work() {
    return lanes.stream().flatMap(lane -> lane.work().stream()).toList();
  }

  private Lane addLane(Assignment.Part part, long begin, long units) {
    ViewCost cost = assignment.cost(part);
    int number = source.add(cost, begin, units, part.most());
    Lane lane =
        new Lane(
            this,
            part,
            number,
            cost.nanos(units),
            privately && reduces() ? new PrivateCopies(part.view()) : null);
    lanes.add(lane);
    return lane;
  }

  private boolean reduces() {
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      if (use != null && use.writing() == BufferUse.Writing.REDUCED) {
        return true;
      }
    }
    return false;
  }

  private void start(List<Lane> some) {
    Optional<Duration> timeout = launch.options().timeout();
    if (timeout.isPresent()) {
      some.forEach(engine.threads()::execute);
      await(timeout.get());
      return;
    }
    Lane mine = callersLane(some);
    for (Lane lane : some) {
      if (lane != mine) {
        engine.threads().execute(lane);
      }
    }
    mine.run();
    if (some.size() > 1) {
      await(null);
    }
  }

  /** The lane whose device answers fastest: it gains most from not waking a thread. */
  private static Lane callersLane(List<Lane> lanes) {
    Lane best = lanes.getFirst();
    for (Lane lane : lanes) {
      double launch = lane.view().profile().launchNanos();
      best = launch < best.view().profile().launchNanos() ? lane : best;
    }
    return best;
  }

  private void await(@Nullable Duration timeout) {
    long deadline = timeout == null ? Long.MAX_VALUE : startNanos + timeout.toNanos();
    try {
      if (!awaitLanes(deadline)) {
        cancel();
        boolean ended = awaitLanes(System.nanoTime() + GRACE_NANOS);
        throw timedOut(Objects.requireNonNull(timeout), ended);
      }
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      invalidateOutputs("the run that wrote it was cancelled");
      throw new RunException(RunException.Kind.CANCELLED, launch.code().name() + " was cancelled");
    }
  }

  /** Waits until nothing runs and nothing is left, or a device that compiles could take more. */
  private synchronized boolean awaitLanes(long deadline) throws InterruptedException {
    while (busy()) {
      long left = deadline - System.nanoTime();
      if (deadline == Long.MAX_VALUE) {
        wait();
      } else if (left <= 0) {
        return false;
      } else {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    }
    over = true;
    return true;
  }

  private boolean busy() {
    boolean compiling = false;
    for (Lane lane : lanes) {
      switch (lane.stage()) {
        case WORKING -> {
          return true;
        }
        case COMPILING -> compiling = true;
        case ENDED -> {}
      }
    }
    return compiling && !stopped && source.remaining() > 0;
  }

  /** A lane goes on to a stage, unless the run is over. */
  synchronized boolean begin(Lane lane, Lane.Stage stage) {
    boolean may = stage == Lane.Stage.ENDED || !over;
    if (may) {
      lane.enter(stage);
      notifyAll();
    }
    return may;
  }

  /** Asks all that runs to end early. */
  void cancel() {
    stopped = true;
    for (Lane lane : lanes) {
      lane.cancel();
    }
  }

  private RunException timedOut(Duration timeout, boolean ended) {
    List<String> hung = new ArrayList<>();
    if (!ended) {
      for (Lane lane : lanes) {
        if (lane.stage() == Lane.Stage.WORKING) {
          engine.lose(lane.view(), "it did not stop when asked to");
          hung.add(lane.view().id());
        }
      }
    }
    invalidateOutputs("the run that wrote it was stopped by a timeout");
    String lost =
        hung.isEmpty()
            ? ""
            : "; " + String.join(", ", hung) + " did not stop when asked to and is given up";
    return new RunException(
        RunException.Kind.TIMEOUT,
        launch.code().name() + " did not end within " + text(timeout) + lost);
  }

  private static String text(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }

  /** Gives what failed devices left to others, as long as there are any. */
  private void rescue() {
    while (!stopped && source.remaining() > 0) {
      Lane rescuer = rescuer();
      start(List.of(rescuer));
    }
  }

  private synchronized Lane rescuer() {
    over = false;
    for (Lane lane : lanes) {
      if (!lane.failed() && lane.stage() == Lane.Stage.ENDED) {
        lane.enter(Lane.Stage.COMPILING);
        return lane;
      }
    }
    for (Assignment.Part part : assignment.parts()) {
      boolean tried = lanes.stream().anyMatch(lane -> lane.view() == part.view());
      if (!tried && part.view().lost().isEmpty()) {
        return addLane(part, 0, 0);
      }
    }
    throw exhausted();
  }

  private RunException exhausted() {
    Failure last = failures.getLast();
    RunException.Kind kind =
        switch (last.cause().kind()) {
          case OUT_OF_MEMORY -> RunException.Kind.OUT_OF_MEMORY;
          case COMPILE -> RunException.Kind.COMPILE;
          case LAUNCH, LOST -> RunException.Kind.DEVICE_LOST;
        };
    String reasons =
        String.join(
            "; ",
            new LinkedHashSet<>(
                failures.stream().map(failure -> failure.cause().getMessage()).toList()));
    invalidateOutputs("the run that wrote it failed");
    return new RunException(
        kind, launch.code().name() + " could not be run: " + reasons, null, last.cause());
  }

  /** A lane gave up; what it leaves goes to others. */
  synchronized void gaveUp(Lane lane, int number, List<Chunk> undone, DeviceException cause) {
    if (cause.kind() == DeviceException.Kind.LOST) {
      engine.lose(lane.view(), cause.getMessage());
    }
    source.failed(number, undone);
    long items = 0;
    for (Chunk chunk : undone) {
      items += launch.items(chunk.begin(), chunk.end());
      dropWrites(chunk, lane.view());
    }
    failures.add(new Failure(lane.view(), items, cause));
  }

  /** What a failed launch wrote into a device's own memory means nothing. */
  private void dropWrites(Chunk chunk, DeviceView view) {
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      ManagedBuffer buffer = bindings.buffers()[i];
      if (use == null || buffer == null || buffer.sharedWith(view)) {
        continue;
      }
      for (ByteRange range : use.writes(launch.item(chunk.begin()), launch.item(chunk.end()))) {
        buffer.dropped(view, range.start(), range.end());
      }
    }
  }

  /**
   * Whether a chunk that may have run in part can be run again: it reads nothing that it writes.
   */
  boolean repeatable(Chunk chunk, DeviceView view) {
    if (!view.sharesHostMemory()) {
      return true; // the host still has what the chunk was given
    }
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      if (use == null || use.writing() == BufferUse.Writing.NONE) {
        continue;
      }
      boolean reduced = use.writing() == BufferUse.Writing.REDUCED;
      if (use.reading() != BufferUse.Reading.NONE || (reduced && !privately)) {
        return false;
      }
    }
    return true;
  }

  /** The run can't go on. */
  void fatal(DeviceException cause, DeviceView view) {
    fail(
        new RunException(
            RunException.Kind.DEVICE_LOST,
            launch.code().name()
                + " failed on "
                + view.id()
                + " ("
                + cause.getMessage()
                + "), and can't be run again since it overwrites what it reads",
            null,
            cause));
  }

  synchronized void fail(Throwable cause) {
    if (fatal == null) {
      fatal =
          cause instanceof RuntimeException known
              ? known
              : new IllegalStateException(launch.code().name() + ": " + cause, cause);
    }
    stopped = true;
  }

  /** A device reported faults: the others stop at their next chunk. */
  synchronized void faults(List<Fault> found, DeviceView view) {
    for (Fault fault : found) {
      faults.add(
          FaultTexts.describe(fault, launch.variant(), launch.sizes().dimensions(), view.id()));
    }
    stopped = true;
  }

  private void end() {
    if (fatal != null) {
      invalidateOutputs("the run that wrote it failed");
      throw fatal;
    }
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparing(KernelFault::workItem, Run::compareItems));
      invalidateOutputs("the run that wrote it faulted");
      String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more faults)";
      throw new RunException(
          RunException.Kind.KERNEL_FAULT, faults.getFirst().message() + more, execution(), null);
    }
    combine();
  }

  /** In the order of their linear ids: the slowest dimension first. */
  private static int compareItems(List<Long> a, List<Long> b) {
    for (int d = a.size() - 1; d >= 0; d--) {
      int order = Long.compare(a.get(d), b.get(d));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private void combine() {
    if (!privately) {
      return;
    }
    long end = launch.item(launch.units());
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      ManagedBuffer buffer = bindings.buffers()[i];
      if (use != null && buffer != null && use.writing() == BufferUse.Writing.REDUCED) {
        buffer.bring(null, 0, buffer.bytes(), new ArrayList<>());
      }
    }
    for (Lane lane : lanes) {
      PrivateCopies privates = lane.privates();
      if (privates != null && lane.worked()) {
        lane.copiedOut(privates.combine(end));
      }
    }
  }

  private void invalidateOutputs(String why) {
    for (int i = 0; i < launch.parameters(); i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      if (buffer != null && launch.code().writes(i)) {
        buffer.invalidate(why);
      }
    }
  }

  private void closeLanes() {
    for (Lane lane : lanes) {
      PrivateCopies privates = lane.privates();
      if (privates != null) {
        privates.close();
      }
    }
  }

  private Execution execution() {
    List<DeviceShare> shares = new ArrayList<>(lanes.size());
    long items = launch.items();
    notes.addAll(assignment.notes());
    for (Lane lane : lanes) {
      shares.add(lane.share(items));
      if (lane.stage() == Lane.Stage.COMPILING) {
        notes.add(lane.view().id() + " was still compiling when the work was done");
      }
    }
    return Reports.execution(
        launch,
        assignment,
        shares,
        List.copyOf(faults),
        retries(),
        notes,
        System.nanoTime() - startNanos);
  }

  private List<Execution.Retry> retries() {
    if (failures.isEmpty()) {
      return List.of();
    }
    List<Execution.Retry> retries = new ArrayList<>();
    for (Failure failure : failures) {
      List<String> takers = new ArrayList<>();
      for (Lane lane : lanes) {
        if (lane.worked()) {
          takers.add(lane.view().id());
        }
      }
      retries.add(
          new Execution.Retry(
              failure.view().id(),
              String.join(",", takers),
              failure.items(),
              failure.cause().getMessage()));
    }
    return retries;
  }
}
