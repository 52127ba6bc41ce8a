package dev.heddle.compiler.frontend.java;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Orders the nodes of a graph, finds dominators (Cooper, Harvey and Kennedy, "A Simple, Fast
 * Dominance Algorithm", 2001) and loops, and says where each node's code is to be placed.
 */
final class NodeOrder {
  private final List<Node> order = new ArrayList<>();

  NodeOrder(Node entry, int count) {
    number(entry, count);
    for (Node node : order) {
      node.flow.edges().forEach(edge -> edge.to.predecessors.add(node));
    }
    dominators();
    order.forEach(this::findLoop);
    for (Node node : order) {
      if (node != entry) {
        place(node);
      }
    }
  }

  List<Node> nodes() {
    return order;
  }

  private void number(Node entry, int count) {
    BitSet seen = new BitSet(count);
    Deque<Node> path = new ArrayDeque<>();
    int[] next = new int[count];
    path.push(entry);
    seen.set(entry.number);
    while (!path.isEmpty()) {
      Node node = path.getFirst();
      List<Node.Edge> edges = node.flow.edges();
      if (next[node.number] == edges.size()) {
        path.pop();
        order.add(node);
        continue;
      }
      Node to = edges.get(edges.size() - 1 - next[node.number]++).to;
      if (!seen.get(to.number)) {
        seen.set(to.number);
        path.push(to);
      }
    }
    Collections.reverse(order);
    for (int i = 0; i < order.size(); i++) {
      order.get(i).order = i;
    }
  }

  private void dominators() {
    boolean changed = true;
    BitSet done = new BitSet();
    done.set(0);
    while (changed) {
      changed = false;
      for (Node node : order.subList(1, order.size())) {
        Node dominator = null;
        for (Node from : node.predecessors) {
          if (done.get(from.order)) {
            dominator = dominator == null ? from : common(dominator, from);
          }
        }
        changed |= !done.get(node.order) || node.dominator != dominator;
        node.dominator = java.util.Objects.requireNonNull(dominator);
        done.set(node.order);
      }
    }
  }

  private static Node common(Node a, Node b) {
    while (a != b) {
      if (a.order > b.order) {
        a = a.dominator;
      } else {
        b = b.dominator;
      }
    }
    return a;
  }

  static boolean dominates(Node above, Node below) {
    Node at = below;
    while (at.order > above.order) {
      at = at.dominator;
    }
    return at == above;
  }

  private void findLoop(Node header) {
    Deque<Node> work = new ArrayDeque<>();
    for (Node from : header.predecessors) {
      if (from.order >= header.order) {
        if (!dominates(header, from)) {
          throw new Refusal("control flow that javac does not write: a loop with two entries");
        }
        header.header = true;
        header.loops.set(header.order);
        work.push(from);
      }
    }
    while (!work.isEmpty()) {
      Node node = work.pop();
      if (!node.loops.get(header.order)) {
        node.loops.set(header.order);
        node.predecessors.forEach(work::push);
      }
    }
  }

  /** Beside its dominator, or behind the outermost loop that it is not in and the dominator is. */
  private void place(Node node) {
    BitSet left = (BitSet) node.dominator.loops.clone();
    left.andNot(node.loops);
    if (left.isEmpty()) {
      node.dominator.children.add(node);
    } else {
      order.get(left.nextSetBit(0)).followers.add(node);
    }
  }
}
