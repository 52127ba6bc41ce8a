package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.ElementFunction;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunException;

/**
 * Elements that are yet to be computed, one for each index, from arrays or from the index itself.
 * Nothing runs and no array is read before the results are asked for, by {@code to}, {@code
 * toArray}, {@code evaluate} or {@code reduce}; then all functions run as one kernel (long chains
 * as a few), and what lies between them is never in memory. The bits are those of one kernel for
 * each function.
 *
 * <p>It is a value: it may be used in several expressions and asked several times, by several
 * threads, and is computed anew each time, from what its arrays hold by then. Functions may read
 * captured arrays and write none.
 *
 * <p>What asks for results throws {@link dev.heddle.compiler.frontend.java.LiftException} if the
 * code of a function is not supported, before anything runs; {@link RunException} USAGE if an array
 * is closed or of another session; and what a function throws, for the lowest index known, such as
 * {@link ArithmeticException}.
 */
public abstract sealed class Elements
    permits FloatElements, DoubleElements, IntElements, LongElements {
  private final Offload owner;
  private final long size;
  private final ElementNode node;

  Elements(Offload owner, long size, ElementNode node) {
    this.owner = owner;
    this.size = size;
    this.node = node;
  }

  /** Number of elements. */
  public final long size() {
    return size;
  }

  /** The type of an element. */
  public final ElementType element() {
    return node.element();
  }

  final Offload owner() {
    return owner;
  }

  final Session session() {
    return owner.lambdas().session();
  }

  /** The elements of an array of Java or of the session. */
  static ElementNode source(Object array, ElementType element) {
    return new ElementNode.Source(array, element);
  }

  /** Numbers made from the index. */
  static ElementNode generated(long size, ElementFunction function, ElementType element) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw RunException.usage(
          "a function of an int index makes 0 to 2^31 - 1 elements, not " + size);
    }
    return new ElementNode.Applied(function, element);
  }

  final ElementNode mapped(ElementFunction function) {
    return new ElementNode.Applied(function, element(), node);
  }

  final ElementNode zipped(Elements other, ElementFunction function) {
    if (other.session() != session()) {
      throw RunException.usage("elements of two sessions can't be combined");
    }
    requireSize(other.size);
    return new ElementNode.Applied(function, element(), node, other.node);
  }

  final ElementNode cast(ElementType to) {
    return new ElementNode.Cast(node, to);
  }

  private void requireSize(long other) {
    if (other != size) {
      throw RunException.usage(
          "arrays of " + size + " and " + other + " elements; they must be as long");
    }
  }

  final Execution write(Object out, long length) {
    requireSize(length);
    return owner.lambdas().chains().write(node, size, out, owner.lambdaOptions());
  }

  /** Writes to a new array of the session, which is closed if that fails. */
  final <A extends SessionArray> A written(A array) {
    try {
      write(array, size);
      return array;
    } catch (RuntimeException | Error e) {
      array.close();
      throw e;
    }
  }

  final int javaLength() {
    if (size > Integer.MAX_VALUE - 8) {
      throw RunException.usage("a Java array can't have " + size + " elements");
    }
    return (int) size;
  }

  final Object reduced(ElementFunction function, Object identity) {
    return owner.lambdas().chains().reduce(node, size, function, identity, owner.lambdaOptions());
  }
}
