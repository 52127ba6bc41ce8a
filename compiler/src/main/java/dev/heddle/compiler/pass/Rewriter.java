package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies regions op by op, in program order, while values are replaced. Every definition comes
 * before its uses in that order, so one walk suffices. A pass overrides {@link #visit} for the ops
 * it treats and leaves the rest to {@link #copy}; results keep their values unless {@link #define}
 * says otherwise.
 */
abstract class Rewriter {
  protected final IrBuilder builder;
  private final Map<Value, Value> replacements = new HashMap<>();

  /** A rewriter whose new values and labels are unused in {@code function}. */
  Rewriter(Function function) {
    this(Numbering.builderAfter(function));
  }

  Rewriter(IrBuilder builder) {
    this.builder = builder;
  }

  /** The function with its body rewritten. */
  protected Function rewrite(Function function) {
    return function.withBody(region(function.body()));
  }

  /** From here on, {@code old} stands for {@code replacement}, a value of the new code. */
  protected final void replace(Value old, Value replacement) {
    if (old.equals(replacement)) {
      replacements.remove(old);
    } else {
      replacements.put(old, replacement);
    }
  }

  protected final void replaceAll(List<Value> old, List<Value> replacement) {
    for (int i = 0; i < old.size(); i++) {
      replace(old.get(i), replacement.get(i));
    }
  }

  /** What stands for {@code old} in the new code. */
  protected final Value use(Value old) {
    return replacements.getOrDefault(old, old);
  }

  protected final List<Value> use(List<Value> old) {
    return mapped(old, this::use);
  }

  /** The list with every value mapped; itself where all stay. */
  private static List<Value> mapped(List<Value> old, UnaryOperator<Value> mapping) {
    Value[] values = null;
    for (int i = 0; i < old.size(); i++) {
      Value value = mapping.apply(old.get(i));
      if (values == null && value != old.get(i)) {
        values = old.toArray(new Value[0]);
      }
      if (values != null) {
        values[i] = value;
      }
    }
    return values == null ? old : List.of(values);
  }

  /** The value that the new code defines where the old one defines {@code old}. */
  protected Value define(Value old) {
    return old;
  }

  protected final List<Value> define(List<Value> old) {
    return mapped(old, this::define);
  }

  /** What stands for {@code root} in the new code. */
  protected Root root(Root root) {
    return root;
  }

  /** The label that a loop has in the new code. */
  protected int defineLabel(int label) {
    return label;
  }

  /** What stands for a loop label in the new code. */
  protected int label(int label) {
    return label;
  }

  protected final Access access(Access access) {
    Root root = root(access.root());
    Value offset = use(access.offset());
    return root == access.root() && offset == access.offset()
        ? access
        : access.withRoot(root).withOffset(offset);
  }

  protected Region region(Region old) {
    builder.open(define(old.parameters()));
    return builder.close(contents(old));
  }

  /** Adds what {@code old} holds to the open region, and says how that ends. */
  protected final Terminator contents(Region old) {
    for (Op op : old.ops()) {
      Terminator early = visit(op);
      if (early != null) {
        return early;
      }
    }
    return terminator(old.terminator());
  }

  /**
   * Adds what becomes of {@code op} to the open region.
   *
   * @return how the open region ends, if control never goes on behind {@code op}
   */
  protected @Nullable Terminator visit(Op op) {
    builder.add(copy(op));
    return null;
  }

  protected Terminator terminator(Terminator old) {
    return switch (old) {
      case Terminator.Yield(var values) -> new Terminator.Yield(use(values));
      case Terminator.Return(var values) -> new Terminator.Return(use(values));
      case Terminator.Break(int label, var values) ->
          new Terminator.Break(label(label), use(values));
      case Terminator.Continue(int label, var values) ->
          new Terminator.Continue(label(label), use(values));
    };
  }

  /** The op on the new values, its regions rewritten. */
  protected final Op copy(Op op) {
    return switch (op) {
      case Op.Constant(var result, long bits, var span) ->
          new Op.Constant(define(result), bits, span);
      case Op.Unary(var result, var o, var a, var span) ->
          new Op.Unary(define(result), o, use(a), span);
      case Op.Binary(var result, var o, var a, var b, var span) ->
          new Op.Binary(define(result), o, use(a), use(b), span);
      case Op.Compare(var result, var o, var a, var b, var span) ->
          new Op.Compare(define(result), o, use(a), use(b), span);
      case Op.Fma(var result, var a, var b, var c, var span) ->
          new Op.Fma(define(result), use(a), use(b), use(c), span);
      case Op.Select(var result, var condition, var a, var b, var span) ->
          new Op.Select(define(result), use(condition), use(a), use(b), span);
      case Op.Convert(var result, var o, var a, var span) ->
          new Op.Convert(define(result), o, use(a), span);
      case Op.Builtin(var result, var o, var operands, var span) ->
          new Op.Builtin(define(result), o, use(operands), span);
      case Op.Query(var result, var o, int dimension, var span) ->
          new Op.Query(define(result), o, dimension, span);
      case Op.Load(var results, var access, var span) ->
          new Op.Load(define(results), access(access), span);
      case Op.Store(var access, var values, var span) ->
          new Op.Store(access(access), use(values), span);
      case Op.Atomic(var result, var o, var access, var values, var span) ->
          new Op.Atomic(define(result), o, access(access), use(values), span);
      case Op.Barrier barrier -> barrier;
      case Op.Fence fence -> fence;
      case Op.RootSize(var result, var root, var span) ->
          new Op.RootSize(define(result), root(root), span);
      case Op.Call call -> copyCall(call);
      case Op.If branch -> copyIf(branch);
      case Op.Loop loop -> copyLoop(loop);
    };
  }

  private Op.Call copyCall(Op.Call call) {
    return new Op.Call(
        define(call.results()),
        call.callee(),
        call.arguments().stream().map(this::argument).toList(),
        call.span());
  }

  private Op.Argument argument(Op.Argument argument) {
    return switch (argument) {
      case Op.Argument.Scalar(var value) -> new Op.Argument.Scalar(use(value));
      case Op.Argument.Pointer(var root, var value) ->
          new Op.Argument.Pointer(root(root), use(value));
    };
  }

  private Op.If copyIf(Op.If branch) {
    Value condition = use(branch.condition());
    Region thenRegion = region(branch.thenRegion());
    Region elseRegion = region(branch.elseRegion());
    return new Op.If(define(branch.results()), condition, thenRegion, elseRegion, branch.span());
  }

  private Op.Loop copyLoop(Op.Loop loop) {
    List<Value> initial = use(loop.initial());
    int label = defineLabel(loop.label());
    Region body = region(loop.body());
    return new Op.Loop(define(loop.results()), label, initial, body, loop.span());
  }
}
