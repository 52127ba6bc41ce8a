package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.IntBinary;
import dev.heddle.runtime.function.IntUnary;
import dev.heddle.runtime.run.Execution;

/** Ints that are yet to be computed; see {@link Elements}. */
public final class IntElements extends Elements {
  IntElements(Offload owner, long size, ElementNode node) {
    super(owner, size, node);
  }

  /** What the function makes of each. */
  public IntElements map(IntUnary function) {
    return new IntElements(owner(), size(), mapped(function));
  }

  /** What the function makes of each of these and the one of {@code other} at the same index. */
  public IntElements zip(IntElements other, IntBinary function) {
    return new IntElements(owner(), size(), zipped(other, function));
  }

  /** The same with the elements of an array of the session. */
  public IntElements zip(IntArray other, IntBinary function) {
    return zip(owner().elements(other), function);
  }

  /** The same with the elements of a Java array. */
  public IntElements zip(int[] other, IntBinary function) {
    return zip(owner().elements(other), function);
  }

  /** Each as {@code (float)} makes it. */
  public FloatElements asFloats() {
    return new FloatElements(owner(), size(), cast(ElementType.FLOAT));
  }

  /** Each as {@code (double)} makes it. */
  public DoubleElements asDoubles() {
    return new DoubleElements(owner(), size(), cast(ElementType.DOUBLE));
  }

  /** Each as {@code (long)} makes it. */
  public LongElements asLongs() {
    return new LongElements(owner(), size(), cast(ElementType.LONG));
  }

  /** Computes them into an array of the session, which may be one that they are made from. */
  public Execution to(IntArray out) {
    return write(out, out.size());
  }

  /** Computes them into a Java array, which may be one that they are made from. */
  public Execution to(int[] out) {
    return write(out, out.length);
  }

  /** Computes them into a new Java array. */
  public int[] toArray() {
    int[] out = new int[javaLength()];
    write(out, out.length);
    return out;
  }

  /** Computes them into a new array of the session. */
  public IntArray evaluate() {
    return written(session().ints(size()));
  }

  /**
   * Computes and combines all of them; {@code identity} if there are none. The order is the fixed
   * tree of {@link Offload#reduce(int[], int, IntBinary)}.
   */
  public int reduce(int identity, IntBinary function) {
    return (int) reduced(function, identity);
  }
}
