package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.FloatBinary;
import dev.heddle.runtime.function.FloatUnary;
import dev.heddle.runtime.run.Execution;

/** Floats that are yet to be computed; see {@link Elements}. */
public final class FloatElements extends Elements {
  FloatElements(Offload owner, long size, ElementNode node) {
    super(owner, size, node);
  }

  /** What the function makes of each. */
  public FloatElements map(FloatUnary function) {
    return new FloatElements(owner(), size(), mapped(function));
  }

  /** What the function makes of each of these and the one of {@code other} at the same index. */
  public FloatElements zip(FloatElements other, FloatBinary function) {
    return new FloatElements(owner(), size(), zipped(other, function));
  }

  /** The same with the elements of an array of the session. */
  public FloatElements zip(FloatArray other, FloatBinary function) {
    return zip(owner().elements(other), function);
  }

  /** The same with the elements of a Java array. */
  public FloatElements zip(float[] other, FloatBinary function) {
    return zip(owner().elements(other), function);
  }

  /** Each as {@code (double)} makes it. */
  public DoubleElements asDoubles() {
    return new DoubleElements(owner(), size(), cast(ElementType.DOUBLE));
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
  public Execution to(FloatArray out) {
    return write(out, out.size());
  }

  /** Computes them into a Java array, which may be one that they are made from. */
  public Execution to(float[] out) {
    return write(out, out.length);
  }

  /** Computes them into a new Java array. */
  public float[] toArray() {
    float[] out = new float[javaLength()];
    write(out, out.length);
    return out;
  }

  /** Computes them into a new array of the session. */
  public FloatArray evaluate() {
    return written(session().floats(size()));
  }

  /**
   * Computes and combines all of them; {@code identity} if there are none. The order is the fixed
   * tree of {@link Offload#reduce(float[], float, FloatBinary)}.
   */
  public float reduce(float identity, FloatBinary function) {
    return (float) reduced(function, identity);
  }
}
