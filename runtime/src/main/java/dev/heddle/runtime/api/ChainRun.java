package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of the kernels of an expression, one after the other. It holds the buffers for what goes
 * from kernel to kernel, each until its last use.
 */
final class ChainRun implements AutoCloseable {
  private final Chains chains;
  private final List<ChainPlan.Part> parts;
  private final List<LambdaKernel> kernels;
  private final long size;
  private final LambdaOptions options;
  private final Map<ElementNode, Integer> lastUses;
  private final Map<ElementNode, Buffer> between = new IdentityHashMap<>();

  /**
   * @param kernels for each part of the plan
   */
  ChainRun(
      Chains chains, ChainPlan plan, List<LambdaKernel> kernels, long size, LambdaOptions options) {
    this.chains = chains;
    this.parts = plan.parts();
    this.kernels = kernels;
    this.size = size;
    this.options = options;
    this.lastUses = ChainPlan.lastUses(plan);
  }

  /** Runs all; the elements go to an array of Java or of the session. */
  Execution write(Object out) {
    long start = System.nanoTime();
    runFirst();
    LambdaKernel last = kernels.getLast();
    LambdaKernel.Values values = values(parts.getLast(), last, List.of(out));
    Execution execution =
        last.captured(values, out)
            ? writeBehind(last, out)
            : chains.lambdas().run(last, NDRange.of(size), values, options);
    return parts.size() == 1 ? execution : ofAll(execution, System.nanoTime() - start);
  }

  /**
   * A function reads the array that the elements go to, at any place: it is written when all
   * elements are known.
   */
  private Execution writeBehind(LambdaKernel last, Object out) {
    ElementType element = parts.getLast().chain().steps().getLast().element();
    Buffer elements = take(element);
    try {
      LambdaKernel.Values values = values(parts.getLast(), last, List.of(elements));
      Execution execution = chains.lambdas().run(last, NDRange.of(size), values, options);
      LambdaKernel copy = chains.copying(element, options);
      Object[] both = {elements, out};
      LambdaKernel.Values copied = copy.values(new Object[0], both);
      chains.lambdas().run(copy, NDRange.of(size), copied, options);
      return execution;
    } finally {
      chains.stage().giveBack(elements);
    }
  }

  /** Runs all; the last kernel combines the elements of lanes. */
  void reduce(Buffer partial, NDRange lanes, Object identity) {
    runFirst();
    LambdaKernel last = kernels.getLast();
    List<Object> shape = List.of(partial, identity, size);
    chains.lambdas().run(last, lanes, values(parts.getLast(), last, shape), options);
  }

  /** Runs all parts but the last. */
  private void runFirst() {
    for (int i = 0; i < parts.size() - 1; i++) {
      ChainPlan.Part part = parts.get(i);
      List<Object> results = new ArrayList<>();
      for (ElementNode node : part.results()) {
        Buffer buffer = take(node.element());
        between.put(node, buffer);
        results.add(buffer);
      }
      LambdaKernel kernel = kernels.get(i);
      chains.lambdas().run(kernel, NDRange.of(size), values(part, kernel, results), options);
      int done = i;
      between.entrySet().removeIf(entry -> freed(entry, done));
    }
  }

  private boolean freed(Map.Entry<ElementNode, Buffer> entry, int part) {
    boolean over = Objects.requireNonNull(lastUses.get(entry.getKey())) <= part;
    if (over) {
      chains.stage().giveBack(entry.getValue());
    }
    return over;
  }

  private LambdaKernel.Values values(
      ChainPlan.Part part, LambdaKernel kernel, List<Object> results) {
    List<Object> shape = new ArrayList<>();
    for (Object input : part.inputs()) {
      shape.add(input instanceof ElementNode node ? between.get(node) : input);
    }
    shape.addAll(results);
    return kernel.values(part.captures(), shape.toArray());
  }

  private Buffer take(ElementType element) {
    return chains.stage().take(Math.multiplyExact(size, (long) element.type().bytes()));
  }

  private Execution ofAll(Execution last, long nanos) {
    List<String> notes = new ArrayList<>(last.notes());
    notes.add("the chain ran as " + parts.size() + " kernels; this is of the last");
    return last.withOutcome(last.devices(), last.faults(), notes, last.printed(), nanos);
  }

  @Override
  public void close() {
    between.values().forEach(chains.stage()::giveBack);
    between.clear();
  }
}
