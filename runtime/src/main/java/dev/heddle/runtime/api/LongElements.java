package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.LongBinary;
import dev.heddle.runtime.function.LongUnary;
import dev.heddle.runtime.run.Execution;

/** Longs that are yet to be computed; see {@link Elements}. */
public final class LongElements extends Elements {
  LongElements(Offload owner, long size, ElementNode node) {
    super(owner, size, node);
  }

  /** What the function makes of each. */
  public LongElements map(LongUnary function) {
    return new LongElements(owner(), size(), mapped(function));
  }

  /** What the function makes of each of these and the one of {@code other} at the same index. */
  public LongElements zip(LongElements other, LongBinary function) {
    return new LongElements(owner(), size(), zipped(other, function));
  }

  /** The same with the elements of an array of the session. */
  public LongElements zip(LongArray other, LongBinary function) {
    return zip(owner().elements(other), function);
  }

  /** The same with the elements of a Java array. */
  public LongElements zip(long[] other, LongBinary function) {
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

  /** Each as {@code (int)} makes it. */
  public IntElements asInts() {
    return new IntElements(owner(), size(), cast(ElementType.INT));
  }

  /** Computes them into an array of the session, which may be one that they are made from. */
  public Execution to(LongArray out) {
    return write(out, out.size());
  }

  /** Computes them into a Java array, which may be one that they are made from. */
  public Execution to(long[] out) {
    return write(out, out.length);
  }

  /** Computes them into a new Java array. */
  public long[] toArray() {
    long[] out = new long[javaLength()];
    write(out, out.length);
    return out;
  }

  /** Computes them into a new array of the session. */
  public LongArray evaluate() {
    return written(session().longs(size()));
  }

  /**
   * Computes and combines all of them; {@code identity} if there are none. The order is the fixed
   * tree of {@link Offload#reduce(long[], long, LongBinary)}.
   */
  public long reduce(long identity, LongBinary function) {
    return (long) reduced(function, identity);
  }
}
