package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.ElementFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What an expression of elements computes for each index. Nodes are told apart by identity: one
 * that several others use is computed once.
 */
sealed interface ElementNode {
  ElementType element();

  /** What it is computed from. */
  List<ElementNode> operands();

  /** An element of an array of Java or of the session. */
  final class Source implements ElementNode {
    private final Object array;
    private final ElementType element;

    Source(Object array, ElementType element) {
      this.array = array;
      this.element = element;
    }

    Object array() {
      return array;
    }

    @Override
    public ElementType element() {
      return element;
    }

    @Override
    public List<ElementNode> operands() {
      return List.of();
    }
  }

  /** A function of elements, or of the index if it has no operands. */
  final class Applied implements ElementNode {
    private final ElementFunction function;
    private final List<ElementNode> operands;
    private final ElementType element;

    Applied(ElementFunction function, ElementType element, ElementNode... operands) {
      this.function = function;
      this.operands = List.of(operands);
      this.element = element;
    }

    ElementFunction function() {
      return function;
    }

    @Override
    public ElementType element() {
      return element;
    }

    @Override
    public List<ElementNode> operands() {
      return operands;
    }
  }

  /** An element of another type, as a Java cast makes it. */
  final class Cast implements ElementNode {
    private final ElementNode operand;
    private final ElementType element;

    Cast(ElementNode operand, ElementType element) {
      this.operand = operand;
      this.element = element;
    }

    ElementNode operand() {
      return operand;
    }

    @Override
    public ElementType element() {
      return element;
    }

    @Override
    public List<ElementNode> operands() {
      return List.of(operand);
    }
  }

  /** The node and all that it needs, operands first; without recursion: chains may be long. */
  static List<ElementNode> inOrder(ElementNode root) {
    Set<ElementNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    List<ElementNode> order = new ArrayList<>();
    Deque<ElementNode> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      ElementNode node = open.peek();
      int size = open.size();
      for (ElementNode operand : node.operands().reversed()) {
        if (!done.contains(operand)) {
          open.push(operand);
        }
      }
      if (open.size() == size) {
        open.pop();
        if (done.add(node)) {
          order.add(node);
        }
      }
    }
    return order;
  }
}
