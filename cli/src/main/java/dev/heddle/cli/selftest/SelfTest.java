package dev.heddle.cli.selftest;

import dev.heddle.cli.selftest.TargetResult.CheckResult;
import dev.heddle.compiler.diagnostic.HeddleException;
import dev.heddle.conformance.Outcome;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs checks on each device that a selector names, the CPU's two tiers apart, and split evenly
 * across all of them.
 */
public final class SelfTest implements AutoCloseable {
  /** No check takes a healthy device nearly so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String TIER = "heddle.cpu.tier";
  private static final String CPU = "cpu";

  private final List<Session> sessions = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  private SelfTest() {}

  /**
   * Opens the devices.
   *
   * @throws RunException NO_SUCH_DEVICE
   */
  public static SelfTest open(DeviceSelector selector) {
    SelfTest test = new SelfTest();
    SessionOptions options = SessionOptions.DEFAULT.forgetful();
    test.add(inTier("vector", options.on(selector)), selector, "vector");
    boolean cpu =
        test.targets.stream()
            .flatMap(target -> target.devices().stream())
            .anyMatch(device -> device.backend().equals(CPU));
    if (cpu) {
      DeviceSelector alone = DeviceSelector.parse(CPU);
      test.add(inTier("scalar", options.on(alone)), alone, "scalar");
    }
    return test;
  }

  /** On the devices of those back ends alone. */
  static SelfTest on(List<BackendProvider> providers) {
    SelfTest test = new SelfTest();
    test.add(
        Session.open(SessionOptions.DEFAULT.forgetful(), providers), DeviceSelector.ALL, "vector");
    return test;
  }

  private static Session inTier(String tier, SessionOptions options) {
    String before = System.setProperty(TIER, tier);
    try {
      return Session.open(options);
    } finally {
      if (before == null) {
        System.clearProperty(TIER);
      } else {
        System.setProperty(TIER, before);
      }
    }
  }

  private void add(Session session, DeviceSelector selector, String tier) {
    sessions.add(session);
    List<DeviceInfo> able = new ArrayList<>();
    for (DeviceInfo device : session.devices(selector)) {
      if (device.reproducible().isEmpty()) {
        able.add(device);
      } else {
        skipped.add(device.id() + " takes no part in runs: " + device.reproducible());
      }
    }
    for (DeviceInfo device : able) {
      boolean tiers = device.backend().equals(CPU);
      targets.add(target(session, device.id() + (tiers ? " " + tier : ""), List.of(device)));
    }
    if (able.size() > 1) {
      List<String> ids = able.stream().map(DeviceInfo::id).toList();
      targets.add(target(session, String.join(" + ", ids), able));
    }
    if (sessions.size() == 1) {
      session.notes().forEach(skipped::add);
    }
  }

  private static Target target(Session session, String name, List<DeviceInfo> devices) {
    DeviceSelector selector = new DeviceSelector(devices.stream().map(DeviceInfo::id).toList());
    SplitPolicy split = devices.size() > 1 ? SplitPolicy.EVEN : SplitPolicy.NONE;
    RunOptions options = RunOptions.DEFAULT.on(selector).withSplit(split).withTimeout(PATIENCE);
    return new Target(name, devices, session, options);
  }

  /** Number of devices, tiers and splits that are tested. */
  public int targets() {
    return targets.size();
  }

  /** What is not tested and why, one sentence each. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /**
   * Runs all checks on all targets.
   *
   * @param progress is told what is about to run
   */
  public List<TargetResult> run(List<Check> checks, Consumer<String> progress) {
    return targets.stream().map(target -> run(target, checks, progress)).toList();
  }

  private static TargetResult run(Target target, List<Check> checks, Consumer<String> progress) {
    long start = System.nanoTime();
    List<CheckResult> results = new ArrayList<>();
    Optional<String> lost = Optional.empty();
    for (Check check : checks) {
      progress.accept(target.name() + ": " + check.name());
      long begin = System.nanoTime();
      Outcome outcome = Outcome.failed("not run: " + lost.orElse(""));
      if (lost.isEmpty()) {
        try {
          outcome = outcome(target, check);
        } catch (HeddleException e) {
          outcome = Outcome.failed(e.getMessage());
          lost = lost(e).map(why -> check.name() + " ended the device: " + why);
        }
      }
      results.add(new CheckResult(check.group(), check.name(), outcome, System.nanoTime() - begin));
    }
    return new TargetResult(target.name(), target.devices(), results, System.nanoTime() - start);
  }

  private static Outcome outcome(Target target, Check check) {
    if (check.usesDouble() && !target.supportsDouble()) {
      return Outcome.skipped("no double precision");
    }
    try {
      return check.run(target);
    } catch (RunException e) {
      if (e.kind() == RunException.Kind.NO_SUCH_DEVICE) {
        return Outcome.skipped(e.getMessage());
      }
      throw e;
    } catch (HeddleException e) {
      throw e;
    } catch (RuntimeException bug) {
      // one bug must not hide what the other checks find
      return Outcome.failed("internal error: " + bug);
    }
  }

  private static Optional<String> lost(HeddleException error) {
    boolean gone =
        switch (error) {
          case RunException run ->
              run.kind() == RunException.Kind.DEVICE_LOST
                  || run.kind() == RunException.Kind.TIMEOUT;
          case DeviceException device -> device.kind() == DeviceException.Kind.LOST;
          default -> false;
        };
    return gone ? Optional.of(error.getMessage()) : Optional.empty();
  }

  @Override
  public void close() {
    sessions.forEach(Session::close);
  }
}
