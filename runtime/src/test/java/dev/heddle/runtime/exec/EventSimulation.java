package dev.heddle.runtime.exec;

import dev.heddle.runtime.exec.ChunkSource.Chunk;
import dev.heddle.runtime.exec.VirtualMachine.VirtualDevice;
import dev.heddle.runtime.plan.Candidate;
import dev.heddle.runtime.plan.Plan;
import dev.heddle.runtime.plan.Planner;
import dev.heddle.runtime.plan.Policy;
import dev.heddle.runtime.plan.ViewCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs a launch on a virtual machine in virtual time: the planner's plan, given out and corrected
 * by the {@link ChunkSource} of real runs. Devices that share memory slow each other down while
 * both are busy; each launch's time is noisy; devices may fail in mid-chunk.
 */
final class EventSimulation {
  /** What a device is at. */
  private static final class Lane {
    private final VirtualDevice device;
    private final int number;
    private @Nullable Chunk chunk;
    private double left;
    private double startedAt;
    private boolean failed;

    Lane(VirtualDevice device, int number) {
      this.device = device;
      this.number = number;
    }
  }

  private final VirtualMachine machine;
  private final Random random;
  private final double failureRate;
  private final List<Lane> lanes = new ArrayList<>();
  private final ChunkSource source;
  private final int[] times;
  private double now;

  private EventSimulation(VirtualMachine machine, Random random, double failureRate) {
    this.machine = machine;
    this.random = random;
    this.failureRate = failureRate;
    this.times = failureRate > 0 ? new int[Math.toIntExact(machine.units())] : new int[0];
    List<Candidate> candidates = machine.candidates();
    Plan plan = Planner.plan(candidates, machine.units(), true, Policy.FASTEST);
    this.source = new ChunkSource(false, plan.heldBack());
    long begin = 0;
    for (int i = 0; i < candidates.size(); i++) {
      long units = plan.units().get(i);
      if (units > 0) {
        Candidate candidate = candidates.get(i);
        ViewCost cost = plan.parts() > 1 ? candidate.together() : candidate.alone();
        int number = source.add(cost, begin, units, Long.MAX_VALUE);
        lanes.add(new Lane(machine.devices().get(i), number));
        begin += units;
      }
    }
  }

  /** The time that the launch takes. */
  static double nanos(VirtualMachine machine, Random random) {
    return new EventSimulation(machine, random, 0).run();
  }

  /** How often each unit is done where launches fail that often; the first device never does. */
  static int[] withFailures(VirtualMachine machine, Random random, double failureRate) {
    EventSimulation simulation = new EventSimulation(machine, random, failureRate);
    simulation.run();
    return simulation.times;
  }

  private double run() {
    lanes.forEach(lane -> source.ready(lane.number));
    lanes.forEach(this::next);
    while (true) {
      Lane first = firstToEnd();
      if (first == null) {
        if (source.remaining() == 0) {
          return now;
        }
        Lane rescuer = lanes.stream().filter(lane -> !lane.failed).findFirst().orElseThrow();
        source.ready(rescuer.number);
        next(rescuer);
        continue;
      }
      advance(first.left * slowdown(first));
      finish(first);
    }
  }

  private @Nullable Lane firstToEnd() {
    Lane first = null;
    for (Lane lane : lanes) {
      boolean sooner =
          lane.chunk != null
              && (first == null || lane.left * slowdown(lane) < first.left * slowdown(first));
      first = sooner ? lane : first;
    }
    return first;
  }

  private double slowdown(Lane lane) {
    for (Lane other : lanes) {
      boolean beside = other != lane && other.chunk != null;
      if (beside && other.device.domain() == lane.device.domain()) {
        return lane.device.slowdown();
      }
    }
    return 1;
  }

  private void advance(double nanos) {
    double[] progress = lanes.stream().mapToDouble(lane -> nanos / slowdown(lane)).toArray();
    for (int i = 0; i < progress.length; i++) {
      lanes.get(i).left -= progress[i];
    }
    now += nanos;
  }

  private void finish(Lane lane) {
    Chunk chunk = java.util.Objects.requireNonNull(lane.chunk);
    lane.chunk = null;
    boolean fails = lane != lanes.getFirst() && random.nextDouble() < failureRate;
    if (fails) {
      lane.failed = true;
      source.failed(lane.number, List.of(chunk));
      return;
    }
    for (long unit = chunk.begin(); unit < chunk.end() && times.length > 0; unit++) {
      times[(int) unit]++;
    }
    source.done(lane.number, chunk, now - lane.startedAt);
    next(lane);
  }

  private void next(Lane lane) {
    Chunk chunk = source.next(lane.number, now);
    if (chunk == null) {
      source.retire(lane.number);
      return;
    }
    double noise = Math.exp(lane.device.noise() * random.nextGaussian());
    lane.chunk = chunk;
    lane.startedAt = now;
    lane.left = (lane.device.fixedNanos() + lane.device.nanosPerUnit() * chunk.units()) * noise;
  }
}
