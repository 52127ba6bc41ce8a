package dev.heddle.runtime.exec;

import dev.heddle.runtime.learn.Corrections;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.Timeline;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.DeviceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the runs of a session share: devices, compiled code, experience, threads. */
public final class Engine implements AutoCloseable {
  /** More prepared launches of one kernel are forgotten. */
  private static final int MOST_LAUNCHES = 256;

  /** How long closing waits for compilers that cannot be stopped. */
  private static final long PATIENCE_SECONDS = 30;

  private record CodeKey(int view, CompileOptions options) {}

  private final List<DeviceView> views;
  private final Corrections corrections;
  private volatile @Nullable Timeline timeline;
  private final AtomicInteger epoch = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();
  private final Queue<Compiled> compiled = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "heddle-lane");
            thread.setDaemon(true);
            return thread;
          });

  public Engine(List<DeviceView> views, Corrections corrections) {
    this.views = List.copyOf(views);
    this.corrections = corrections;
  }

  public List<DeviceView> views() {
    return views;
  }

  public Corrections corrections() {
    return corrections;
  }

  /** Has runs noted from now on. */
  public void note(Timeline newTimeline) {
    timeline = newTimeline;
  }

  /** Where runs are noted, if they are. */
  @Nullable Timeline timeline() {
    return timeline;
  }

  ExecutorService threads() {
    return threads;
  }

  /** A run begins. */
  void begin() {
    runs.incrementAndGet();
  }

  /** A run that began has ended. */
  void end() {
    runs.decrementAndGet();
  }

  /** Whether several runs are under way. */
  boolean crowded() {
    return runs.get() > 1;
  }

  /** Changes when a device is lost. */
  int epoch() {
    return epoch.get();
  }

  /** Whether there is experience worth keeping. */
  public boolean learned() {
    return corrections.changed();
  }

  /** Gives a device up. */
  void lose(DeviceView view, String why) {
    view.lose(why);
    epoch.incrementAndGet();
  }

  /** What is known of such a launch, from the last ones if one was alike. */
  PreparedLaunch prepared(KernelCode code, NDRange range, RunOptions options, Bindings bindings) {
    PreparedLaunch last = code.last();
    if (last != null && last.key().matches(code, range, options, bindings)) {
      return last;
    }
    LaunchKey key = LaunchKey.of(code, range, options, bindings);
    @Nullable PreparedLaunch known = code.launches().get(key);
    if (known == null) {
      known = Preparation.prepare(code, range, options, bindings);
      if (code.launches().size() >= MOST_LAUNCHES) {
        code.launches().clear();
      }
      code.launches().put(known.key(), known);
    }
    code.remember(known);
    return known;
  }

  /** The code of a variant for a view, compiled when it is first asked for. */
  Compiled compiled(KernelCode.Variant variant, DeviceView view, CompileOptions options) {
    return variant
        .compiled()
        .computeIfAbsent(
            new CodeKey(view.index(), options),
            key -> {
              CompileOptions all =
                  new CompileOptions(
                      options.math(), options.bounds(), variant.finiteLoops(), options.arrays());
              Compiled code = new Compiled(view, variant.function(), all);
              compiled.add(code);
              return code;
            });
  }

  /** Compiles a kernel for every device, all accesses checked; those that refuse it, and why. */
  public Map<String, String> refusals(KernelCode code, RunOptions options) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (DeviceView view : views) {
      try {
        compiled(code.checked(), view, options.compileOptions()).get();
      } catch (DeviceException e) {
        refusals.put(view.id(), e.getMessage());
      }
    }
    return refusals;
  }

  /** Lets what still runs end, and takes no more. */
  public void stop() {
    threads.shutdown();
    try {
      // a driver that is compiling must not see the process end
      boolean anyLost = views.stream().anyMatch(view -> view.lost().isPresent());
      threads.awaitTermination(anyLost ? 0 : PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    if (threads.isTerminated()) {
      compiled.forEach(Compiled::close);
    }
    for (DeviceView view : views) {
      if (view.lost().isEmpty()) {
        view.device().close();
      }
    }
  }
}
