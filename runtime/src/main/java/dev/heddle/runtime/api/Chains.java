package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.Chain;
import dev.heddle.compiler.frontend.java.ChainCompiler;
import dev.heddle.compiler.frontend.java.JavaMethod;
import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.function.ElementFunction;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs expressions of elements, each as one kernel or, if it is long, a few. */
final class Chains {
  /** Kernels that are kept; programs may make expressions without end. */
  private static final int MOST_KERNELS = 256;

  private final Session session;
  private final Lambdas lambdas;
  private final ArrayStage stage;
  private final Map<JavaMethod, Integer> operations = new ConcurrentHashMap<>();

  private final Map<Chain, LambdaKernel> kernels =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Chain, LambdaKernel> eldest) {
          return size() > MOST_KERNELS;
        }
      };

  Chains(Session session, Lambdas lambdas, ArrayStage stage) {
    this.session = session;
    this.lambdas = lambdas;
    this.stage = stage;
  }

  /**
   * Computes all elements into an array of Java or of the session.
   *
   * @throws LiftException if a function can't become code of a kernel and plain Java was not asked
   *     for
   */
  Execution write(ElementNode root, long size, Object out, LambdaOptions options) {
    ChainRun run;
    try {
      run = run(root, Optional.empty(), size, options);
    } catch (LiftException e) {
      if (!options.plainJava()) {
        throw e;
      }
      return PlainJava.run(
          "chain", NDRange.of(size), options.run(), e, () -> PlainElements.write(root, size, out));
    }
    try (run) {
      return run.write(out);
    }
  }

  /**
   * Combines all elements in the tree of {@link Lambdas#reduce}.
   *
   * @throws LiftException if a function can't become code of a kernel
   */
  Object reduce(
      ElementNode root,
      long size,
      ElementFunction function,
      Object identity,
      LambdaOptions options) {
    if (size == 0) {
      return identity;
    }
    LambdaCode code = LambdaCode.of(function);
    try (ChainRun run = run(root, Optional.of(code), size, options)) {
      return lambdas.tree(
          code,
          root.element(),
          size,
          options,
          (partial, range) -> run.reduce(partial, range, identity));
    }
  }

  private ChainRun run(
      ElementNode root, Optional<LambdaCode> reduction, long size, LambdaOptions options) {
    ChainPlan plan = ChainPlan.of(root, reduction, method -> operations(method, options));
    List<LambdaKernel> ready = new ArrayList<>();
    for (ChainPlan.Part part : plan.parts()) {
      ready.add(kernel(part.chain(), options));
    }
    return new ChainRun(this, plan, ready, size, options);
  }

  private int operations(JavaMethod method, LambdaOptions options) {
    Integer known = operations.get(method);
    if (known == null) {
      known = ChainCompiler.operations(method, options.lookup());
      operations.put(method, known);
    }
    return known;
  }

  /** The kernel that copies an array. */
  LambdaKernel copying(ElementType element, LambdaOptions options) {
    Chain.Step load = new Chain.Load(element);
    return kernel(new Chain(List.of(load), List.of(0), Optional.empty()), options);
  }

  private LambdaKernel kernel(Chain chain, LambdaOptions options) {
    synchronized (kernels) {
      LambdaKernel known = kernels.get(chain);
      if (known != null) {
        return known;
      }
    }
    LambdaKernel made =
        new LambdaKernel(session, ChainCompiler.compile(chain, options.lookup()), stage);
    synchronized (kernels) {
      LambdaKernel first = kernels.putIfAbsent(chain, made);
      return first == null ? made : first;
    }
  }

  Lambdas lambdas() {
    return lambdas;
  }

  ArrayStage stage() {
    return stage;
  }
}
