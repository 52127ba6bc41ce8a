package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.ir.ElementType;
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
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;

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

  /** Runs {@code body} for 0 to {@code n - 1}, in any order and at once. */
  public final Execution parallelFor(int n, RangeBody body) {
    return lambdas()
        .run(
            body,
            new KernelShape.ForEach(1, false),
            NDRange.of(n),
            new Object[0],
            lambdaOptions(),
            () -> {
              for (int i = 0; i < n; i++) {
                body.at(i);
              }
            });
  }

  /** Runs {@code body} for each x below {@code width} and y below {@code height}. */
  public final Execution parallelFor(int width, int height, RangeBody2D body) {
    return lambdas()
        .run(
            body,
            new KernelShape.ForEach(2, false),
            NDRange.of(width, height),
            new Object[0],
            lambdaOptions(),
            () -> {
              for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                  body.at(x, y);
                }
              }
            });
  }

  /** Runs {@code body} for each x, y and z below the sizes. */
  public final Execution parallelFor(int width, int height, int depth, RangeBody3D body) {
    return lambdas()
        .run(
            body,
            new KernelShape.ForEach(3, false),
            NDRange.of(width, height, depth),
            new Object[0],
            lambdaOptions(),
            () -> {
              for (int z = 0; z < depth; z++) {
                for (int y = 0; y < height; y++) {
                  for (int x = 0; x < width; x++) {
                    body.at(x, y, z);
                  }
                }
              }
            });
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(float[] in, float[] out, FloatUnary function) {
    int n = sameLength(in.length, out.length);
    return elements(
        function,
        ElementType.FLOAT,
        1,
        n,
        new Object[] {in, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(in[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(float[] left, float[] right, float[] out, FloatBinary function) {
    int n = sameLength(sameLength(left.length, right.length), out.length);
    return elements(
        function,
        ElementType.FLOAT,
        2,
        n,
        new Object[] {left, right, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(left[i], right[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(float[] out, FloatGenerator function) {
    return elements(
        function,
        ElementType.FLOAT,
        0,
        out.length,
        new Object[] {out},
        () -> {
          for (int i = 0; i < out.length; i++) {
            out[i] = function.at(i);
          }
        });
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final float reduce(float[] values, float identity, FloatBinary function) {
    return (float)
        lambdas()
            .reduce(function, ElementType.FLOAT, values, values.length, identity, lambdaOptions());
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(double[] in, double[] out, DoubleUnary function) {
    int n = sameLength(in.length, out.length);
    return elements(
        function,
        ElementType.DOUBLE,
        1,
        n,
        new Object[] {in, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(in[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(double[] left, double[] right, double[] out, DoubleBinary function) {
    int n = sameLength(sameLength(left.length, right.length), out.length);
    return elements(
        function,
        ElementType.DOUBLE,
        2,
        n,
        new Object[] {left, right, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(left[i], right[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(double[] out, DoubleGenerator function) {
    return elements(
        function,
        ElementType.DOUBLE,
        0,
        out.length,
        new Object[] {out},
        () -> {
          for (int i = 0; i < out.length; i++) {
            out[i] = function.at(i);
          }
        });
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final double reduce(double[] values, double identity, DoubleBinary function) {
    return (double)
        lambdas()
            .reduce(function, ElementType.DOUBLE, values, values.length, identity, lambdaOptions());
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(int[] in, int[] out, IntUnary function) {
    int n = sameLength(in.length, out.length);
    return elements(
        function,
        ElementType.INT,
        1,
        n,
        new Object[] {in, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(in[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(int[] left, int[] right, int[] out, IntBinary function) {
    int n = sameLength(sameLength(left.length, right.length), out.length);
    return elements(
        function,
        ElementType.INT,
        2,
        n,
        new Object[] {left, right, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(left[i], right[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(int[] out, IntGenerator function) {
    return elements(
        function,
        ElementType.INT,
        0,
        out.length,
        new Object[] {out},
        () -> {
          for (int i = 0; i < out.length; i++) {
            out[i] = function.at(i);
          }
        });
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final int reduce(int[] values, int identity, IntBinary function) {
    return (int)
        lambdas()
            .reduce(function, ElementType.INT, values, values.length, identity, lambdaOptions());
  }

  /** Sets {@code out[i]} to {@code function.of(in[i])}; both may be one array. */
  public final Execution map(long[] in, long[] out, LongUnary function) {
    int n = sameLength(in.length, out.length);
    return elements(
        function,
        ElementType.LONG,
        1,
        n,
        new Object[] {in, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(in[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.of(left[i], right[i])}; arrays may be the same. */
  public final Execution zip(long[] left, long[] right, long[] out, LongBinary function) {
    int n = sameLength(sameLength(left.length, right.length), out.length);
    return elements(
        function,
        ElementType.LONG,
        2,
        n,
        new Object[] {left, right, out},
        () -> {
          for (int i = 0; i < n; i++) {
            out[i] = function.of(left[i], right[i]);
          }
        });
  }

  /** Sets {@code out[i]} to {@code function.at(i)}. */
  public final Execution generate(long[] out, LongGenerator function) {
    return elements(
        function,
        ElementType.LONG,
        0,
        out.length,
        new Object[] {out},
        () -> {
          for (int i = 0; i < out.length; i++) {
            out[i] = function.at(i);
          }
        });
  }

  /**
   * Combines all elements. The order is a fixed tree, the same on every device: the function has to
   * be associative up to what the caller accepts, and {@code identity} its neutral element.
   */
  public final long reduce(long[] values, long identity, LongBinary function) {
    return (long)
        lambdas()
            .reduce(function, ElementType.LONG, values, values.length, identity, lambdaOptions());
  }

  /** Sets each element of {@code out} to the function of that of {@code in}. */
  public final Execution map(FloatArray in, FloatArray out, FloatUnary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(in.get(i)));
          }
        },
        in,
        out);
  }

  /** Sets each element of {@code out} to the function of those of the others. */
  public final Execution zip(
      FloatArray left, FloatArray right, FloatArray out, FloatBinary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(left.get(i), right.get(i)));
          }
        },
        left,
        right,
        out);
  }

  /** Sets each element to the function of its index. */
  public final Execution generate(FloatArray out, FloatGenerator function) {
    return elements(
        function,
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            out.set(i, function.at(i));
          }
        },
        out);
  }

  /** Combines all elements, in the same tree as for a Java array. */
  public final float reduce(FloatArray values, float identity, FloatBinary function) {
    return (float)
        lambdas()
            .reduce(
                function,
                ElementType.FLOAT,
                values.buffer(),
                values.size(),
                identity,
                lambdaOptions());
  }

  /** Sets each element of {@code out} to the function of that of {@code in}. */
  public final Execution map(DoubleArray in, DoubleArray out, DoubleUnary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(in.get(i)));
          }
        },
        in,
        out);
  }

  /** Sets each element of {@code out} to the function of those of the others. */
  public final Execution zip(
      DoubleArray left, DoubleArray right, DoubleArray out, DoubleBinary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(left.get(i), right.get(i)));
          }
        },
        left,
        right,
        out);
  }

  /** Sets each element to the function of its index. */
  public final Execution generate(DoubleArray out, DoubleGenerator function) {
    return elements(
        function,
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            out.set(i, function.at(i));
          }
        },
        out);
  }

  /** Combines all elements, in the same tree as for a Java array. */
  public final double reduce(DoubleArray values, double identity, DoubleBinary function) {
    return (double)
        lambdas()
            .reduce(
                function,
                ElementType.DOUBLE,
                values.buffer(),
                values.size(),
                identity,
                lambdaOptions());
  }

  /** Sets each element of {@code out} to the function of that of {@code in}. */
  public final Execution map(IntArray in, IntArray out, IntUnary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(in.get(i)));
          }
        },
        in,
        out);
  }

  /** Sets each element of {@code out} to the function of those of the others. */
  public final Execution zip(IntArray left, IntArray right, IntArray out, IntBinary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(left.get(i), right.get(i)));
          }
        },
        left,
        right,
        out);
  }

  /** Sets each element to the function of its index. */
  public final Execution generate(IntArray out, IntGenerator function) {
    return elements(
        function,
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            out.set(i, function.at(i));
          }
        },
        out);
  }

  /** Combines all elements, in the same tree as for a Java array. */
  public final int reduce(IntArray values, int identity, IntBinary function) {
    return (int)
        lambdas()
            .reduce(
                function,
                ElementType.INT,
                values.buffer(),
                values.size(),
                identity,
                lambdaOptions());
  }

  /** Sets each element of {@code out} to the function of that of {@code in}. */
  public final Execution map(LongArray in, LongArray out, LongUnary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(in.get(i)));
          }
        },
        in,
        out);
  }

  /** Sets each element of {@code out} to the function of those of the others. */
  public final Execution zip(LongArray left, LongArray right, LongArray out, LongBinary function) {
    return elements(
        function,
        out,
        () -> {
          for (long i = 0; i < out.size(); i++) {
            out.set(i, function.of(left.get(i), right.get(i)));
          }
        },
        left,
        right,
        out);
  }

  /** Sets each element to the function of its index. */
  public final Execution generate(LongArray out, LongGenerator function) {
    return elements(
        function,
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            out.set(i, function.at(i));
          }
        },
        out);
  }

  /** Combines all elements, in the same tree as for a Java array. */
  public final long reduce(LongArray values, long identity, LongBinary function) {
    return (long)
        lambdas()
            .reduce(
                function,
                ElementType.LONG,
                values.buffer(),
                values.size(),
                identity,
                lambdaOptions());
  }

  private Execution elements(
      Object function, SessionArray out, Runnable plain, SessionArray... arrays) {
    for (SessionArray array : arrays) {
      if (array.size() != out.size()) {
        throw RunException.usage(
            "arrays of " + array.size() + " and " + out.size() + " elements; they must be as long");
      }
    }
    ElementType type = out.element();
    KernelShape shape =
        new KernelShape.Elements(java.util.Collections.nCopies(arrays.length - 1, type), type);
    return lambdas().run(function, shape, NDRange.of(out.size()), arrays, lambdaOptions(), plain);
  }

  private Execution elements(
      Object function, ElementType type, int inputs, int n, Object[] arrays, Runnable plain) {
    KernelShape shape = new KernelShape.Elements(java.util.Collections.nCopies(inputs, type), type);
    return lambdas().run(function, shape, NDRange.of(n), arrays, lambdaOptions(), plain);
  }

  private static int sameLength(int a, int b) {
    if (a != b) {
      throw RunException.usage("arrays of " + a + " and " + b + " elements; they must be as long");
    }
    return a;
  }
}
