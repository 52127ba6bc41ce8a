package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a graph of nodes into nested regions, after Ramsey, "Beyond Relooper" (2022): code goes
 * where its dominator's ends, what several ways lead to goes behind a block that they break out of,
 * and what follows a loop goes behind it. Where all ways but one leave, no block is needed.
 */
final class Structurer {
  /** How code ends: with a terminator, or by going on at what follows with these values. */
  private record Exit(@Nullable Terminator leaving, List<Value> values) {
    static Exit leaves(Terminator terminator) {
      return new Exit(terminator, List.of());
    }

    static Exit goesOn(List<Value> values) {
      return new Exit(null, values);
    }
  }

  private record Arm(Region region, Exit exit) {
    /** Whether it is but a jump. */
    boolean isJump() {
      return region.ops().isEmpty();
    }
  }

  private static final Terminator RETURN = new Terminator.Return(List.of());
  private static final Terminator YIELD = new Terminator.Yield(List.of());

  private final IrBuilder ir;

  /** For each node that a break can reach from here, the label of the block before it. */
  private final Map<Node, Integer> labels = new HashMap<>();

  private final Set<Integer> used = new HashSet<>();
  private final Map<Node, Integer> loopLabels = new HashMap<>();

  private Structurer(IrBuilder ir) {
    this.ir = ir;
  }

  /** The region that does what the graph does. */
  static Region structure(IrBuilder ir, Node entry, int count) {
    new NodeOrder(entry, count);
    ir.open(List.of());
    Exit exit = new Structurer(ir).enter(entry, List.of(), null);
    return ir.close(exit.leaving() instanceof Terminator.Return end ? end : RETURN);
  }

  /**
   * Adds the node and all that is placed below it.
   *
   * @param next what follows the open region, where control goes on at its end; null if nothing
   */
  private Exit enter(Node node, List<Value> values, @Nullable Node next) {
    if (node.header) {
      return chain(node.followers, next, inner -> loop(node, values));
    }
    if (!node.parameters.isEmpty()) {
      ir.open(List.of());
      int label = ir.freshLabel();
      Region hand = ir.close(new Terminator.Break(label, values));
      ir.add(new Op.Loop(node.parameters, label, List.of(), hand, ir.span()));
    }
    return body(node, next);
  }

  private Exit loop(Node header, List<Value> initial) {
    int label = ir.freshLabel();
    Node follower = header.followers.isEmpty() ? null : header.followers.getFirst();
    List<Value> results =
        follower == null
            ? List.of()
            : follower.parameters.stream().map(value -> ir.fresh(value.type())).toList();
    Integer outer = follower == null ? null : labels.put(follower, label);
    loopLabels.put(header, label);
    ir.open(header.parameters);
    Exit exit = body(header, null);
    Terminator end = exit.leaving() == null ? RETURN : exit.leaving();
    Region region = ir.close(end);
    if (follower != null && outer != null) {
      labels.put(follower, outer);
    }
    ir.add(new Op.Loop(results, label, initial, region, ir.span()));
    return follower == null ? Exit.leaves(RETURN) : Exit.goesOn(results);
  }

  private Exit body(Node node, @Nullable Node next) {
    node.ops.forEach(ir::add);
    List<Node> joins = node.children.stream().filter(child -> !inline(child)).toList();
    return chain(joins, next, inner -> flow(node, inner));
  }

  /** Whether one edge alone leads there, from the node that it is placed below. */
  private static boolean inline(Node child) {
    long forward = child.predecessors.stream().filter(from -> from.order < child.order).count();
    return forward == 1;
  }

  /**
   * Adds {@code first}, then one node of the list after the other, each behind a block if need be.
   */
  private Exit chain(List<Node> nodes, @Nullable Node next, Function<@Nullable Node, Exit> first) {
    if (nodes.isEmpty()) {
      return first.apply(next);
    }
    Node last = nodes.getLast();
    int label = ir.freshLabel();
    labels.put(last, label);
    ir.open(List.of());
    Exit exit = chain(nodes.subList(0, nodes.size() - 1), last, first);
    labels.remove(last);
    if (!used.contains(label)) {
      ir.close(RETURN).ops().forEach(ir::add);
      return exit.leaving() == null ? enter(last, exit.values(), next) : exit;
    }
    Terminator end =
        exit.leaving() == null ? new Terminator.Break(label, exit.values()) : exit.leaving();
    Region region = ir.close(end);
    if (last.header) {
      List<Value> results = last.parameters.stream().map(v -> ir.fresh(v.type())).toList();
      ir.add(new Op.Loop(results, label, List.of(), region, ir.span()));
      return enter(last, results, next);
    }
    ir.add(new Op.Loop(last.parameters, label, List.of(), region, ir.span()));
    return body(last, next);
  }

  private Exit flow(Node node, @Nullable Node next) {
    return switch (node.flow) {
      case Node.Jump jump -> jump(node, jump.edge(), next);
      case Node.Branch branch -> branch(node, branch, next);
      case Node.End end -> Exit.leaves(RETURN);
    };
  }

  private Exit jump(Node from, Node.Edge edge, @Nullable Node next) {
    Node to = edge.to;
    if (to.header && to.order <= from.order) {
      int label = java.util.Objects.requireNonNull(loopLabels.get(to));
      return Exit.leaves(new Terminator.Continue(label, edge.values));
    }
    if (to == next) {
      return Exit.goesOn(edge.values);
    }
    Integer label = labels.get(to);
    if (label != null) {
      used.add(label);
      return Exit.leaves(new Terminator.Break(label, edge.values));
    }
    return enter(to, edge.values, next);
  }

  private Exit branch(Node node, Node.Branch branch, @Nullable Node next) {
    Arm yes = arm(node, branch.ifTrue(), next);
    Arm no = arm(node, branch.ifFalse(), next);
    boolean yesLeaves = yes.exit().leaving() != null;
    boolean noLeaves = no.exit().leaving() != null;
    if (!yesLeaves && !noLeaves) {
      List<Value> results =
          yes.exit().values().stream().map(value -> ir.fresh(value.type())).toList();
      ir.add(new Op.If(results, branch.condition(), yielding(yes), yielding(no), ir.span()));
      return Exit.goesOn(results);
    }
    if (yesLeaves && (!noLeaves || yes.isJump() || !no.isJump())) {
      ir.add(new Op.If(List.of(), branch.condition(), leaving(yes), empty(), ir.span()));
      no.region().ops().forEach(ir::add);
      return no.exit();
    }
    ir.add(new Op.If(List.of(), branch.condition(), empty(), leaving(no), ir.span()));
    yes.region().ops().forEach(ir::add);
    return yes.exit();
  }

  private Arm arm(Node node, Node.Edge edge, @Nullable Node next) {
    ir.open(List.of());
    Exit exit = jump(node, edge, next);
    return new Arm(ir.close(RETURN), exit);
  }

  private static Region yielding(Arm arm) {
    return new Region(List.of(), arm.region().ops(), new Terminator.Yield(arm.exit().values()));
  }

  private static Region leaving(Arm arm) {
    return new Region(
        List.of(), arm.region().ops(), java.util.Objects.requireNonNull(arm.exit().leaving()));
  }

  private static Region empty() {
    return new Region(List.of(), List.of(), YIELD);
  }
}
