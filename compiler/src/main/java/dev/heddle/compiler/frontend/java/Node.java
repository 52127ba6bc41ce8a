package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** A block of the graph that code is lifted to: parameters, ops, and where control goes next. */
final class Node {
  /** Where control goes. */
  sealed interface Flow {
    default List<Edge> edges() {
      return switch (this) {
        case Jump jump -> List.of(jump.edge());
        case Branch branch -> List.of(branch.ifTrue(), branch.ifFalse());
        case End end -> List.of();
      };
    }
  }

  record Jump(Edge edge) implements Flow {}

  record Branch(Value condition, Edge ifTrue, Edge ifFalse) implements Flow {}

  /** The work-item is done. */
  record End() implements Flow {}

  /** A way from one node to another, with values for the other's parameters. */
  static final class Edge {
    final Node to;
    List<Value> values = List.of();

    Edge(Node to) {
      this.to = to;
    }
  }

  final int number;
  List<Value> parameters = new ArrayList<>();
  List<Op> ops = List.of();
  Flow flow = new End();

  // what the structurer finds out
  int order = -1;
  final List<Node> predecessors = new ArrayList<>();
  Node dominator = this;
  boolean header;
  final java.util.BitSet loops = new java.util.BitSet();
  final List<Node> children = new ArrayList<>();
  final List<Node> followers = new ArrayList<>();

  Node(int number) {
    this.number = number;
  }

  @Override
  public String toString() {
    return "node " + number;
  }
}
