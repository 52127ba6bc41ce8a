package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Conditions.Relation;
import dev.heddle.compiler.analysis.Structure.LoopWays;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds how often a loop runs at most and how its parameters move. A parameter that grows by a
 * constant is {@code initial + step * counter}, if it is proven not to wrap before the loop is
 * left.
 */
final class LoopPlanner {
  static final long UNBOUNDED = Long.MAX_VALUE;

  /** How a parameter changes from trip to trip. */
  enum Motion {
    /** Stays as it was. */
    FIXED,
    /** Grows by a constant. */
    LINEAR,
    /** Is multiplied by a constant above 1. */
    GROWING,
    /** Is divided by a constant above 1. */
    SHRINKING,
    ANY
  }

  /**
   * One parameter of a loop.
   *
   * @param amount step or factor
   * @param initial its form before the first trip
   * @param bounds its values on every trip
   */
  record Track(Motion motion, long amount, Form initial, Interval bounds) {}

  /**
   * What is known of a loop.
   *
   * @param trips continues at most, {@link #UNBOUNDED} if not known; the body starts once more
   * @param exact whether every work-item continues exactly so often
   * @param average continues on average, a guess where not exact
   * @param limits for each parameter the range that its values are proven to keep, or null
   */
  record Plan(
      Track[] tracks, long trips, boolean exact, double average, @Nullable Interval[] limits) {
    boolean finite() {
      return trips != UNBOUNDED;
    }
  }

  private static final int MARGIN = 1 << 16;

  private final Terms terms;
  private final Values values;
  private final Context context;
  private final Conditions conditions;
  private final Structure structure;

  LoopPlanner(
      Terms terms, Values values, Context context, Conditions conditions, Structure structure) {
    this.terms = terms;
    this.values = values;
    this.context = context;
    this.conditions = conditions;
    this.structure = structure;
  }

  /** Sees the exits on the way that every trip takes. */
  private interface ExitVisitor {
    void exit(Value condition, boolean stay);
  }

  Plan plan(Op.Loop loop) {
    return new Search(loop).find();
  }

  /** The search for the bound of one loop. */
  private final class Search {
    private final Op.Loop loop;
    private final LoopWays ways;
    private final Track[] tracks;
    private final @Nullable Interval[] limits;
    private long trips = UNBOUNDED;
    private double average;
    private boolean exact;

    Search(Op.Loop loop) {
      this.loop = loop;
      this.ways = structure.ways(loop);
      int count = loop.initial().size();
      tracks = new Track[count];
      limits = new Interval[count];
      for (int i = 0; i < count; i++) {
        tracks[i] = track(i);
      }
    }

    Plan find() {
      for (int i = 0; i < tracks.length; i++) {
        switch (tracks[i].motion()) {
          case LINEAR, GROWING, SHRINKING -> boundParameter(i);
          case FIXED, ANY -> {}
        }
      }
      if (trips == UNBOUNDED) {
        boundByRange();
      }
      return new Plan(tracks, trips, exact, average, limits);
    }

    private Track track(int i) {
      Value parameter = loop.body().parameters().get(i);
      if (!Values.tracked(parameter.type())) {
        return new Track(Motion.ANY, 0, Form.ZERO, Interval.EMPTY);
      }
      Form initial = values.form(loop.initial().get(i));
      Interval start = context.range(initial);
      Motion motion = null;
      long amount = 0;
      for (List<Value> next : ways.continues) {
        Step step = step(next.get(i), parameter, ways);
        if (motion != null && (motion != step.motion() || amount != step.amount())) {
          return new Track(Motion.ANY, 0, initial, Interval.of(parameter.type()));
        }
        motion = step.motion();
        amount = step.amount();
      }
      Motion found = motion == null ? Motion.FIXED : motion;
      return new Track(found, amount, initial, bounds(found, amount, start, parameter.type()));
    }

    private Interval bounds(Motion motion, long amount, Interval start, Type type) {
      Interval all = Interval.of(type);
      return switch (motion) {
        case FIXED -> start;
        case LINEAR ->
            amount > 0 ? new Interval(start.lo(), all.hi()) : new Interval(all.lo(), start.hi());
        case SHRINKING -> start.lo() >= 0 ? new Interval(0, start.hi()) : all;
        case GROWING -> start.lo() >= 1 ? new Interval(start.lo(), all.hi()) : all;
        case ANY -> all;
      };
    }

