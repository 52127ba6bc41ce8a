package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Functions of the elements of arrays, each of the results of those before it, which one kernel
 * computes for an index. Its parameters are the arrays of the {@link Load} steps, in order, then:
 * an array for each output, or, with a reduction, an array of results, the identity and the number
 * of elements as a long, in the tree that {@link KernelShape.ReduceLanes} starts. What the methods
 * captured follows one another in the order of the steps, the reduction's last.
 *
 * @param outputs numbers of the steps whose results are kept; with a reduction, the one step whose
 *     results it combines
 */
public record Chain(List<Step> steps, List<Integer> outputs, Optional<JavaMethod> reduction) {
  /** What gives an element for an index. */
  public sealed interface Step {
    /** Its type: int, long, float or double. */
    ElementType element();
  }

  /** The element of the next array. */
  public record Load(ElementType element) implements Step {}

  /**
   * A function of earlier steps' elements, or of the index, an int, if there are none.
   *
   * @param operands numbers of the steps
   */
  public record Call(JavaMethod method, List<Integer> operands, ElementType element)
      implements Step {
    public Call {
      operands = List.copyOf(operands);
    }
  }

  /** An earlier step's element, converted as a Java cast does. */
  public record Cast(int operand, ElementType element) implements Step {}

  private static final Set<ElementType> ELEMENTS =
      Set.of(ElementType.INT, ElementType.LONG, ElementType.FLOAT, ElementType.DOUBLE);

  public Chain {
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
    for (int i = 0; i < steps.size(); i++) {
      requireEarlier(operands(steps.get(i)), i);
      if (!ELEMENTS.contains(steps.get(i).element())) {
        throw new IllegalArgumentException(steps.get(i).element().text());
      }
    }
    requireEarlier(outputs, steps.size());
    if (outputs.isEmpty()
        || new HashSet<>(outputs).size() < outputs.size()
        || reduction.isPresent() && outputs.size() > 1) {
      throw new IllegalArgumentException("outputs " + outputs);
    }
  }

  private static List<Integer> operands(Step step) {
    return switch (step) {
      case Load load -> List.of();
      case Call call -> call.operands();
      case Cast cast -> List.of(cast.operand());
    };
  }

  private static void requireEarlier(List<Integer> operands, int end) {
    for (int operand : operands) {
      if (operand < 0 || operand >= end) {
        throw new IllegalArgumentException("step " + operand + " of " + end);
      }
    }
  }
}
