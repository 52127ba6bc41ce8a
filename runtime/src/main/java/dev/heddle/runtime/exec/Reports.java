package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.LaunchFacts;
import dev.heddle.runtime.plan.Plan;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what a run or a plan tells the user. */
final class Reports {
  private Reports() {}

  static Execution execution(
      PreparedLaunch launch,
      Assignment assignment,
      List<DeviceShare> shares,
      List<KernelFault> faults,
      List<Execution.Retry> retries,
      List<String> notes,
      long totalNanos) {
    List<String> unproven = unproven(launch);
    Plan plan = assignment.plan();
    return new Execution(
        launch.code().name(),
        launch.range(),
        launch.shownLocal(),
        launch.options().math(),
        launch.options().bounds(),
        unproven.isEmpty(),
        unproven,
        launch.report(),
        shares,
        Math.round(plan.nanos()),
        Optional.of(
            new Execution.BestSingle(
                assignment.parts().get(plan.best()).view().id(), Math.round(plan.bestNanos()))),
        faults,
        retries,
        notes,
        totalNanos);
  }

  /** The proofs alone. */
  static Execution blank(PreparedLaunch launch) {
    List<String> unproven = unproven(launch);
    return new Execution(
        launch.code().name(),
        launch.range(),
        launch.shownLocal(),
        launch.options().math(),
        launch.options().bounds(),
        unproven.isEmpty(),
        unproven,
        launch.report(),
        List.of(),
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  /** What a plan predicts; nothing is measured. */
  static Execution plan(PreparedLaunch launch, Assignment assignment) {
    List<DeviceShare> shares = new ArrayList<>();
    Plan plan = assignment.plan();
    long done = 0;
    for (int i = 0; i < assignment.parts().size(); i++) {
      long units = plan.units().get(i);
      if (units > 0) {
        shares.add(share(launch, assignment, i, done, done + units));
        done += units;
      }
    }
    return execution(launch, assignment, shares, List.of(), List.of(), assignment.notes(), 0);
  }

  private static DeviceShare share(
      PreparedLaunch launch, Assignment assignment, int candidate, long begin, long end) {
    Assignment.Part part = assignment.parts().get(candidate);
    long items = launch.items(begin, end);
    return new DeviceShare(
        part.view().id(),
        part.view().info().name(),
        (double) items / launch.items(),
        items,
        1,
        Math.round(assignment.cost(part).nanos(end - begin)),
        0,
        0,
        0,
        0,
        "");
  }

  private static List<String> unproven(PreparedLaunch launch) {
    LaunchFacts facts = launch.facts();
    boolean fast = launch.options().math() == MathMode.FAST;
    boolean unchecked = launch.options().bounds() == BoundsMode.OFF && !facts.allProven();
    if (!fast && !unchecked) {
      return facts.reproducibility().proven() ? List.of() : facts.reproducibility().reasons();
    }
    List<String> reasons = new ArrayList<>(facts.reproducibility().reasons());
    if (fast) {
      reasons.add("fast math uses the devices' own functions");
    }
    if (unchecked) {
      reasons.add("accesses that are not proven in range go unchecked");
    }
    return reasons;
  }
}