    /**
     * Looks for a condition to stay that keeps the parameter from wrapping. That it has not wrapped
     * so far may be taken for granted of this parameter, but of no other.
     */
    private void boundParameter(int i) {
      Context.Mark mark = context.mark();
      for (int other = 0; other < tracks.length; other++) {
        Value parameter = loop.body().parameters().get(other);
        if (tracks[other].motion() == Motion.FIXED) {
          values.set(parameter, tracks[other].initial());
        } else {
          values.forget(parameter, Term.Origin.LOOP, true);
        }
      }
      Term term = terms.opaque(tracks[i].bounds(), Term.Origin.LOOP, true, null);
      values.set(loop.body().parameters().get(i), Form.of(term));
      spine(
          loop.body(),
          (condition, stay) -> {
            Conditions.Conclusion conclusion = conditions.conclude(condition, stay);
            conclusion.relations().forEach(relation -> bound(i, term, relation, conclusion));
            // what holds on this way holds for the conditions that follow
            conditions.assume(conclusion);
          });
      context.reset(mark);
    }

    private void bound(int i, Term term, Relation relation, Conditions.Conclusion conclusion) {
      long coefficient = relation.form().coefficient(term);
      if (coefficient == 0 || relation.nonZero()) {
        return;
      }
      Form others = relation.form().without(term);
      Interval rest = context.range(others);
      Interval stay = Context.divide(relation.range().plus(rest.negate()), coefficient);
      boolean settled =
          ways.exits == 1
              && conclusion.complete()
              && conclusion.relations().size() == 1
              && others.isConstant()
              && tracks[i].initial().isConstant();
      double slack = ((double) rest.hi() - rest.lo()) / 2 / Math.abs((double) coefficient);
      switch (tracks[i].motion()) {
        case LINEAR -> boundLinear(i, stay, slack, settled);
        case SHRINKING -> boundShrinking(i, stay);
        case GROWING -> boundGrowing(i, stay);
        case FIXED, ANY -> {}
      }
    }

    private void boundShrinking(int i, Interval stay) {
      Interval start = context.range(tracks[i].initial());
      if (stay.lo() >= 1 && start.lo() >= 0) {
        take(logarithm(start.hi(), tracks[i].amount()), false);
      }
    }

    private void boundGrowing(int i, Interval stay) {
      Interval start = context.range(tracks[i].initial());
      long next = Interval.multiply(Math.max(stay.hi(), 0), tracks[i].amount());
      if (start.lo() >= 1 && !Interval.infinite(next) && next <= all(i).hi()) {
        limits[i] = new Interval(start.lo(), Math.max(start.hi(), next));
        take(logarithm(Math.max(0, stay.hi()) / start.lo(), tracks[i].amount()), false);
      }
    }

    private Interval all(int i) {
      return Interval.of(loop.body().parameters().get(i).type());
    }

    private void boundLinear(int i, Interval stay, double slack, boolean settled) {
      Interval start = context.range(tracks[i].initial());
      long step = tracks[i].amount();
      boolean up = step > 0;
      long last = up ? stay.hi() : stay.lo();
      long next = Interval.add(last, step);
      long way = up ? Interval.add(last, -start.lo()) : Interval.add(start.hi(), -last);
      if (unknown(stay, up) || unknown(start) || Interval.infinite(way)) {
        return;
      }
      if (Interval.infinite(next) || next > all(i).hi() || next < all(i).lo()) {
        return;
      }
      long most = way < 0 ? 0 : way / Math.abs(step) + 1;
      limits[i] =
          up
              ? new Interval(start.lo(), Math.max(start.hi(), next))
              : new Interval(Math.min(start.lo(), next), start.hi());
      double spread = ((double) start.hi() - start.lo()) / 2;
      if (take(most, settled) && !settled) {
        average = Math.clamp(most - (slack + spread) / Math.abs((double) step), 0, most);
      }
    }

    private static boolean unknown(Interval stay, boolean up) {
      return Interval.infinite(up ? stay.hi() : stay.lo());
    }

    private static boolean unknown(Interval start) {
      return Interval.infinite(start.lo()) || Interval.infinite(start.hi());
    }

