package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.learn.Correction;
import dev.heddle.runtime.plan.Candidate;
import dev.heddle.runtime.plan.CostModel;
import dev.heddle.runtime.plan.Plan;
import dev.heddle.runtime.plan.Planner;
import dev.heddle.runtime.plan.Policy;
import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the views that can take a launch, what it costs on each, and has the planner decide. */
final class Assigner {
  /** Times that a private copy goes through memory beside the work. */
  private static final double PRIVATE_PASSES = 4;

  /** A prediction that changes by less is left as it is. */
  private static final double LEAST_CHANGE = 0.01;

  private final Engine engine;
  private final PreparedLaunch launch;
  private final Bindings bindings;
  private final Knowledge knowledge;
  private final List<String> notes = new ArrayList<>();
  private int compileFailures;

  private Assigner(Engine engine, PreparedLaunch launch, Bindings bindings) {
    this.engine = engine;
    this.launch = launch;
    this.bindings = bindings;
    this.knowledge = new Knowledge(engine.corrections());
  }

  /** The plan for a launch: the last one where that still holds. */
  static Assignment assign(Engine engine, PreparedLaunch launch, Bindings bindings) {
    Assignment present = launch.assignment(engine.epoch());
    if (present != null) {
      return corrected(launch, present);
    }
    Assignment made = new Assigner(engine, launch, bindings).make();
    Plan plan = made.plan();
    // where devices have memory of their own, a plan depends on what they hold; and one that is
    // expected to lose is a trial
    boolean lasting =
        made.parts().stream().allMatch(part -> part.view().sharesHostMemory())
            && plan.nanos() <= plan.bestNanos()
            && !plan.passing();
    launch.assign(lasting ? made : null);
    return made;
  }

  /** The plan with what its device's last runs have taken, where that is something else. */
  private static Assignment corrected(PreparedLaunch launch, Assignment present) {
    int single = present.single();
    if (single < 0) {
      return present;
    }
    Assignment.Part part = present.parts().get(single);
    Recent recent = launch.recents().of(part.view(), part.code().tier());
    double factor = recent == null ? part.factor() : Math.exp(recent.mean());
    if (Math.abs(factor / part.factor() - 1) < LEAST_CHANGE) {
      return present;
    }
    double unitNanos = part.itemNanos() * launch.items() / launch.units();
    Assignment corrected =
        present.with(
            single, part.with(factor, part.alone().plus(unitNanos * (factor - part.factor()))));
    launch.assign(corrected);
    return corrected;
  }

