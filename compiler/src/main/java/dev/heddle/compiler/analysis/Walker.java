package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.LoopPlanner.Motion;
import dev.heddle.compiler.analysis.LoopPlanner.Plan;
import dev.heddle.compiler.analysis.LoopPlanner.Track;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a kernel in the order of execution, with all that is known of a launch, and notes
 * every access. Loops are walked over until the ranges of their parameters hold for all trips; only
 * the last walk is noted.
 */
final class Walker {
  private static final double GUESSED_TRIPS = 16;
  private static final int UNCERTAIN_WALKS = 4;

  /** A loop around the place of the walk. */
  private static final class Frame {
    final int label;
    final Interval[] next;
    final Interval[] results;
    final @Nullable Form[] resultForms;
    boolean left;

    Frame(Op.Loop loop) {
      label = loop.label();
      next = new Interval[loop.initial().size()];
      Arrays.fill(next, Interval.EMPTY);
      results = new Interval[loop.results().size()];
      Arrays.fill(results, Interval.EMPTY);
      resultForms = new Form[results.length];
    }
  }

  private final Structure structure;
  private final Context context = new Context();
  private final Terms terms;
  private final Values values;
  private final Conditions conditions;
  private final LoopPlanner planner;
  private final FaultSites sites;
  private final WorkCounter work = new WorkCounter();

  private final List<Touch> touches = new ArrayList<>();
  private final BitSet proven = new BitSet();
  private final Set<Integer> finite = new HashSet<>();
  private final Set<Integer> endless = new HashSet<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final List<Integer> counters = new ArrayList<>();

  /** Writes in arms that leave the region: what follows may write the same. */
  private List<Open> open = new ArrayList<>();

  private int accesses;
  private int provenAccesses;

  private boolean recording = true;
  private boolean reached = true;

  /** How many conditions on the way here are not mirrored by the ranges of the terms. */
  private int doubts;

  private double weight = 1;

  Walker(Function kernel, LaunchShape shape) {
    structure = new Structure(kernel, shape);
    terms = new Terms(shape, context);
    values = new Values(terms, context, structure);
    conditions = new Conditions(values, context, structure);
    planner = new LoopPlanner(terms, values, context, conditions, structure);
    sites = new FaultSites(kernel);
    for (int i = 0; i < kernel.parameters().size(); i++) {
      bind(kernel.parameters().get(i), shape.arguments().get(i));
    }
    walk(kernel.body());
  }

  List<Touch> touches() {
    return touches;
  }

  BitSet proven() {
    return proven;
  }

  int accesses() {
    return accesses;
  }

  int provenAccesses() {
    return provenAccesses;
  }

  FiniteLoops loops() {
    return new FiniteLoops(finite, endless.isEmpty());
  }

  WorkCounter work() {
    return work;
  }

  Terms terms() {
    return terms;
  }

  /** Which terms work-items of one work-group share. */
  SharedTerms sharedTerms(Uniformity ofGroup) {
    return new SharedTerms(ofGroup, structure, values);
  }

  private void bind(Parameter parameter, LaunchShape.Argument argument) {
    switch (parameter) {
      case Parameter.Pointer pointer -> values.set(pointer.offset(), Form.ZERO);
      case Parameter.Scalar scalar -> {
        if (!Values.tracked(scalar.value().type())) {
          return;
        }
        Form form =
            argument instanceof LaunchShape.Argument.Scalar known
                ? Values.constant(scalar.value().type(), known.bits())
                : values.opaque(scalar.value().type(), Term.Origin.UNKNOWN, false, scalar.name());
        values.set(scalar.value(), form);
      }
    }
  }

  private void walk(Region region) {
    List<Open> outer = open;
    open = new ArrayList<>();
    steps(region);
    open.forEach(left -> settle(left.splits(), left.from(), touches.size()));
    open = outer;
  }

  private void steps(Region region) {
    for (Op op : region.ops()) {
      if (!reached) {
        skip(op);
        continue;
      }
      switch (op) {
        case Op.If branch -> walk(branch);
        case Op.Loop loop -> walk(loop);
        default -> step(op);
      }
    }
    if (reached) {
      finish(region.terminator());
    }
  }

