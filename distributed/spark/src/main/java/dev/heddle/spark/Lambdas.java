package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.api.LiftedLambda;
import dev.heddle.runtime.function.DoubleBinary;
import dev.heddle.runtime.function.DoubleGenerator;
import dev.heddle.runtime.function.DoubleUnary;
import dev.heddle.runtime.function.FloatBinary;
import dev.heddle.runtime.function.FloatGenerator;
import dev.heddle.runtime.function.FloatUnary;
import dev.heddle.runtime.function.IntBinary;
import dev.heddle.runtime.function.IntGenerator;
import dev.heddle.runtime.function.IntUnary;
import dev.heddle.runtime.function.LongBinary;
import dev.heddle.runtime.function.LongGenerator;
import dev.heddle.runtime.function.LongUnary;
import dev.heddle.runtime.function.RangeBody;
import dev.heddle.runtime.function.RangeBody2D;
import dev.heddle.runtime.function.RangeBody3D;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs lambdas over a cluster. A lambda is lifted on the driver and travels as a kernel; what it
 * captures travels as arguments: numbers, {@link SparkArray}s, and arrays of the driver, which are
 * broadcast before and brought back after the run.
 *
 * <p>Every method throws {@link dev.heddle.compiler.frontend.java.LiftException} if the code is not
 * supported, before anything runs, and what the lambda throws for the lowest index known otherwise.
 */
public final class Lambdas {
  private final HeddleSpark spark;

  Lambdas(HeddleSpark spark) {
    this.spark = spark;
  }

  /** Runs {@code body} for 0 to {@code n - 1}, in any order and at once. */
  public SparkExecution parallelFor(int n, RangeBody body) {
    return run(body, new KernelShape.ForEach(1, false), NDRange.of(n));
  }

  /** Runs {@code body} for each x below {@code width} and y below {@code height}. */
  public SparkExecution parallelFor(int width, int height, RangeBody2D body) {
    return run(body, new KernelShape.ForEach(2, false), NDRange.of(width, height));
  }

  /** Runs {@code body} for each x, y and z below the sizes. */
  public SparkExecution parallelFor(int width, int height, int depth, RangeBody3D body) {
    return run(body, new KernelShape.ForEach(3, false), NDRange.of(width, height, depth));
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public SparkExecution map(SparkFloats in, SparkFloats out, FloatUnary function) {
    return elements(function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public SparkExecution map(SparkDoubles in, SparkDoubles out, DoubleUnary function) {
    return elements(function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public SparkExecution map(SparkInts in, SparkInts out, IntUnary function) {
    return elements(function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public SparkExecution map(SparkLongs in, SparkLongs out, LongUnary function) {
    return elements(function, in, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public SparkExecution zip(
      SparkFloats left, SparkFloats right, SparkFloats out, FloatBinary function) {
    return elements(function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public SparkExecution zip(
      SparkDoubles left, SparkDoubles right, SparkDoubles out, DoubleBinary function) {
    return elements(function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public SparkExecution zip(SparkInts left, SparkInts right, SparkInts out, IntBinary function) {
    return elements(function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public SparkExecution zip(
      SparkLongs left, SparkLongs right, SparkLongs out, LongBinary function) {
    return elements(function, left, right, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public SparkExecution generate(SparkFloats out, FloatGenerator function) {
    return elements(function, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public SparkExecution generate(SparkDoubles out, DoubleGenerator function) {
    return elements(function, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public SparkExecution generate(SparkInts out, IntGenerator function) {
    return elements(function, out);
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public SparkExecution generate(SparkLongs out, LongGenerator function) {
    return elements(function, out);
  }

  /** Combines all elements, in the tree in which a session does it. */
  public float reduce(SparkFloats values, float identity, FloatBinary function) {
    return (float) TreeReduction.reduce(spark, function, values, identity);
  }

  /** Combines all elements, in the tree in which a session does it. */
  public double reduce(SparkDoubles values, double identity, DoubleBinary function) {
    return (double) TreeReduction.reduce(spark, function, values, identity);
  }

  /** Combines all elements, in the tree in which a session does it. */
  public int reduce(SparkInts values, int identity, IntBinary function) {
    return (int) TreeReduction.reduce(spark, function, values, identity);
  }

  /** Combines all elements, in the tree in which a session does it. */
  public long reduce(SparkLongs values, long identity, LongBinary function) {
    return (long) TreeReduction.reduce(spark, function, values, identity);
  }

  private SparkExecution elements(Object function, SparkArray... arrays) {
    SparkArray out = arrays[arrays.length - 1];
    for (SparkArray array : arrays) {
      if (array.size() != out.size()) {
        throw RunException.usage(
            "arrays of " + array.size() + " and " + out.size() + " elements; they must be as long");
      }
    }
    ElementType type = out.element();
    KernelShape shape =
        new KernelShape.Elements(Collections.nCopies(arrays.length - 1, type), type);
    return run(function, shape, NDRange.of(out.size()), arrays);
  }

  private SparkExecution run(
      Object function, KernelShape shape, NDRange range, SparkArray... arrays) {
    LiftedLambda lambda = LiftedLambda.of(function, shape);
    SparkKernel kernel = spark.program(lambda.program()).kernel(lambda.name());
    SparkArguments arguments = kernel.arguments();
    Map<Object, SparkArray> broadcast = new IdentityHashMap<>();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      Optional<Object> captured = lambda.value(i);
      Object value = captured.isPresent() ? captured.get() : arrays[i];
      switch (kernel.parameters().get(i)) {
        case Parameter.Scalar scalar -> arguments.setBits(i, LiftedLambda.bits(value));
        case Parameter.Pointer pointer ->
            arguments.set(
                i,
                value instanceof SparkArray array
                    ? array
                    : broadcast.computeIfAbsent(value, v -> small(pointer, v)));
      }
    }
    try {
      SparkExecution execution = kernel.run(range, arguments, spark.options());
      broadcast.forEach(Lambdas::bringBack);
      return execution;
    } catch (RunException e) {
      throw lambda.translate(e, name -> length(arguments, name));
    }
  }

  private static long length(SparkArguments arguments, String name) {
    return arguments.array(arguments.position(name)).size();
  }

  /** An array of the driver's, for the executors. */
  private SparkArray small(Parameter.Pointer pointer, Object array) {
    return spark.broadcast(pointer.element(), segment(array));
  }

  /** What the lambda wrote into an array of the driver's. */
  private static void bringBack(Object array, SparkArray written) {
    written.read(segment(array));
  }

  private static MemorySegment segment(Object array) {
    return switch (array) {
      case byte[] values -> MemorySegment.ofArray(values);
      case short[] values -> MemorySegment.ofArray(values);
      case char[] values -> MemorySegment.ofArray(values);
      case int[] values -> MemorySegment.ofArray(values);
      case long[] values -> MemorySegment.ofArray(values);
      case float[] values -> MemorySegment.ofArray(values);
      case double[] values -> MemorySegment.ofArray(values);
      default ->
          throw RunException.usage(
              "a lambda that runs on a cluster can't use "
                  + array.getClass().getTypeName()
                  + "; use arrays of numbers, or arrays of HeddleSpark");
    };
  }
}