  private Assignment make() {
    int epoch = engine.epoch();
    List<Selection.Selected> able = able();
    List<Assignment.Part> parts = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Selection.Selected selected : able) {
      Assignment.Part part = part(selected.view());
      parts.add(part);
      candidates.add(candidate(part, selected.group()));
    }
    Policy policy = policy(able, candidates);
    Plan plan =
        Planner.plan(
            candidates,
            launch.units(),
            launch.splittable(),
            policy,
            launch.code().effort().budgetNanos());
    notes.addAll(plan.notes());
    noteSharedChips(parts, plan);
    return new Assignment(plan, parts, policy != Policy.FASTEST, epoch, notes);
  }

  private List<Selection.Selected> able() {
    List<Selection.Selected> able = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Selection.Selected selected : Selection.of(launch.options().devices(), engine.views())) {
      Optional<String> refusal = refusal(selected.view());
      if (refusal.isPresent()) {
        reasons.add(selected.view().id() + " is left out: " + refusal.get());
      } else {
        able.add(selected);
      }
    }
    if (able.isEmpty()) {
      throw new RunException(
          compileFailures > 0 ? RunException.Kind.COMPILE : RunException.Kind.NO_SUCH_DEVICE,
          "no selected device can run " + launch.code().name() + "; " + String.join("; ", reasons));
    }
    notes.addAll(reasons);
    return able;
  }

  private Optional<String> refusal(DeviceView view) {
    DeviceInfo info = view.info();
    if (view.lost().isPresent()) {
      return Optional.of("it was given up (" + view.lost().get() + ")");
    }
    if (launch.options().math() == MathMode.REPRODUCIBLE && !info.reproducible().isEmpty()) {
      return Optional.of(
          "its arithmetic does not follow the rules ("
              + info.reproducible()
              + "); --math fast admits it");
    }
    if (launch.code().usesDouble() && !info.supportsDouble()) {
      return Optional.of("it has no double precision, which the kernel uses");
    }
    long[] local = launch.sizes().local();
    long groupSize = local[0] * local[1] * local[2];
    if (launch.code().groupsVisible() && groupSize > info.maxWorkGroupSize()) {
      return Optional.of(
          "work-groups of " + groupSize + " are too large, it takes " + info.maxWorkGroupSize());
    }
    long localBytes = localBytes();
    if (localBytes > info.localMemoryBytes()) {
      return Optional.of(
          "a work-group needs %,d bytes of local memory, it has %,d"
              .formatted(localBytes, info.localMemoryBytes()));
    }
    DeviceException failure = code(view).failure();
    if (failure != null) {
      compileFailures++;
      return Optional.of(failure.getMessage());
    }
    return Footprint.refusal(launch, view);
  }

  private long localBytes() {
    long bytes = launch.code().localBytes();
    for (int i = 0; i < launch.parameters(); i++) {
      if (launch.code().kind(i) == KernelCode.Kind.LOCAL) {
        bytes += bindings.bits()[i];
      }
    }
    return bytes;
  }

  private Compiled code(DeviceView view) {
    CompileOptions options = launch.options().compileOptions();
    return engine.compiled(
        launch.variant(),
        view,
        view.sharesArrays() ? options.withArrays(launch.arrays()) : options);
  }

  private Assignment.Part part(DeviceView view) {
    Compiled code = code(view);
    CostModel.Transfers transfers = transfers(view);
    String tier = view.absent() ? code.warmTier() : code.tier();
    return new Assignment.Part(
        view,
        code,
        cost(view, tier, transfers, false),
        cost(view, tier, transfers, true).after(privateNanos(view)),
        knowledge.of(launch, view, tier, false).factor(),
        CostModel.nanosPerItem(view.profile(), launch.facts().work(), launch.items()),
        Footprint.most(launch, view));
  }

  /** Devices that reduce together work on private copies: filled before, combined after. */
  private double privateNanos(DeviceView view) {
    double bytes = 0;
    for (int i = 0; i < launch.parameters(); i++) {
      BufferUse use = launch.use(i);
      ManagedBuffer buffer = bindings.buffers()[i];
      if (use != null && buffer != null && use.writing() == BufferUse.Writing.REDUCED) {
        bytes += PRIVATE_PASSES * buffer.bytes();
      }
    }
    return bytes * 1e9 / view.profile().memoryBytes();
  }

  /** What the planner is told: the code may have to be compiled first. */
  private Candidate candidate(Assignment.Part part, String group) {
    boolean there = part.code().ready() || part.view().absent();
    double compile = there ? 0 : knowledge.compileNanos(launch, part.view());
    String tier = part.view().absent() ? part.code().warmTier() : part.code().tier();
    return new Candidate(
        part.view().id(),
        group,
        part.alone().after(compile),
        part.together().after(compile),
        undisturbed(part, tier).after(compile),
        undisturbed(part, part.code().warmTier()),
        launch.recents().unseenRuns(part.view()),
        compile);
  }

  private ViewCost cost(
      DeviceView view, String tier, CostModel.Transfers transfers, boolean together) {
    return cost(view, transfers, knowledge.of(launch, view, tier, together));
  }

  private ViewCost undisturbed(Assignment.Part part, String tier) {
    DeviceView view = part.view();
    return cost(view, transfers(view), knowledge.undisturbed(launch, view, tier));
  }

  private ViewCost cost(DeviceView view, CostModel.Transfers transfers, Correction correction) {
    return CostModel.cost(
        view.profile(),
        launch.facts().work(),
        launch.items(),
        launch.units(),
        transfers,
        correction,
        Long.MAX_VALUE);
  }

  private CostModel.Transfers transfers(DeviceView view) {
    double fixed = 0;
    int copies = 0;
    double in = 0;
    double out = 0;
    for (int i = 0; i < launch.parameters(); i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      BufferUse use = launch.use(i);
      if (buffer == null || use == null || (buffer.sharedWith(view) && buffer.validAt(view))) {
        continue;
      }
      long missing = 0;
      for (ByteRange range : use.reads(launch.item(0), launch.item(launch.units()))) {
        missing += buffer.missingBytes(view, range.start(), range.end());
      }
      copies += missing > 0 ? 1 : 0;
      if (use.reading() == BufferUse.Reading.WHOLE) {
        fixed += missing;
      } else {
        in += missing;
      }
      if (use.writing() != BufferUse.Writing.NONE) {
        for (ByteRange range : use.writes(launch.item(0), launch.item(launch.units()))) {
          out += range.bytes();
        }
      }
    }
    return new CostModel.Transfers(fixed, copies, in / launch.units(), out / launch.units());
  }

  private Policy policy(List<Selection.Selected> able, List<Candidate> candidates) {
    if (Selection.single(launch.options().devices())) {
      return Policy.SINGLE;
    }
    return switch (launch.options().split()) {
      case SplitPolicy.Auto auto -> Policy.FASTEST;
      case SplitPolicy.None none -> Policy.SINGLE;
      case SplitPolicy.Even even -> even(candidates);
      case SplitPolicy.Shares shares -> byHand(able, shares.shares());
    };
  }

  /** Equal weights for the fastest view of each chip. */
  private Policy even(List<Candidate> candidates) {
    if (!launch.splittable()) {
      notes.add("not split: " + String.join("; ", launch.report().reasons()));
      return Policy.SINGLE;
    }
    List<Double> weights = new ArrayList<>();
    for (Candidate candidate : candidates) {
      weights.add(fastestOfGroup(candidate, candidates) ? 1.0 : 0.0);
    }
    return new Policy.Weights(weights);
  }

  private boolean fastestOfGroup(Candidate candidate, List<Candidate> candidates) {
    Candidate fastest = candidate;
    for (Candidate other : candidates) {
      boolean faster = other.alone().nanos(launch.units()) < fastest.alone().nanos(launch.units());
      if (other.group().equals(candidate.group()) && faster) {
        fastest = other;
      }
    }
    return fastest == candidate;
  }

  private Policy byHand(List<Selection.Selected> able, Map<String, Double> shares) {
    double[] weights = new double[able.size()];
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      List<DeviceView> named = Selection.matching(share.getKey(), engine.views());
      List<Integer> there = new ArrayList<>();
      for (int i = 0; i < able.size(); i++) {
        if (named.contains(able.get(i).view())) {
          there.add(i);
        }
      }
      if (there.isEmpty() && share.getValue() > 0) {
        throw RunException.usage(
            "the device "
                + share.getKey()
                + " has a share, but can't take part"
                + (notes.isEmpty() ? "" : ": " + String.join("; ", notes)));
      }
      there.forEach(i -> weights[i] += share.getValue() / there.size());
    }
    List<Double> list = java.util.Arrays.stream(weights).boxed().toList();
    long parts = list.stream().filter(weight -> weight > 0).count();
    if (parts > 1 && !launch.splittable()) {
      throw RunException.usage(
          launch.code().name()
              + " can't be split: "
              + String.join("; ", launch.report().reasons()));
    }
    return new Policy.Weights(list);
  }

  private void noteSharedChips(List<Assignment.Part> parts, Plan plan) {
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        DeviceView first = parts.get(i).view();
        DeviceView second = parts.get(j).view();
        if (plan.units().get(i) > 0
            && plan.units().get(j) > 0
            && first.info().silicon().equals(second.info().silicon())) {
          notes.add(
              first.id() + " and " + second.id() + " are one chip; both run, as they were named");
        }
      }
    }
  }
}
