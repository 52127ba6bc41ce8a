package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaCompiler;
import dev.heddle.compiler.frontend.java.JavaMethod;
import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lambdas that a session has run: each is lifted once. */
final class Lambdas {
  private static final int BLOCK = 4096;
  private static final int LANES = 64;

  private record Key(JavaMethod method, KernelShape shape) {}

  private final Session session;
  private final ArrayStage stage;
  private final Map<Key, LambdaKernel> kernels = new ConcurrentHashMap<>();

  Lambdas(Session session) {
    this.session = session;
    this.stage = new ArrayStage(session);
  }

  /**
   * Runs a lambda for each index of a range.
   *
   * @param arrays those of the shape, its output last
   * @param plain the same in plain Java
   * @throws LiftException if it can't become a kernel and plain Java was not asked for
   */
  Execution run(
      Object lambda,
      KernelShape shape,
      NDRange range,
      Object[] arrays,
      LambdaOptions options,
      Runnable plain) {
    LambdaCode code = LambdaCode.of(lambda);
    LambdaKernel kernel;
    try {
      kernel = kernel(code.method(), shape);
    } catch (LiftException e) {
      if (!options.plainJava()) {
        throw e;
      }
      return PlainJava.run(code.method().name(), range, options.run(), e, plain);
    }
    return kernel.run(range, code.captures(), arrays, options.run());
  }

  /** Combines the elements of an array, in the tree that {@link KernelShape.ReduceLanes} starts. */
  Object reduce(
      Object lambda,
      ElementType element,
      Object values,
      long count,
      Object identity,
      LambdaOptions options) {
    if (count == 0) {
      return identity;
    }
    LambdaCode code = LambdaCode.of(lambda);
    LambdaKernel lanes = kernel(code.method(), new KernelShape.ReduceLanes(element));
    LambdaKernel pairs = kernel(code.method(), new KernelShape.ReducePairs(element));
    int bytes = element.type().bytes();
    long items = (count + BLOCK - 1L) / BLOCK * LANES;
    Buffer partial = stage.take(items * bytes);
    try {
      lanes.run(
          NDRange.of(items),
          code.captures(),
          new Object[] {values, partial, identity},
          options.run());
      while (items > 1) {
        items = (items + 1) / 2;
        Buffer halved = stage.take(items * bytes);
        Buffer done = partial;
        partial = halved;
        try {
          pairs.run(NDRange.of(items), code.captures(), new Object[] {done, halved}, options.run());
        } finally {
          stage.giveBack(done);
        }
      }
      return Numbers.read(partial.read(), element);
    } finally {
      stage.giveBack(partial);
    }
  }

  private LambdaKernel kernel(JavaMethod method, KernelShape shape) {
    Key key = new Key(method, shape);
    LambdaKernel known = kernels.get(key);
    if (known != null) {
      return known;
    }
    LambdaKernel made = new LambdaKernel(session, JavaCompiler.compile(method, shape), stage);
    LambdaKernel first = kernels.putIfAbsent(key, made);
    return first == null ? made : first;
  }
}