  private void finish(Terminator end) {
    switch (end) {
      case Terminator.Break out -> leave(out);
      case Terminator.Continue next -> {
        Frame frame = frame(next.label());
        for (int i = 0; i < frame.next.length; i++) {
          frame.next[i] = frame.next[i].hull(range(next.values().get(i)));
        }
      }
      case Terminator.Yield yield -> {}
      case Terminator.Return stop -> {}
    }
  }

  private void leave(Terminator.Break out) {
    Frame frame = frame(out.label());
    for (int i = 0; i < frame.results.length; i++) {
      Value value = out.values().get(i);
      frame.results[i] = frame.results[i].hull(range(value));
      Form form = Values.tracked(value.type()) ? values.form(value) : null;
      boolean same = !frame.left || (form != null && form.equals(frame.resultForms[i]));
      frame.resultForms[i] = same ? form : null;
    }
    frame.left = true;
  }

  private Frame frame(int label) {
    for (Frame frame : frames) {
      if (frame.label == label) {
        return frame;
      }
    }
    throw new IllegalStateException("no loop " + label + " around");
  }

  private Interval range(Value value) {
    return Values.tracked(value.type()) ? values.range(value) : Interval.EMPTY;
  }

  /** An op that is never reached in this launch: nothing in it can go wrong. */
  private void skip(Op op) {
    if (!recording) {
      return;
    }
    if (FaultSites.mayFault(op)) {
      proven.set(sites.number(op));
    }
    if (touched(op) != null) {
      accesses++;
      provenAccesses++;
    }
    if (op instanceof Op.Loop loop) {
      finite.add(loop.label());
    }
    Regions.of(op).forEach(region -> region.ops().forEach(this::skip));
  }

  private static @Nullable Access touched(Op op) {
    return switch (op) {
      case Op.Load load -> load.access();
      case Op.Store store -> store.access();
      case Op.Atomic atomic -> atomic.access();
      default -> null;
    };
  }

  private void step(Op op) {
    values.evaluate(op);
    if (!recording) {
      return;
    }
    work.count(op, weight);
    switch (op) {
      case Op.Load load -> note(op, Touch.Kind.READ, load.access(), null, true);
      case Op.Store store -> note(op, Touch.Kind.WRITE, store.access(), null, true);
      case Op.Atomic atomic ->
          note(
              op, Touch.Kind.ATOMIC, atomic.access(), atomic.op(), structure.used(atomic.result()));
      case Op.Binary binary when binary.op().divides() -> {
        Interval divisor = values.range(binary.right());
        if (divisor.lo() > 0 || divisor.hi() < 0) {
          proven.set(sites.number(op));
        }
      }
      default -> {}
    }
  }

  private void note(
      Op op, Touch.Kind kind, Access access, @Nullable AtomicOp atomic, boolean resultUsed) {
    Form found = values.form(access.offset());
    boolean safe = inRange(access, found);
    // ids that follow from each other may not stand side by side: a box takes them as independent
    Form offset = terms.independent(found);
    accesses++;
    if (safe) {
      provenAccesses++;
      if (access.guard() == Access.Guard.CHECKED) {
        proven.set(sites.number(op));
      }
    }
    Touch touch =
        new Touch(
            kind,
            op,
            access,
            offset,
            Box.of(offset, context, terms.ids()),
            context.facts(),
            executedForAll(offset) ? doubts : Touch.NEVER,
            safe,
            atomic,
            resultUsed,
            weight);
    touches.add(touch);
    work.count(touch);
  }

  private boolean inRange(Access access, Form offset) {
    long size = structure.bytes(access.root());
    return size != LaunchShape.UNKNOWN
        && context.range(offset).within(0, size - access.bytes())
        && offset.multipleOf(access.alignment());
  }

