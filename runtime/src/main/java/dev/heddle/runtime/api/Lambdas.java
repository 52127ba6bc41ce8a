package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaCompiler;
import dev.heddle.compiler.frontend.java.JavaMethod;
import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The lambdas that a session has run: each is lifted once. */
final class Lambdas {
  private static final int BLOCK = 4096;
  private static final int LANES = 64;

  private record Key(JavaMethod method, KernelShape shape) {}

  private final Session session;
  private final ArrayStage stage;
  private final ArrayPendings pendings = new ArrayPendings();
  private final Map<Key, LambdaKernel> kernels = new ConcurrentHashMap<>();
  private final Chains chains;

  Lambdas(Session session) {
    this.session = session;
    this.stage = new ArrayStage(session);
    this.chains = new Chains(session, this, stage);
  }

  Session session() {
    return session;
  }

  /** Expressions of elements. */
  Chains chains() {
    return chains;
  }

  /**
   * Runs a lambda for each index of a range, after the runs that were started on its arrays.
   *
   * @throws LiftException if it can't become a kernel and plain Java was not asked for
   */
  Execution run(LambdaCall call, LambdaOptions options) {
    LambdaCode code = LambdaCode.of(call.lambda());
    LambdaKernel kernel;
    try {
      kernel = kernel(code.method(), call.shape(), options);
    } catch (LiftException e) {
      if (!options.plainJava()) {
        throw e;
      }
      return PlainJava.run(code.method().name(), call.range(), options.run(), e, call.plain());
    }
    return run(kernel, code.captures(), call.range(), call.arrays(), options);
  }

  private Execution run(
      LambdaKernel kernel,
      Object[] captures,
      NDRange range,
      Object[] shape,
      LambdaOptions options) {
    return run(kernel, range, kernel.values(captures, shape), options);
  }

  /** Runs a kernel after the runs that were started on its arrays. */
  Execution run(
      LambdaKernel kernel, NDRange range, LambdaKernel.Values values, LambdaOptions options) {
    kernel.uses(values, pendings).forEach(use -> use.buffer().await(use.writes()));
    return kernel.run(range, values, options.run());
  }

  /**
   * Starts a lambda; plain Java is never used instead.
   *
   * @throws LiftException if it can't become a kernel
   */
  CompletableFuture<Execution> start(LambdaCall call, LambdaOptions options) {
    LambdaCode code = LambdaCode.of(call.lambda());
    LambdaKernel kernel = kernel(code.method(), call.shape(), options);
    LambdaKernel.Values values = kernel.values(code.captures(), call.arrays());
    RunOptions watched = options.run().cancellable();
    return pendings.during(
        values.arrays(),
        () ->
            session
                .asyncRuns()
                .start(
                    kernel.uses(values, pendings),
                    () -> kernel.run(call.range(), values, watched)));
  }

  /** Combines the elements of an array, in the tree that {@link KernelShape.ReduceLanes} starts. */
  Object reduce(
      Object lambda, ElementType element, Object values, Object identity, LambdaOptions options) {
    long count = HostArray.of(new Object[] {values})[0].size();
    if (count == 0) {
      return identity;
    }
    LambdaCode code = LambdaCode.of(lambda);
    LambdaKernel lanes = kernel(code.method(), new KernelShape.ReduceLanes(element), options);
    return tree(
        code,
        element,
        count,
        options,
        (partial, range) -> {
          Object[] first = {values, partial, identity};
          run(lanes, code.captures(), range, first, options);
        });
  }

  /** What combines the elements of each lane into a buffer, one work-item for each lane. */
  interface Lanes {
    void run(Buffer partial, NDRange lanes);
  }

  /** Combines what the lanes combined, neighbours first. */
  Object tree(
      LambdaCode code, ElementType element, long count, LambdaOptions options, Lanes lanes) {
    LambdaKernel pairs = kernel(code.method(), new KernelShape.ReducePairs(element), options);
    int bytes = element.type().bytes();
    long items = (count + BLOCK - 1L) / BLOCK * LANES;
    Buffer partial = stage.take(items * bytes);
    try {
      lanes.run(partial, NDRange.of(items));
      while (items > 1) {
        items = (items + 1) / 2;
        Buffer halved = stage.take(items * bytes);
        Buffer done = partial;
        partial = halved;
        try {
          Object[] both = {done, halved};
          run(pairs, code.captures(), NDRange.of(items), both, options);
        } finally {
          stage.giveBack(done);
        }
      }
      return Numbers.read(partial.contents(), element, 0);
    } finally {
      stage.giveBack(partial);
    }
  }

  private LambdaKernel kernel(JavaMethod method, KernelShape shape, LambdaOptions options) {
    Key key = new Key(method, shape);
    LambdaKernel known = kernels.get(key);
    if (known != null) {
      return known;
    }
    LambdaKernel made =
        new LambdaKernel(session, JavaCompiler.compile(method, shape, options.lookup()), stage);
    LambdaKernel first = kernels.putIfAbsent(key, made);
    return first == null ? made : first;
  }
}
