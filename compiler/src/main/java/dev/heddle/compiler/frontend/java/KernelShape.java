package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import java.util.List;

/** What a kernel does around the method that it calls, and which parameters it has for that. */
public sealed interface KernelShape {
  /**
   * The method gets the work-item's ids, as int, or long if {@code wide}. No parameters.
   *
   * @param dimensions 1 to 3
   */
  record ForEach(int dimensions, boolean wide) implements KernelShape {
    public ForEach {
      if (dimensions < 1 || dimensions > 3) {
        throw new IllegalArgumentException(dimensions + " dimensions");
      }
    }
  }

  /** The method gets the work-item itself, which knows its work-group. No parameters. */
  record WorkItems() implements KernelShape {}

  /**
   * The method gets the element of each input at the work-item's id, or the id itself if there are
   * no inputs, and returns the element of the output. Parameters: the inputs, the output.
   */
  record Elements(List<ElementType> inputs, ElementType output) implements KernelShape {
    public Elements {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * The method combines the elements of one of 64 lanes of a block of 4096 elements: work-item i
   * has lane i % 64 of block i / 64, and starts with the identity. Parameters: the elements, the
   * results, the identity.
   */
  record ReduceLanes(ElementType element) implements KernelShape {}

  /**
   * The method combines the elements 2i and 2i + 1 into element i; a last one without a partner is
   * copied. Parameters: the elements, the results.
   */
  record ReducePairs(ElementType element) implements KernelShape {}

  /**
   * The method is called with the arguments of the work-item's number. Parameters: for each of the
   * method's a buffer of arguments, or the array itself; then a buffer of results unless it is
   * void.
   */
  record MethodCall() implements KernelShape {}
}
