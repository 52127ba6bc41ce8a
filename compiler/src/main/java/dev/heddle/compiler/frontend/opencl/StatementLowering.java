package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers statements. */
final class StatementLowering {
  /** Where {@code continue} goes: the next trip, or the end of the block that is the body. */
  private record Continuation(ControlFlow.Target target, boolean leavesBlock) {}

  private final FunctionLowering function;
  private final ControlFlow flow;
  private final Deque<ControlFlow.Target> breaks = new ArrayDeque<>();
  private final Deque<Continuation> continues = new ArrayDeque<>();
  private final Map<Integer, Continuation> enclosures = new HashMap<>();

  StatementLowering(FunctionLowering function) {
    this.function = function;
    this.flow = function.flow();
  }

  private ExpressionLowering expressions() {
    return function.expressions();
  }

  private Code at(Span span) {
    return function.code().at(span);
  }

  /** Lowers a statement; what control cannot reach is dropped. */
  void lower(@Nullable Statement statement) {
    if (statement == null || flow.unreachable()) {
      return;
    }
    at(statement.span());
    switch (statement) {
      case Statement.Block block -> block.statements().forEach(this::lower);
      case Statement.Expression expression -> expressions().effect(expression.expression());
      case Statement.Declare declare -> declare(declare);
      case Statement.If branch -> conditional(branch);
      case Statement.Loop loop -> loop(loop);
      case Statement.Switch choice -> switchOver(choice);
      case Statement.Enclosure enclosure -> enclosure(enclosure);
      case Statement.Jump jump -> jump(jump);
      // what is left of it once its jumps are structured
      case Statement.Label _ -> {}
      case Statement.Goto jump -> throw new IllegalStateException("goto " + jump.name());
      case Statement.Break _ -> flow.leave(breaks.getFirst());
      case Statement.Continue _ -> continueLoop();
      case Statement.Return result -> returnValue(result);
    }
  }

  // declarations

  void declare(Statement.Declare declare) {
    Variable variable = declare.variable();
    if (variable.content() != null) {
      return;
    }
    if (!variable.inMemory()) {
      declareValue(declare);
      return;
    }
    List<Statement.Part> initial = declare.initial();
    if (initial == null) {
      return;
    }
    PlaceLowering places = function.places();
    if (!coversAll(variable.type(), initial)) {
      places.clear(variable, declare.span());
    }
    for (Statement.Part part : initial) {
      Lowered value = expressions().value(part.value());
      places.store(places.partOf(variable, part), value, part.value().span());
    }
  }

  private static boolean coversAll(CType type, List<Statement.Part> parts) {
    long covered = parts.stream().mapToLong(p -> p.type().size()).sum();
    return covered >= type.size();
  }

  /** A variable that is declared without a value starts at zero. */
  private void declareValue(Statement.Declare declare) {
    Variable variable = declare.variable();
    List<Statement.Part> initial = declare.initial();
    Lowered value =
        initial == null || initial.isEmpty()
            ? expressions().zero(variable.type())
            : expressions().value(initial.getFirst().value());
    flow.environment().put(variable, value);
  }

  // branches

  private void conditional(Statement.If branch) {
    Value condition = expressions().condition(branch.condition());
    at(branch.span());
    Long known = function.code().known(condition);
    if (known != null) {
      lower(known != 0 ? branch.thenBranch() : branch.elseBranch());
      return;
    }
    flow.branch(
        condition,
        () -> lower(branch.thenBranch()),
        () -> lower(branch.elseBranch()),
        branch.span());
  }

  private void returnValue(Statement.Return result) {
    if (result.value() == null) {
      flow.terminate(new Terminator.Return(flow.returnZeros()));
      return;
    }
    Lowered value = expressions().value(result.value());
    at(result.span());
    List<Value> values =
        switch (value) {
          case Lowered.Scalars scalars -> scalars.values();
          case Lowered.Pointer pointer -> {
            function.returns(pointer);
            yield List.of(pointer.offset());
          }
          case Lowered.Aggregate aggregate -> {
            function.places().copyToResult(aggregate, result.span());
            yield List.of();
          }
          case Lowered.Nothing _ -> List.of();
        };
    flow.terminate(new Terminator.Return(values));
  }

  // loops

  private void loop(Statement.Loop loop) {
    if (runsOnce(loop)) {
      lower(loop.body());
      return;
    }
    Set<Variable> assigned = Walk.assigned(loop);
    flow.loop(assigned, target -> trip(loop, target), loop.span());
  }

  /** {@code do ... while (0)}, the usual wrapping of macros. */
  private static boolean runsOnce(Statement.Loop loop) {
    return !loop.testFirst()
        && loop.condition() instanceof Expr.Literal literal
        && literal.bits() == 0
        && !Walk.continues(loop.body())
        && !Walk.breaks(loop.body());
  }

  private void trip(Statement.Loop loop, ControlFlow.Target target) {
    if (loop.testFirst()) {
      test(loop, target);
    }
    boolean afterBody = loop.step() != null || !loop.testFirst();
    breaks.push(target);
    if (afterBody && Walk.continues(loop.body())) {
      flow.block(Walk.assigned(loop.body()), block -> body(loop, block, true), loop.body().span());
    } else {
      body(loop, target, false);
    }
    breaks.pop();
    if (flow.unreachable()) {
      return;
    }
    if (loop.step() != null) {
      at(loop.step().span());
      expressions().effect(loop.step());
    }
    if (!loop.testFirst()) {
      test(loop, target);
    }
  }

  private void body(Statement.Loop loop, ControlFlow.Target target, boolean block) {
    continues.push(new Continuation(target, block));
    lower(loop.body());
    continues.pop();
  }

