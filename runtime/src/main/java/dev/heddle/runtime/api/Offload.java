package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.DoubleBinary;
import dev.heddle.runtime.function.DoubleGenerator;
import dev.heddle.runtime.function.DoubleUnary;
import dev.heddle.runtime.function.ElementFunction;
import dev.heddle.runtime.function.FloatBinary;
import dev.heddle.runtime.function.FloatGenerator;
import dev.heddle.runtime.function.FloatUnary;
import dev.heddle.runtime.function.GroupBody;
import dev.heddle.runtime.function.IntBinary;
import dev.heddle.runtime.function.IntGenerator;
import dev.heddle.runtime.function.IntUnary;
import dev.heddle.runtime.function.LongBinary;
import dev.heddle.runtime.function.LongGenerator;
import dev.heddle.runtime.function.LongUnary;
import dev.heddle.runtime.function.RangeBody;
import dev.heddle.runtime.function.RangeBody2D;
import dev.heddle.runtime.function.RangeBody3D;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;

/**
 * Runs lambdas over ranges and arrays on the devices of a session. The code of a lambda is lifted
 * once; its results have the bits that plain Java computes, on every device and however the work is
 * split ({@code Math} functions: within the error that {@code Math} allows, the same everywhere).
 *
 * <p>Captured arrays of primitive types may be read and written. The CPU device works on them where
 * they are, other devices on copies; where the lambda throws, every array is as it was.
 *
 * <p>Every method throws {@link dev.heddle.compiler.frontend.java.LiftException} if the code is not
 * supported, before anything runs, and what the lambda throws for the lowest index known otherwise,
 * such as {@link ArrayIndexOutOfBoundsException} and {@link ArithmeticException}.
 */
public abstract sealed class Offload permits Session, OffloadView {
  Offload() {}

  abstract Lambdas lambdas();

  abstract LambdaOptions lambdaOptions();

  // ---- ranges

  /** Runs {@code body} for 0 to {@code n - 1}, in any order and at once. */
  public final Execution parallelFor(int n, RangeBody body) {
    return run(LambdaCall.of(n, body));
  }

  /** Runs {@code body} for each x below {@code width} and y below {@code height}. */
  public final Execution parallelFor(int width, int height, RangeBody2D body) {
    return run(LambdaCall.of(width, height, body));
  }

  /** Runs {@code body} for each x, y and z below the sizes. */
  public final Execution parallelFor(int width, int height, int depth, RangeBody3D body) {
    return run(LambdaCall.of(width, height, depth, body));
  }

  /**
   * Runs {@code body} for each work-item of a range, in work-groups that share local arrays and
   * wait for each other at barriers. {@link NDRange#withLocal} says how large they are.
   */
  public final Execution parallelFor(NDRange range, GroupBody body) {
    return run(LambdaCall.of(range, body));
  }

  /**
   * Starts {@link #parallelFor(int, RangeBody)} and does not wait for it. It follows the runs
   * started earlier on the arrays that it uses, and later ones follow it; others overlap. What is
   * captured is read before this returns. Cancelling the result ends the run; what it was to write
   * then means nothing.
   */
  public final CompletableFuture<Execution> start(int n, RangeBody body) {
    return start(LambdaCall.of(n, body));
  }

  /** The same over two dimensions. */
  public final CompletableFuture<Execution> start(int width, int height, RangeBody2D body) {
    return start(LambdaCall.of(width, height, body));
  }

  /** The same over three dimensions. */
  public final CompletableFuture<Execution> start(
      int width, int height, int depth, RangeBody3D body) {
    return start(LambdaCall.of(width, height, depth, body));
  }

  /** The same with work-groups. */
  public final CompletableFuture<Execution> start(NDRange range, GroupBody body) {
    return start(LambdaCall.of(range, body));
  }

  // ---- arrays of float

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(float[] in, float[] out, FloatUnary function) {
    return elements(ElementType.FLOAT, function, in, out);
  }