  /** Whether the terms of the offset take all values of their ranges together, here. */
  private boolean executedForAll(Form offset) {
    for (Term term : offset.terms) {
      if (!steady(term) || (term.isDerived() && !aloneIn(offset, term))) {
        return false;
      }
    }
    for (int d = 0; d < terms.shape().dimensions(); d++) {
      if (!idsFree(d, offset)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part of a division of an id meets nothing else of that id but the other part. */
  private boolean aloneIn(Form offset, Term part) {
    Term id = part.operands.getFirst().terms[0];
    List<Term> parts = terms.parts(part);
    for (Term term : offset.terms) {
      if (term == id || (Terms.isPartOf(term, id) && !parts.contains(term))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a term takes all values of its range, independently of others. */
  private boolean steady(Term term) {
    return switch (term.kind) {
      case GLOBAL_ID, LOCAL_ID, GROUP_ID -> true;
      case COUNTER -> counters.contains(term.number);
      // quotient and remainder of one id go together; the footprint sees to that
      case QUOTIENT, REMAINDER -> term.operands.getFirst().isGlobalId();
      case MINIMUM, MAXIMUM, PRODUCT, CHOICE, OPAQUE -> false;
    };
  }

  /** Whether what is known of one dimension's ids is no more than ranges of those in the offset. */
  private boolean idsFree(int d, Form offset) {
    boolean global = cut(terms.global(d));
    boolean local = cut(terms.local(d));
    boolean group = cut(terms.group(d));
    boolean byGroups = offset.contains(terms.local(d)) || offset.contains(terms.group(d));
    if (!byGroups && !local && !group) {
      return true;
    }
    if (global || offset.contains(terms.global(d)) || !terms.knownGroups(d)) {
      return false;
    }
    // the last work-group may lack the higher local ids
    return context.own(terms.local(d)).hi() < terms.smallestGroup(d);
  }

  private boolean cut(Term term) {
    return !context.own(term).equals(term.range);
  }

  private void walk(Op.If branch) {
    Form condition = values.form(branch.condition());
    if (condition.isConstant()) {
      boolean truth = condition.constant != 0;
      (truth ? branch.elseRegion() : branch.thenRegion()).ops().forEach(this::skip);
      Region arm = truth ? branch.thenRegion() : branch.elseRegion();
      walk(arm);
      if (reached && arm.terminator() instanceof Terminator.Yield yield) {
        take(branch.results(), yield.values());
      } else {
        reached = false;
      }
      return;
    }
    int start = touches.size();
    Arm first = walk(branch, true);
    int middle = touches.size();
    Arm second = walk(branch, false);
    int end = touches.size();
    List<Split> upper = split(branch, true, start, middle, first, second);
    List<Split> lower = split(branch, false, middle, end, second, first);
    settle(upper, middle, end);
    settle(lower, start, middle);
    if (first.yields() != second.yields()) {
      // what follows belongs to the arm that yields
      Open left = new Open(first.yields() ? lower : upper, end);
      open.add(left);
    }
    if (first.yields() && second.yields()) {
      doubts += Structure.leaves(branch) ? 1 : 0;
      for (int i = 0; i < branch.results().size(); i++) {
        merge(branch, i, first.values().get(i), second.values().get(i), first, second);
      }
    } else if (first.yields() || second.yields()) {
      goOn(branch, first.yields() ? first : second, first.yields());
    } else {
      reached = false;
    }
  }

  /**
   * A write in one arm of a branch, which is made up for if the other arm, or what follows it,
   * writes the same.
   *
   * @param touch index of the write
   * @param doubts its doubts without that of the condition
   * @param counterpart the doubts of a write that makes up for it
   * @param box what it covers if all who take the arm execute it
   * @param others what the other write has to cover
   */
  private record Split(int touch, int doubts, int counterpart, Box box, Box others) {}

  /** Splits of an arm that leaves, to be settled by the accesses from that one on. */
  private record Open(List<Split> splits, int from) {}

  private List<Split> split(Op.If branch, boolean truth, int from, int to, Arm arm, Arm other) {
    List<Split> splits = new ArrayList<>();
    if (arm.precise()) {
      return splits;
    }
    for (int i = from; i < to; i++) {
      Touch touch = touches.get(i);
      if (touch.kind() == Touch.Kind.WRITE && touch.doubts() == doubts + 1) {
        Box box = boxWhere(branch, truth, touch.offset());
        Box others = boxWhere(branch, !truth, touch.offset());
        splits.add(new Split(i, doubts, doubts + (other.precise() ? 0 : 1), box, others));
      }
    }
    return splits;
  }

  private Box boxWhere(Op.If branch, boolean truth, Form offset) {
    Context.Mark mark = context.mark();
    conditions.assume(conditions.conclude(branch.condition(), truth));
    Box box = Box.of(offset, context, terms.ids());
    context.reset(mark);
    return box;
  }

  /** Looks for the counterparts of writes among the accesses of that range. */
  private void settle(List<Split> splits, int from, int to) {
    for (Split split : splits) {
      Touch touch = touches.get(split.touch());
      for (int i = from; i < to; i++) {
        Touch other = touches.get(i);
        boolean fits =
            touch.doubts() == split.doubts() + 1
                && other.doubts() == split.counterpart()
                && other.writesAs(touch)
                && split.box().within(touch.box())
                && split.others().within(other.box());
        if (fits) {
          touch = touch.withDoubts(split.doubts());
          touches.set(split.touch(), touch);
          touches.set(i, other.withDoubts(split.doubts()));
        }
      }
    }
  }

  /**
   * One arm of a branch, walked over.
   *
   * @param yields whether control goes on behind the branch
   * @param ranges the ranges of the values at the end of the arm
   * @param share which part of the work-items take it
   */
  private record Arm(
      boolean yields, List<Value> values, List<Interval> ranges, double share, boolean precise) {}

  private Arm walk(Op.If branch, boolean truth) {
    Region region = truth ? branch.thenRegion() : branch.elseRegion();
    Context.Mark mark = context.mark();
    int doubtsBefore = doubts;
    double weightBefore = weight;
    Conditions.Conclusion conclusion = conditions.conclude(branch.condition(), truth);
    boolean precise = conditions.precise(conclusion) && aboutThis(conclusion);
    double share = share(conclusion, precise, branch, truth);
    doubts += precise ? 0 : 1;
    weight *= share;
    if (share < 0) {
      weight = 0;
      region.ops().forEach(this::skip);
      context.reset(mark);
      doubts = doubtsBefore;
      weight = weightBefore;
      return new Arm(false, List.of(), List.of(), 0, precise);
    }
    walk(region);
    boolean yields = reached && region.terminator() instanceof Terminator.Yield;
    List<Value> yielded = yields ? region.terminator().values() : List.of();
    List<Interval> ranges = yielded.stream().map(this::range).toList();
    reached = true;
    context.reset(mark);
    doubts = doubtsBefore;
    weight = weightBefore;
    return new Arm(yields, yielded, ranges, share, precise);
  }

  /** Whether all counters are those of loops around this place. */
  private boolean aboutThis(Conditions.Conclusion conclusion) {
    for (Conditions.Relation relation : conclusion.relations()) {
      for (Term term : relation.form().terms) {
        if (!steady(term)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Assumes the condition and says which part of the work-items it holds for; -1 for none. */
  private double share(
      Conditions.Conclusion conclusion, boolean precise, Op.If branch, boolean truth) {
    List<Term> cut = new ArrayList<>();
    double before = 1;
    for (Conditions.Relation relation : conclusion.relations()) {
      for (Term term : relation.form().terms) {
        if (!cut.contains(term)) {
          cut.add(term);
          before *= context.range(term).count();
        }
      }
    }
    if (!conditions.assume(conclusion)) {
      return -1;
    }
    if (precise) {
      double after = 1;
      for (Term term : cut) {
        after *= context.range(term).count();
      }
      return Math.min(1, after / before);
    }
    Region region = truth ? branch.thenRegion() : branch.elseRegion();
    Region other = truth ? branch.elseRegion() : branch.thenRegion();
    boolean yields = !out(region);
    boolean otherYields = !out(other);
    if (recording) {
      work.guess();
    }
    if (yields != otherYields && !frames.isEmpty()) {
      return yields ? 1 : 0;
    }
    return 0.5;
  }

  private static boolean out(Region region) {
    return region.terminator() instanceof Terminator.Break
        || region.terminator() instanceof Terminator.Return;
  }

  /** Control goes on behind a branch only from one arm: its condition holds from there on. */
  private void goOn(Op.If branch, Arm arm, boolean truth) {
    Region region = truth ? branch.thenRegion() : branch.elseRegion();
    Conditions.Conclusion conclusion = conditions.conclude(branch.condition(), truth);
    doubts += arm.precise() && !Structure.leavesEarly(region) ? 0 : 1;
    weight *= arm.share();
    reached = conditions.assume(conclusion);
    take(branch.results(), arm.values());
  }

  private void take(List<Value> results, List<Value> from) {
    for (int i = 0; i < results.size(); i++) {
      if (Values.tracked(results.get(i).type())) {
        values.set(results.get(i), values.form(from.get(i)));
      }
    }
  }

  private void merge(Op.If branch, int i, Value a, Value b, Arm first, Arm second) {
    Value result = branch.results().get(i);
    if (Values.tracked(result.type())) {
      Interval range = first.ranges().get(i).hull(second.ranges().get(i));
      values.set(result, values.joined(branch.condition(), a, b, range));
    }
  }

  private void walk(Op.Loop loop) {
    if (structure.ways(loop).continues.isEmpty()) {
      walkBlock(loop);
    } else {
      walkTrips(loop);
    }
  }

  /** A loop that never continues is a block to break out of. */
  private void walkBlock(Op.Loop loop) {
    Frame frame = new Frame(loop);
    take(loop.body().parameters(), loop.initial());
    int doubtsBefore = doubts;
    double weightBefore = weight;
    body(loop, frame);
    doubts = doubtsBefore + (Structure.leaves(loop) ? 1 : 0);
    weight = weightBefore;
    if (recording) {
      finite.add(loop.label());
    }
    finish(loop, frame);
  }

  private void body(Op.Loop loop, Frame frame) {
    Context.Mark mark = context.mark();
    frames.push(frame);
    walk(loop.body());
    frames.pop();
    context.reset(mark);
  }

  private void finish(Op.Loop loop, Frame frame) {
    reached = frame.left;
    for (int i = 0; i < loop.results().size(); i++) {
      Value result = loop.results().get(i);
      if (!Values.tracked(result.type())) {
        continue;
      }
      Form form = frame.resultForms[i];
      values.set(result, form != null ? form : values.loopResult(frame.results[i]));
    }
  }

  private void walkTrips(Op.Loop loop) {
    Plan plan = planner.plan(loop);
    boolean recordingBefore = recording;
    int doubtsBefore = doubts;
    double weightBefore = weight;
    Interval[] ranges = settledRanges(loop, plan);
    if (recording) {
      (plan.finite() ? finite : endless).add(loop.label());
      if (!plan.exact()) {
        work.guess();
      }
    }
    doubts += plan.exact() ? 0 : 1;
    weight *= plan.finite() ? Math.max(plan.average(), 0) : GUESSED_TRIPS;
    counters.add(loop.label());
    Frame frame = trip(loop, plan, ranges);
    counters.removeLast();
    recording = recordingBefore;
    doubts = doubtsBefore + (Structure.leaves(loop) ? 1 : 0);
    weight = weightBefore;
    finish(loop, frame);
  }

  /** Walks over one trip that stands for all, given the ranges of the irregular parameters. */
  private Frame trip(Op.Loop loop, Plan plan, Interval[] ranges) {
    Frame frame = new Frame(loop);
    Context.Mark mark = context.mark();
    long most = plan.finite() ? plan.trips() : Long.MAX_VALUE >> 2;
    Term counter = terms.counter(loop.label(), new Interval(0, most));
    for (int i = 0; i < ranges.length; i++) {
      Value parameter = loop.body().parameters().get(i);
      if (Values.tracked(parameter.type())) {
        Form form = regular(plan, i, counter, parameter);
        values.set(parameter, form != null ? form : values.loopResult(ranges[i]));
      }
    }
    body(loop, frame);
    context.reset(mark);
    return frame;
  }

  /** The form of a parameter that moves in a known way; null if only its range is known. */
  private @Nullable Form regular(Plan plan, int i, Term counter, Value parameter) {
    Track track = plan.tracks()[i];
    if (track.motion() == Motion.FIXED) {
      return track.initial();
    }
    if (track.motion() != Motion.LINEAR || !plan.finite()) {
      return null;
    }
    Form form = LoopPlanner.linear(track, counter);
    if (form == null) {
      return null;
    }
    Interval limit = plan.limits()[i];
    if (limit != null) {
      return context.assume(form, limit) ? form : null;
    }
    return context.range(form).fits(parameter.type()) ? form : null;
  }

  /** The ranges of the parameters over all trips, found by walking until they hold. */
  private Interval[] settledRanges(Op.Loop loop, Plan plan) {
    Interval[] ranges = new Interval[loop.initial().size()];
    boolean uncertain = false;
    for (int i = 0; i < ranges.length; i++) {
      Value parameter = loop.body().parameters().get(i);
      if (!Values.tracked(parameter.type())) {
        ranges[i] = Interval.EMPTY;
        continue;
      }
      Track track = plan.tracks()[i];
      Interval limit = plan.limits()[i];
      boolean open = track.motion() == Motion.ANY && parameter.type().isInteger();
      ranges[i] =
          limit != null
              ? limit
              : open ? values.range(loop.initial().get(i)) : widest(track, parameter);
      uncertain |= open;
    }
    return uncertain ? iterate(loop, plan, ranges) : ranges;
  }

  private static Interval widest(Track track, Value parameter) {
    return track.motion() == Motion.SHRINKING ? track.bounds() : Interval.of(parameter.type());
  }

  private Interval[] iterate(Op.Loop loop, Plan plan, Interval[] start) {
    boolean recordingBefore = recording;
    if (!recordingBefore) {
      // inside another such loop: one walk must do
      return widened(loop, plan, start, start, UNCERTAIN_WALKS);
    }
    recording = false;
    Interval[] ranges = start;
    for (int walk = 0; walk <= UNCERTAIN_WALKS; walk++) {
      Interval[] next = tried(loop, plan, ranges);
      if (settled(plan, ranges, next)) {
        Interval[] narrowed = narrowed(plan, start, ranges, next);
        boolean holds =
            Arrays.equals(narrowed, ranges) || settled(plan, narrowed, tried(loop, plan, narrowed));
        recording = true;
        return holds ? narrowed : ranges;
      }
      ranges = widened(loop, plan, ranges, next, walk);
    }
    recording = true;
    return widened(loop, plan, ranges, ranges, UNCERTAIN_WALKS);
  }

  /** Walks over a trip without noting anything; the ranges that it hands to the next one. */
  private Interval[] tried(Op.Loop loop, Plan plan, Interval[] ranges) {
    int doubtsBefore = doubts;
    double weightBefore = weight;
    Interval[] next = trip(loop, plan, ranges).next;
    doubts = doubtsBefore;
    weight = weightBefore;
    reached = true;
    return next;
  }

  private static boolean settled(Plan plan, Interval[] ranges, Interval[] next) {
    for (int i = 0; i < ranges.length; i++) {
      if (plan.tracks()[i].motion() == Motion.ANY
          && !next[i].empty()
          && !next[i].within(ranges[i])) {
        return false;
      }
    }
    return true;
  }

  /** What arrives again and again, in place of what was allowed for. */
  private static Interval[] narrowed(
      Plan plan, Interval[] start, Interval[] ranges, Interval[] next) {
    Interval[] result = ranges.clone();
    for (int i = 0; i < ranges.length; i++) {
      if (plan.tracks()[i].motion() == Motion.ANY) {
        result[i] = start[i].hull(next[i]).intersect(ranges[i]);
      }
    }
    return result;
  }

  /** Wider ranges for the next walk: first what was seen, then half of all numbers, then all. */
  private static Interval[] widened(
      Op.Loop loop, Plan plan, Interval[] ranges, Interval[] next, int walk) {
    Interval[] result = ranges.clone();
    for (int i = 0; i < ranges.length; i++) {
      Value parameter = loop.body().parameters().get(i);
      if (plan.tracks()[i].motion() != Motion.ANY || !parameter.type().isInteger()) {
        continue;
      }
      Interval seen = ranges[i].hull(next[i]);
      Interval all = Interval.of(parameter.type());
      boolean grew = seen.hi() > ranges[i].hi();
      boolean sank = seen.lo() < ranges[i].lo();
      result[i] =
          switch (walk) {
            case 0 -> seen;
            case 1, 2 ->
                new Interval(
                    sank ? (seen.lo() >= 0 ? 0 : all.lo()) : seen.lo(),
                    grew ? (seen.hi() < 0 ? 0 : all.hi()) : seen.hi());
            default -> all;
          };
    }
    return result;
  }
}