  private void test(Statement.Loop loop, ControlFlow.Target target) {
    if (loop.condition() == null) {
      return;
    }
    Value condition = expressions().condition(loop.condition());
    Long known = function.code().known(condition);
    if (known == null || known == 0) {
      at(loop.span());
      flow.leaveUnless(condition, target, loop.span());
    }
  }

  private void continueLoop() {
    resume(continues.getFirst());
  }

  private void resume(Continuation continuation) {
    if (continuation.leavesBlock()) {
      flow.leave(continuation.target());
    } else {
      flow.continueAt(continuation.target());
    }
  }

  // labels

  private void enclosure(Statement.Enclosure enclosure) {
    Set<Variable> assigned = Walk.assigned(enclosure.body());
    ControlFlow.Body body =
        target -> {
          enclosures.put(enclosure.id(), new Continuation(target, !enclosure.loop()));
          lower(enclosure.body());
          if (!flow.unreachable()) {
            flow.leave(target);
          }
        };
    if (enclosure.loop()) {
      flow.loop(assigned, body, enclosure.span());
    } else {
      flow.block(assigned, body, enclosure.span());
    }
  }

  private void jump(Statement.Jump jump) {
    Continuation target = enclosures.get(jump.enclosure());
    if (target == null) {
      throw new IllegalStateException("a jump out of no enclosure: " + jump);
    }
    resume(target);
  }

  // switch

  /**
   * Groups that fall through to the next form one segment. The selector becomes the number of the
   * group to enter; a group of a segment runs if the entry lies in the segment at or before it.
   */
  private void switchOver(Statement.Switch choice) {
    Value selector = expressions().scalar(choice.selector());
    at(choice.span());
    predeclare(choice);
    List<Statement.Group> groups = choice.groups().stream().map(this::withoutLastBreak).toList();
    boolean needsBlock =
        groups.stream().anyMatch(g -> g.statements().stream().anyMatch(Walk::breaks));
    Value entry = entry(choice.groups(), selector);
    List<List<Integer>> segments = segments(choice.groups());
    if (!needsBlock) {
      segment(groups, segments, 0, entry, choice.span());
      return;
    }
    Statement.Block all = new Statement.Block(bodies(choice), choice.span());
    flow.block(
        Walk.assigned(all),
        target -> {
          breaks.push(target);
          segment(groups, segments, 0, entry, choice.span());
          breaks.pop();
        },
        choice.span());
  }

  private static List<Statement> bodies(Statement.Switch choice) {
    return choice.groups().stream().flatMap(g -> g.statements().stream()).toList();
  }

  /** A jump over a declaration leaves the variable without a value: it starts at zero. */
  private void predeclare(Statement.Switch choice) {
    for (Statement statement : bodies(choice)) {
      if (statement instanceof Statement.Declare declare && !declare.variable().inMemory()) {
        Variable variable = declare.variable();
        flow.environment().put(variable, expressions().zero(variable.type()));
      }
    }
  }

  private Statement.Group withoutLastBreak(Statement.Group group) {
    boolean ends =
        !group.statements().isEmpty() && group.statements().getLast() instanceof Statement.Break;
    return ends
        ? new Statement.Group(
            group.labels(),
            group.isDefault(),
            group.statements().subList(0, group.statements().size() - 1),
            group.span())
        : group;
  }

  /** The number of the group to enter; the number of groups if there is none. */
  private Value entry(List<Statement.Group> groups, Value selector) {
    Code code = function.code();
    int none = groups.size();
    for (int i = 0; i < groups.size(); i++) {
      none = groups.get(i).isDefault() ? i : none;
    }
    Value entry = code.constant(Type.I32, none);
    for (int i = groups.size() - 1; i >= 0; i--) {
      Value here = null;
      for (long label : groups.get(i).labels()) {
        Value equal = code.compare(CompareOp.EQ, selector, code.constant(selector.type(), label));
        here = here == null ? equal : code.binary(BinaryOp.OR, here, equal);
      }
      if (here != null) {
        entry = code.select(here, code.constant(Type.I32, i), entry);
      }
    }
    return entry;
  }

  private static List<List<Integer>> segments(List<Statement.Group> groups) {
    List<List<Integer>> segments = new ArrayList<>();
    List<Integer> current = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      current.add(i);
      List<Statement> statements = groups.get(i).statements();
      if (!statements.isEmpty() && jumps(statements.getLast())) {
        segments.add(current);
        current = new ArrayList<>();
      }
    }
    if (!current.isEmpty()) {
      segments.add(current);
    }
    return segments;
  }

  private static boolean jumps(Statement last) {
    return switch (last) {
      case Statement.Break _, Statement.Continue _, Statement.Return _, Statement.Jump _ -> true;
      case Statement.Block block ->
          !block.statements().isEmpty() && jumps(block.statements().getLast());
      default -> false;
    };
  }

  private void segment(
      List<Statement.Group> groups,
      List<List<Integer>> segments,
      int index,
      Value entry,
      Span span) {
    if (index == segments.size() || flow.unreachable()) {
      return;
    }
    List<Integer> members = segments.get(index);
    Code code = at(span);
    Value within = code.compare(CompareOp.ULE, entry, code.constant(Type.I32, members.getLast()));
    flow.branch(
        within,
        () -> members.forEach(i -> group(groups.get(i), i, members, entry)),
        () -> segment(groups, segments, index + 1, entry, span),
        span);
  }

  private void group(Statement.Group group, int index, List<Integer> members, Value entry) {
    if (flow.unreachable()) {
      return;
    }
    if (index == members.getLast()) {
      group.statements().forEach(this::lower);
      return;
    }
    Code code = at(group.span());
    Value runs = code.compare(CompareOp.ULE, entry, code.constant(Type.I32, index));
    flow.branch(runs, () -> group.statements().forEach(this::lower), () -> {}, group.span());
  }
}
