package dev.heddle.runtime.exec;

import dev.heddle.runtime.exec.ChunkSource.Chunk;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Timeline;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One device's part in a run: takes chunks, and for each copies in, launches and accounts. */
final class Lane implements Runnable {
  /** How far a lane has come; others read it. */
  enum Stage {
    COMPILING,
    WORKING,
    ENDED
  }

  private final Run run;
  private final Assignment.Part part;
  private final DeviceView view;
  private final int number;
  private final double predictedNanos;
  private final @Nullable PrivateCopies privates;
  private final List<Chunk> done = new ArrayList<>();
  private final Experience experience;
  private volatile Stage stage = Stage.COMPILING;
  private volatile @Nullable Event current;
  private boolean failed;
  private int chunks;
  private long items;
  private long bytesIn;
  private long bytesOut;
  private long firstStart;
  private long lastEnd;
  private long compileNanos;
  private String tier = "";

  Lane(
      Run run,
      Assignment.Part part,
      int number,
      double predictedNanos,
      @Nullable PrivateCopies privates) {
    this.run = run;
    this.part = part;
    this.view = part.view();
    this.number = number;
    this.predictedNanos = predictedNanos;
    this.privates = privates;
    this.experience = new Experience(run, part);
  }

  DeviceView view() {
    return view;
  }

  Stage stage() {
    return stage;
  }

  boolean failed() {
    return failed;
  }

  /** Whether any of its work counts. */
  boolean worked() {
    return !done.isEmpty();
  }

  /** The units that it did. */
  List<Run.Work> work() {
    return done.stream().map(chunk -> new Run.Work(view, chunk.begin(), chunk.end())).toList();
  }

  @Nullable PrivateCopies privates() {
    return privates;
  }

  void copiedOut(long bytes) {
    bytesOut += bytes;
  }

  @Override
  public void run() {
    try {
      Executable code = compile();
      if (code != null && run.begin(this, Stage.WORKING)) {
        work(code);
        experience.keep();
      }
    } catch (Throwable e) {
      // whatever it is must reach the caller, who waits for this lane
      run.fail(e);
    } finally {
      run.source().retire(number);
      run.begin(this, Stage.ENDED);
    }
  }

  /** Set by the run, under its monitor. */
  void enter(Stage newStage) {
    stage = newStage;
  }

  private @Nullable Executable compile() {
    boolean fresh = !part.code().ready();
    long start = System.nanoTime();
    Recorded.Compile compile = new Recorded.Compile();
    compile.begin();
    try {
      Executable code = part.code().get();
      compileNanos += fresh ? part.code().nanos() : 0;
      if (fresh) {
        compile.end(name(), view);
        note("compile " + name(), start, System.nanoTime());
        new Knowledge(run.engine().corrections()).compiled(run.launch(), view, compileNanos);
      }
      run.source().ready(number);
      return code;
    } catch (DeviceException e) {
      giveUp(e, List.of());
      return null;
    }
  }

  private void work(Executable code) {
    while (!run.stopped()) {
      Chunk chunk = run.source().next(number, System.nanoTime());
      if (chunk == null) {
        return;
      }
      boolean launched = false;
      Staging staging = new Staging(run, view, privates, part.most() != Long.MAX_VALUE, chunk);
      try {
        long start = System.nanoTime();
        firstStart = firstStart == 0 ? start : firstStart;
        Launch launch = stage(staging);
        launched = true;
        Recorded.Launch event = new Recorded.Launch();
        event.begin();
        long issued = System.nanoTime();
        Event.Completion completion = launch(code, launch, staging.events());
        long ran = System.nanoTime() - issued;
        event.end(name(), view, items(chunk), completion.tier());
        commit(staging);
        account(chunk, staging, start, completion, ran);
      } catch (DeviceException e) {
        giveUp(e, undone(chunk, launched, e));
        return;
      } finally {
        staging.close();
      }
    }
  }

  private Launch stage(Staging staging) {
    Recorded.Copy copy = new Recorded.Copy();
    copy.begin();
    Launch launch = staging.stage();
    copy.end(name(), view, true, staging.bytesIn());
    return launch;
  }

  private void commit(Staging staging) {
    Recorded.Copy copy = new Recorded.Copy();
    copy.begin();
    staging.commit();
    copy.end(name(), view, false, staging.bytesOut());
  }

  private String name() {
    return run.launch().code().name();
  }

  private long items(Chunk chunk) {
    return run.launch().items(chunk.begin(), chunk.end());
  }

  private Event.Completion launch(Executable code, Launch launch, List<Event> after) {
    Event event = view.device().launch(code, launch, after);
    current = event;
    if (run.stopped()) {
      event.cancel();
    }
    Event.Completion completion = event.await();
    current = null;
    return completion;
  }

  private void account(
      Chunk chunk, Staging staging, long start, Event.Completion completion, long ran) {
    long end = System.nanoTime();
    long chunkItems = items(chunk);
    lastEnd = end;
    if (run.engine().timeline() != null) {
      note(name() + ", " + chunkItems + " work-items", start, end);
      note("on the device", completion.startNanos(), completion.endNanos());
    }
    chunks++;
    items += chunkItems;
    bytesIn += staging.bytesIn();
    bytesOut += staging.bytesOut();
    tier = completion.tier();
    if (!completion.faults().isEmpty()) {
      run.faults(completion.faults(), view);
      return;
    }
    if (completion.cancelled()) {
      return;
    }
    done.add(chunk);
    run.source().done(number, chunk, end - start);
    experience.add(chunkItems, completion, ran, end - start);
  }

  private void note(String what, long start, long end) {
    Timeline timeline = run.engine().timeline();
    if (timeline != null) {
      timeline.add(view.id(), what, start, end);
    }
  }

  /** What has to be done again: with private copies everything, since they are spoilt. */
  private List<Chunk> undone(Chunk chunk, boolean launched, DeviceException e) {
    List<Chunk> undone = new ArrayList<>();
    undone.add(chunk);
    if (privates != null && privates.spoilt(launched)) {
      undone.addAll(done);
    }
    if (launched || undone.size() > 1) {
      for (Chunk again : undone) {
        if (!run.repeatable(again, view)) {
          run.fatal(e, view);
        }
      }
    }
    return undone;
  }

  private void giveUp(DeviceException e, List<Chunk> undone) {
    failed = true;
    for (Chunk chunk : undone) {
      if (done.remove(chunk)) {
        items -= run.launch().items(chunk.begin(), chunk.end());
        chunks--;
      }
    }
    run.gaveUp(this, number, undone, e);
  }

  /** Asks what runs to end early. */
  void cancel() {
    Event event = current;
    if (event != null) {
      event.cancel();
    }
  }

  DeviceShare share(long wholeItems) {
    return new DeviceShare(
        view.id(),
        view.info().name(),
        (double) items / wholeItems,
        items,
        chunks,
        Math.round(predictedNanos),
        firstStart == 0 ? 0 : Math.max(0, lastEnd - firstStart),
        compileNanos,
        bytesIn,
        bytesOut,
        tier);
  }
}