  /** The same for arrays of the session. */
  public final Execution map(FloatArray in, FloatArray out, FloatUnary function) {
    return elements(ElementType.FLOAT, function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(float[] left, float[] right, float[] out, FloatBinary function) {
    return elements(ElementType.FLOAT, function, left, right, out);
  }

  /** The same for arrays of the session. */
  public final Execution zip(
      FloatArray left, FloatArray right, FloatArray out, FloatBinary function) {
    return elements(ElementType.FLOAT, function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(float[] out, FloatGenerator function) {
    return elements(ElementType.FLOAT, function, new Object[] {out});
  }

  /** The same for an array of the session. */
  public final Execution generate(FloatArray out, FloatGenerator function) {
    return elements(ElementType.FLOAT, function, out);
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final float reduce(float[] values, float identity, FloatBinary function) {
    return (float) lambdas().reduce(function, ElementType.FLOAT, values, identity, lambdaOptions());
  }

  /** The same for an array of the session. */
  public final float reduce(FloatArray values, float identity, FloatBinary function) {
    return (float) lambdas().reduce(function, ElementType.FLOAT, values, identity, lambdaOptions());
  }

  // ---- arrays of double

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(double[] in, double[] out, DoubleUnary function) {
    return elements(ElementType.DOUBLE, function, in, out);
  }

  /** The same for arrays of the session. */
  public final Execution map(DoubleArray in, DoubleArray out, DoubleUnary function) {
    return elements(ElementType.DOUBLE, function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(double[] left, double[] right, double[] out, DoubleBinary function) {
    return elements(ElementType.DOUBLE, function, left, right, out);
  }

  /** The same for arrays of the session. */
  public final Execution zip(
      DoubleArray left, DoubleArray right, DoubleArray out, DoubleBinary function) {
    return elements(ElementType.DOUBLE, function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(double[] out, DoubleGenerator function) {
    return elements(ElementType.DOUBLE, function, new Object[] {out});
  }

  /** The same for an array of the session. */
  public final Execution generate(DoubleArray out, DoubleGenerator function) {
    return elements(ElementType.DOUBLE, function, out);
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final double reduce(double[] values, double identity, DoubleBinary function) {
    return (double)
        lambdas().reduce(function, ElementType.DOUBLE, values, identity, lambdaOptions());
  }

  /** The same for an array of the session. */
  public final double reduce(DoubleArray values, double identity, DoubleBinary function) {
    return (double)
        lambdas().reduce(function, ElementType.DOUBLE, values, identity, lambdaOptions());
  }

  // ---- arrays of int

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(int[] in, int[] out, IntUnary function) {
    return elements(ElementType.INT, function, in, out);
  }

  /** The same for arrays of the session. */
  public final Execution map(IntArray in, IntArray out, IntUnary function) {
    return elements(ElementType.INT, function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(int[] left, int[] right, int[] out, IntBinary function) {
    return elements(ElementType.INT, function, left, right, out);
  }

  /** The same for arrays of the session. */
  public final Execution zip(IntArray left, IntArray right, IntArray out, IntBinary function) {
    return elements(ElementType.INT, function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(int[] out, IntGenerator function) {
    return elements(ElementType.INT, function, new Object[] {out});
  }

  /** The same for an array of the session. */
  public final Execution generate(IntArray out, IntGenerator function) {
    return elements(ElementType.INT, function, out);
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final int reduce(int[] values, int identity, IntBinary function) {
    return (int) lambdas().reduce(function, ElementType.INT, values, identity, lambdaOptions());
  }

  /** The same for an array of the session. */
  public final int reduce(IntArray values, int identity, IntBinary function) {
    return (int) lambdas().reduce(function, ElementType.INT, values, identity, lambdaOptions());
  }

  // ---- arrays of long

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(long[] in, long[] out, LongUnary function) {
    return elements(ElementType.LONG, function, in, out);
  }

  /** The same for arrays of the session. */
  public final Execution map(LongArray in, LongArray out, LongUnary function) {
    return elements(ElementType.LONG, function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(long[] left, long[] right, long[] out, LongBinary function) {
    return elements(ElementType.LONG, function, left, right, out);
  }

  /** The same for arrays of the session. */
  public final Execution zip(LongArray left, LongArray right, LongArray out, LongBinary function) {
    return elements(ElementType.LONG, function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(long[] out, LongGenerator function) {
    return elements(ElementType.LONG, function, new Object[] {out});
  }

  /** The same for an array of the session. */
  public final Execution generate(LongArray out, LongGenerator function) {
    return elements(ElementType.LONG, function, out);
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final long reduce(long[] values, long identity, LongBinary function) {
    return (long) lambdas().reduce(function, ElementType.LONG, values, identity, lambdaOptions());
  }

  /** The same for an array of the session. */
  public final long reduce(LongArray values, long identity, LongBinary function) {
    return (long) lambdas().reduce(function, ElementType.LONG, values, identity, lambdaOptions());
  }

  // ---- chains of functions of elements, run as one kernel

  /** The elements of an array, to compute others from in one kernel; see {@link Elements}. */
  public final FloatElements elements(float[] array) {
    return new FloatElements(this, array.length, Elements.source(array, ElementType.FLOAT));
  }

  /** The same for an array of the session. */
  public final FloatElements elements(FloatArray array) {
    return new FloatElements(this, array.size(), Elements.source(array, ElementType.FLOAT));
  }

  /** A float for each of {@code size} indices, up to 2^31 - 1; see {@link Elements}. */
  public final FloatElements floatElements(long size, FloatGenerator function) {
    return new FloatElements(this, size, Elements.generated(size, function, ElementType.FLOAT));
  }

  /** The same for doubles. */
  public final DoubleElements elements(double[] array) {
    return new DoubleElements(this, array.length, Elements.source(array, ElementType.DOUBLE));
  }

  /** The same for an array of the session. */
  public final DoubleElements elements(DoubleArray array) {
    return new DoubleElements(this, array.size(), Elements.source(array, ElementType.DOUBLE));
  }

  /** A double for each of {@code size} indices, up to 2^31 - 1; see {@link Elements}. */
  public final DoubleElements doubleElements(long size, DoubleGenerator function) {
    return new DoubleElements(this, size, Elements.generated(size, function, ElementType.DOUBLE));
  }

  /** The same for ints. */
  public final IntElements elements(int[] array) {
    return new IntElements(this, array.length, Elements.source(array, ElementType.INT));
  }

  /** The same for an array of the session. */
  public final IntElements elements(IntArray array) {
    return new IntElements(this, array.size(), Elements.source(array, ElementType.INT));
  }

  /** An int for each of {@code size} indices, up to 2^31 - 1; see {@link Elements}. */
  public final IntElements intElements(long size, IntGenerator function) {
    return new IntElements(this, size, Elements.generated(size, function, ElementType.INT));
  }

  /** The same for longs. */
  public final LongElements elements(long[] array) {
    return new LongElements(this, array.length, Elements.source(array, ElementType.LONG));
  }

  /** The same for an array of the session. */
  public final LongElements elements(LongArray array) {
    return new LongElements(this, array.size(), Elements.source(array, ElementType.LONG));
  }

  /** A long for each of {@code size} indices, up to 2^31 - 1; see {@link Elements}. */
  public final LongElements longElements(long size, LongGenerator function) {
    return new LongElements(this, size, Elements.generated(size, function, ElementType.LONG));
  }

  private Execution elements(ElementType type, ElementFunction function, Object... arrays) {
    HostArray[] views = HostArray.of(arrays);
    long size = views[views.length - 1].size();
    for (HostArray view : views) {
      if (view.size() != size) {
        throw RunException.usage(
            "arrays of " + view.size() + " and " + size + " elements; they must be as long");
      }
    }
    KernelShape shape =
        new KernelShape.Elements(Collections.nCopies(arrays.length - 1, type), type);
    return run(
        new LambdaCall(
            function, shape, NDRange.of(size), arrays, () -> PlainJava.elements(function, views)));
  }

  private Execution run(LambdaCall call) {
    return lambdas().run(call, lambdaOptions());
  }

  private CompletableFuture<Execution> start(LambdaCall call) {
    return lambdas().start(call, lambdaOptions());
  }
}