    /** Takes a bound if it is the best so far. */
    private boolean take(long most, boolean settled) {
      if (most >= trips) {
        return false;
      }
      trips = most;
      exact = settled;
      average = most;
      return true;
    }

    /** Tries how long each linear parameter runs without wrapping, and whether that is enough. */
    private void boundByRange() {
      for (int i = 0; i < tracks.length && trips == UNBOUNDED; i++) {
        long longest = unwrapped(i);
        if (longest > 0) {
          boundWithin(longest - Math.min(longest / 4, MARGIN));
          if (trips == UNBOUNDED) {
            boundWithin(longest);
          }
        }
      }
    }

    /** For how many continues a parameter does not wrap; 0 if it is not linear. */
    private long unwrapped(int i) {
      if (tracks[i].motion() != Motion.LINEAR) {
        return 0;
      }
      Interval start = context.range(tracks[i].initial());
      if (unknown(start)) {
        return 0;
      }
      long step = tracks[i].amount();
      long room = step > 0 ? distance(start.hi(), all(i).hi()) : distance(all(i).lo(), start.lo());
      return Math.min(room / Math.abs(step), Long.MAX_VALUE >> 2);
    }

    private static long distance(long from, long to) {
      long way = to - from;
      return way < 0 ? Long.MAX_VALUE : way;
    }

    private void boundWithin(long longest) {
      Context.Mark mark = context.mark();
      Term counter = terms.counter(loop.label(), new Interval(0, longest));
      for (int i = 0; i < tracks.length; i++) {
        Value parameter = loop.body().parameters().get(i);
        if (Values.tracked(parameter.type())) {
          Form linear = unwrapped(i) >= longest ? linear(tracks[i], counter) : null;
          Form fallback = tracks[i].motion() == Motion.FIXED ? tracks[i].initial() : null;
          values.set(
              parameter,
              linear != null
                  ? linear
                  : fallback != null
                      ? fallback
                      : values.opaque(parameter.type(), Term.Origin.LOOP, true, null));
        }
      }
      spine(
          loop.body(),
          (condition, stay) ->
              boundCounter(counter, longest, conditions.conclude(condition, stay)));
      context.reset(mark);
    }

    private void boundCounter(Term counter, long longest, Conditions.Conclusion conclusion) {
      boolean settled =
          ways.exits == 1
              && conclusion.complete()
              && conclusion.relations().size() == 1
              && conclusion.relations().getFirst().form().terms.length == 1;
      for (Relation relation : conclusion.relations()) {
        if (relation.nonZero()) {
          long meets = meeting(relation.form(), counter);
          if (meets <= longest && meets >= 0) {
            take(meets, settled);
          }
        }
      }
      Interval before = context.range(counter);
      boolean reached = conditions.assume(conclusion);
      Interval after = context.range(counter);
      if (!reached || after.lo() > before.lo()) {
        take(0, settled);
      } else if (after.hi() < longest) {
        take(after.hi() + 1, settled);
      }
    }

    /** The trip by which {@code form}, which grows by its coefficient of the counter, is 0. */
    private long meeting(Form form, Term counter) {
      long step = form.coefficient(counter);
      Interval rest = context.range(form.without(counter));
      if (Math.abs(step) == 1) {
        Interval zero = step == 1 ? rest.negate() : rest;
        return zero.lo() >= 0 && !Interval.infinite(zero.hi()) ? zero.hi() : -1;
      }
      boolean meets = step != 0 && rest.isPoint() && rest.lo() % step == 0;
      return meets ? -(rest.lo() / step) : -1;
    }

    /** Walks over what every trip executes before it goes on, as far as it is plain to see. */
    private void spine(Region region, ExitVisitor visitor) {
      for (Op op : region.ops()) {
        switch (op) {
          case Op.If branch -> {
            if (!spine(branch, visitor)) {
              return;
            }
          }
          case Op.Loop inner -> {
            if (Structure.continues(inner, loop.label())) {
              return;
            }
            inner.results().forEach(result -> values.forget(result, Term.Origin.LOOP, true));
          }
          default -> values.evaluate(op);
        }
      }
    }

