package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.DoubleBinary;
import dev.heddle.runtime.function.DoubleUnary;
import dev.heddle.runtime.run.Execution;

/** Doubles that are yet to be computed; see {@link Elements}. */
public final class DoubleElements extends Elements {
  DoubleElements(Offload owner, long size, ElementNode node) {
    super(owner, size, node);
  }

  /** What the function makes of each. */
  public DoubleElements map(DoubleUnary function) {
    return new DoubleElements(owner(), size(), mapped(function));
  }

  /** What the function makes of each of these and the one of {@code other} at the same index. */
  public DoubleElements zip(DoubleElements other, DoubleBinary function) {
    return new DoubleElements(owner(), size(), zipped(other, function));
  }

  /** The same with the elements of an array of the session. */
  public DoubleElements zip(DoubleArray other, DoubleBinary function) {
    return zip(owner().elements(other), function);
  }

  /** The same with the elements of a Java array. */
  public DoubleElements zip(double[] other, DoubleBinary function) {
    return zip(owner().elements(other), function);
  }

  /** Each as {@code (float)} makes it. */
  public FloatElements asFloats() {
    return new FloatElements(owner(), size(), cast(ElementType.FLOAT));
  }

  /** Each as {@code (int)} makes it. */
  public IntElements asInts() {
    return new IntElements(owner(), size(), cast(ElementType.INT));
  }

  /** Each as {@code (long)} makes it. */
  public LongElements asLongs() {
    return new LongElements(owner(), size(), cast(ElementType.LONG));
  }

  /** Computes them into an array of the session, which may be one that they are made from. */
  public Execution to(DoubleArray out) {
    return write(out, out.size());
  }

  /** Computes them into a Java array, which may be one that they are made from. */
  public Execution to(double[] out) {
    return write(out, out.length);
  }

  /** Computes them into a new Java array. */
  public double[] toArray() {
    double[] out = new double[javaLength()];
    write(out, out.length);
    return out;
  }

  /** Computes them into a new array of the session. */
  public DoubleArray evaluate() {
    return written(session().doubles(size()));
  }

  /**
   * Computes and combines all of them; {@code identity} if there are none. The order is the fixed
   * tree of {@link Offload#reduce(double[], double, DoubleBinary)}.
   */
  public double reduce(double identity, DoubleBinary function) {
    return (double) reduced(function, identity);
  }
}
