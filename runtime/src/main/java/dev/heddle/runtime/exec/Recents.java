package dev.heddle.runtime.exec;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a launch took last on each view, whichever of them it was allowed to use. */
final class Recents {
  private final ConcurrentHashMap<Integer, Recent> byView = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, Long> lastRuns = new ConcurrentHashMap<>();
  private final AtomicLong runs = new AtomicLong();

  /** The last times on a view in that tier, if they are known. */
  @Nullable Recent of(DeviceView view, String tier) {
    Recent recent = byView.get(view.index());
    return recent != null && recent.holds(view, tier) ? recent : null;
  }

  /**
   * A view that had the whole launch to itself took so long.
   *
   * @param residual logarithm of the measured over the predicted time
   */
  void took(DeviceView view, String tier, double residual) {
    lastRuns.put(view.index(), runs.incrementAndGet());
    byView.merge(
        view.index(),
        Recent.first(view, tier, residual),
        (old, now) -> old.holds(view, tier) ? old.then(residual) : now);
  }

  /** How many runs on one device there were since the last one on that view. */
  long unseenRuns(DeviceView view) {
    return runs.get() - lastRuns.getOrDefault(view.index(), 0L);
  }

  /** The launch would take a view so long from now on, whatever it took before. */
  void willTake(DeviceView view, String tier, double residual) {
    byView.put(view.index(), Recent.first(view, tier, residual));
  }
}