    /** Whether the way goes on behind the branch. */
    private boolean spine(Op.If branch, ExitVisitor visitor) {
      boolean thenOut = out(branch.thenRegion());
      boolean elseOut = out(branch.elseRegion());
      if (thenOut != elseOut) {
        Region stay = thenOut ? branch.elseRegion() : branch.thenRegion();
        visitor.exit(branch.condition(), elseOut);
        spine(stay, visitor);
        if (!(stay.terminator() instanceof Terminator.Yield yield)) {
          return false;
        }
        for (int i = 0; i < branch.results().size(); i++) {
          Value result = branch.results().get(i);
          if (Values.tracked(result.type())) {
            values.set(result, values.form(yield.values().get(i)));
          }
        }
        return true;
      }
      branch.results().forEach(result -> values.forget(result, Term.Origin.LOOP, true));
      return !Structure.continues(branch, loop.label());
    }

    /** Whether a region ends outside of the loop, without a way to its next trip. */
    private boolean out(Region region) {
      boolean outside =
          switch (region.terminator()) {
            case Terminator.Break end -> true;
            case Terminator.Return end -> true;
            case Terminator.Continue next -> next.label() != loop.label();
            case Terminator.Yield yield -> false;
          };
      return outside
          && region.ops().stream().noneMatch(op -> Structure.continues(op, loop.label()));
    }
  }

  /** {@code initial + step * counter}; null if the coefficient is too large. */
  static @Nullable Form linear(Track track, Term counter) {
    return track.initial().combine(Form.of(counter), track.amount());
  }

  private record Step(Motion motion, long amount) {}

  /** How a value that is handed to the next trip follows from the parameter. */
  private Step step(Value next, Value parameter, LoopWays ways) {
    if (next.equals(parameter)) {
      return new Step(Motion.FIXED, 0);
    }
    if (!(structure.definition(next) instanceof Op.Binary binary)) {
      return new Step(Motion.ANY, 0);
    }
    boolean left = binary.left().equals(parameter);
    boolean right = binary.right().equals(parameter);
    if (left == right) {
      return new Step(Motion.ANY, 0);
    }
    Long amount = constant(left ? binary.right() : binary.left(), ways, 4);
    if (amount == null) {
      return new Step(Motion.ANY, 0);
    }
    int width = parameter.type().bits();
    boolean shift = left && amount >= 1 && amount < Math.min(width - 1, 62);
    boolean factor = amount >= 2;
    return switch (binary.op()) {
      case ADD -> linear(amount);
      case SUB -> left && amount != Long.MIN_VALUE ? linear(-amount) : new Step(Motion.ANY, 0);
      case MUL -> new Step(factor ? Motion.GROWING : Motion.ANY, amount);
      case SHL -> shift ? new Step(Motion.GROWING, 1L << amount) : new Step(Motion.ANY, 0);
      case ASHR, LSHR -> shift ? new Step(Motion.SHRINKING, 1L << amount) : new Step(Motion.ANY, 0);
      case SDIV, UDIV -> new Step(left && factor ? Motion.SHRINKING : Motion.ANY, amount);
      default -> new Step(Motion.ANY, 0);
    };
  }

  private static Step linear(long amount) {
    return new Step(amount == 0 ? Motion.FIXED : Motion.LINEAR, amount);
  }

  /** The number that a value has on every trip, if it is plain to see. */
  private @Nullable Long constant(Value value, LoopWays ways, int depth) {
    if (structure.before(value, ways)) {
      Form form = values.form(value);
      return form.isConstant() ? form.constant : null;
    }
    Op definition = structure.definition(value);
    if (definition == null || depth == 0) {
      return null;
    }
    boolean pure =
        switch (definition) {
          case Op.Constant op -> true;
          case Op.Binary op -> true;
          case Op.Unary op -> true;
          case Op.Convert op -> op.operand().type().isInteger();
          case Op.Query op -> true;
          case Op.RootSize op -> true;
          default -> false;
        };
    if (!pure || !value.type().isInteger()) {
      return null;
    }
    for (Value operand : definition.operands()) {
      if (constant(operand, ways, depth - 1) == null) {
        return null;
      }
    }
    values.evaluate(definition);
    Form form = values.form(value);
    return form.isConstant() ? form.constant : null;
  }

  /** How often a number can be divided until nothing is left, at most. */
  private static long logarithm(long number, long base) {
    long count = 0;
    for (long rest = number; rest > 0; rest /= base) {
      count++;
    }
    return count;
  }
}
