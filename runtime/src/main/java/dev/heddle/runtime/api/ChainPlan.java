package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.Chain;
import dev.heddle.compiler.frontend.java.JavaMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An expression of elements cut into kernels: as few as can be, each with no more code and
 * parameters than a device takes well. Equal pieces of a long chain are equal kernels, since the
 * cuts depend on what lies before them alone.
 */
record ChainPlan(List<Part> parts) {
  /** More code than this is slower in one kernel than in two: registers run out. */
  private static final int MOST_OPERATIONS = 400;

  /** Parameters of 8 bytes; devices need to take no more than 128. */
  private static final int MOST_PARAMETERS = 32;

  /**
   * One kernel.
   *
   * @param inputs for each load of the chain an array, or the node of an earlier part
   * @param results the nodes that later parts use; the whole expression's in the last part
   */
  record Part(Chain chain, List<Object> inputs, Object[] captures, List<ElementNode> results) {}

  /** The part after which a node's result is of no more use, by node. */
  static Map<ElementNode, Integer> lastUses(ChainPlan plan) {
    Map<ElementNode, Integer> last = new IdentityHashMap<>();
    for (int i = 0; i < plan.parts.size(); i++) {
      for (Object input : plan.parts.get(i).inputs()) {
        if (input instanceof ElementNode node) {
          last.put(node, i);
        }
      }
    }
    return last;
  }

  /**
   * Cuts an expression.
   *
   * @param reduction what combines its elements in the last kernel
   * @param operations about how many operations a method is
   */
  static ChainPlan of(
      ElementNode root, Optional<LambdaCode> reduction, ToIntFunction<JavaMethod> operations) {
    List<Piece> pieces = pieces(root, operations);
    Map<ElementNode, Piece> home = new IdentityHashMap<>();
    pieces.forEach(piece -> piece.nodes.forEach(node -> home.put(node, piece)));
    Set<ElementNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    kept.add(root);
    for (Piece piece : pieces) {
      for (ElementNode node : piece.nodes) {
        node.operands().stream()
            .filter(operand -> home.containsKey(operand) && home.get(operand) != piece)
            .forEach(kept::add);
      }
    }
    List<Part> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean last = piece == pieces.getLast();
      parts.add(part(piece, root, kept, last ? reduction : Optional.empty()));
    }
    return new ChainPlan(parts);
  }

  /** Nodes that one kernel computes, operands first. */
  private static final class Piece {
    final List<ElementNode> nodes = new ArrayList<>();
    final Map<ElementNode, LambdaCode> codes = new IdentityHashMap<>();
    private final Set<Object> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ElementNode> own = Collections.newSetFromMap(new IdentityHashMap<>());
    private int operations;
    private int captures;

    boolean takes(ElementNode node, @Nullable LambdaCode code, int more) {
      long added =
          node.operands().stream()
              .filter(operand -> !own.contains(operand) && !inputs.contains(key(operand)))
              .count();
      int captured = code == null ? 0 : code.captures().length;
      return operations + more <= MOST_OPERATIONS
          && inputs.size() + captures + added + captured <= MOST_PARAMETERS;
    }

    void add(ElementNode node, @Nullable LambdaCode code, int more) {
      node.operands().stream()
          .filter(operand -> !own.contains(operand))
          .forEach(operand -> inputs.add(key(operand)));
      if (code != null) {
        codes.put(node, code);
        captures += code.captures().length;
      }
      own.add(node);
      nodes.add(node);
      operations += more;
    }
  }

  /** What a kernel loads for a node: the array, or the result of the node. */
  private static Object key(ElementNode node) {
    return node instanceof ElementNode.Source source ? source.array() : node;
  }

  private static List<Piece> pieces(ElementNode root, ToIntFunction<JavaMethod> operations) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece());
    for (ElementNode node : ElementNode.inOrder(root)) {
      if (node instanceof ElementNode.Source) {
        continue;
      }
      LambdaCode code =
          node instanceof ElementNode.Applied applied ? LambdaCode.of(applied.function()) : null;
      int more = code == null ? 1 : operations.applyAsInt(code.method());
      if (!pieces.getLast().nodes.isEmpty() && !pieces.getLast().takes(node, code, more)) {
        pieces.add(new Piece());
      }
      pieces.getLast().add(node, code, more);
    }
    return pieces;
  }

  private static Part part(
      Piece piece, ElementNode root, Set<ElementNode> kept, Optional<LambdaCode> reduction) {
    Steps steps = new Steps();
    for (ElementNode node : piece.nodes) {
      steps.add(node, piece.codes.get(node));
    }
    if (root instanceof ElementNode.Source) {
      steps.of(root);
    }
    List<ElementNode> results =
        new ArrayList<>(piece.nodes.stream().filter(kept::contains).toList());
    if (results.isEmpty()) {
      results.add(root);
    }
    reduction.ifPresent(code -> steps.captures.addAll(Arrays.asList(code.captures())));
    return new Part(
        new Chain(
            steps.steps,
            results.stream().map(steps::of).toList(),
            reduction.map(LambdaCode::method)),
        steps.inputs,
        steps.captures.toArray(),
        results);
  }

  /** The steps of one kernel. */
  private static final class Steps {
    final List<Chain.Step> steps = new ArrayList<>();
    final List<Object> inputs = new ArrayList<>();
    final List<Object> captures = new ArrayList<>();
    private final Map<Object, Integer> numbers = new IdentityHashMap<>();

    /** The number of a node's step; what is not computed here is loaded. */
    int of(ElementNode node) {
      Integer known = numbers.get(key(node));
      if (known != null) {
        return known;
      }
      inputs.add(key(node));
      return number(node, new Chain.Load(node.element()));
    }

    void add(ElementNode node, @Nullable LambdaCode code) {
      List<Integer> operands = node.operands().stream().map(this::of).toList();
      if (code == null) {
        number(node, new Chain.Cast(operands.getFirst(), node.element()));
      } else {
        number(node, new Chain.Call(code.method(), operands, node.element()));
        captures.addAll(Arrays.asList(code.captures()));
      }
    }

    private int number(ElementNode node, Chain.Step step) {
      steps.add(step);
      numbers.put(key(node), steps.size() - 1);
      return steps.size() - 1;
    }
  }
}
