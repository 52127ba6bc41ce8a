package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes what is constant, and rewrites what has a simpler form with the same bits: {@link
 * IntegerRules}, {@link FloatRules}, {@link ConvertRules} and, here, control flow. A division by
 * zero is left as it is, since it faults.
 */
final class Fold implements Pass {
  @Override
  public String name() {
    return "fold";
  }

  @Override
  public Function run(Function function) {
    return new Folder(function).rewrite(function);
  }

  private static final class Folder extends Rewriter implements Emitter {
    private final Definitions definitions = new Definitions();
    private final IntegerRules integers = new IntegerRules(definitions, this);
    private final FloatRules floats = new FloatRules(definitions, this);
    private final ConvertRules converts = new ConvertRules(definitions, this);

    Folder(Function function) {
      super(function);
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      builder.at(op.span());
      switch (op) {
        case Op.If branch -> {
          return visitIf(branch);
        }
        case Op.Loop loop -> visitLoop(loop);
        default -> {
          Op copied = copy(op);
          Value simpler = simplify(copied);
          if (simpler == null) {
            keep(copied);
          } else {
            replace(op.results().getFirst(), simpler);
          }
        }
      }
      return null;
    }

    private void keep(Op op) {
      builder.add(op);
      definitions.record(op);
    }

    @Override
    public Value emit(Op op) {
      Value simpler = simplify(op);
      if (simpler != null) {
        return simpler;
      }
      keep(op);
      return op.results().getFirst();
    }

    @Override
    public Value fresh(Type type) {
      return builder.fresh(type);
    }

    @Override
    public Span span() {
      return builder.span();
    }

    private @Nullable Value simplify(Op op) {
      return switch (op) {
        case Op.Unary unary ->
            unary.result().type().isFloat() ? floats.unary(unary) : integers.unary(unary);
        case Op.Binary binary ->
            binary.result().type().isFloat() ? floats.binary(binary) : integers.binary(binary);
        case Op.Compare compare ->
            compare.left().type().isFloat() ? floats.compare(compare) : integers.compare(compare);
        case Op.Fma fma -> floats.fma(fma);
        case Op.Select select -> integers.select(select);
        case Op.Convert convert -> converts.convert(convert);
        default -> null;
      };
    }

    private @Nullable Terminator visitIf(Op.If branch) {
      Value condition = use(branch.condition());
      if (definitions.isConstant(condition)) {
        return splice(
            branch, definitions.bits(condition) != 0 ? branch.thenRegion() : branch.elseRegion());
      }
      if (definitions.of(condition) instanceof Op.Unary not) {
        // the only unary operator on BOOL is the negation
        return visitIf(
            new Op.If(
                branch.results(),
                not.operand(),
                branch.elseRegion(),
                branch.thenRegion(),
                branch.span()));
      }
      Region thenRegion = region(branch.thenRegion());
      if (!yields(branch.thenRegion()) && !yields(branch.elseRegion())) {
        return exitEitherWay(branch, condition, thenRegion);
      }
      Region elseRegion = region(branch.elseRegion());
      keep(new Op.If(branch.results(), condition, thenRegion, elseRegion, branch.span()));
      if (yields(thenRegion) && yields(elseRegion)) {
        simplifyResults(branch.results(), condition, thenRegion, elseRegion);
      }
      return null;
    }

    private static boolean yields(Region region) {
      return region.terminator() instanceof Terminator.Yield;
    }

    /** Adds the arm that is taken in place of the branch. */
    private @Nullable Terminator splice(Op.If branch, Region arm) {
      Terminator end = contents(arm);
      if (end instanceof Terminator.Yield(var values)) {
        replaceAll(branch.results(), values);
        return null;
      }
      return end;
    }

    /** What follows is never reached, so the second arm can take its place. */
    private Terminator exitEitherWay(Op.If branch, Value condition, Region thenRegion) {
      Region empty = new Region(List.of(), List.of(), new Terminator.Yield(List.of()));
      keep(new Op.If(List.of(), condition, thenRegion, empty, branch.span()));
      return contents(branch.elseRegion());
    }

    private void simplifyResults(
        List<Value> results, Value condition, Region thenRegion, Region elseRegion) {
      for (int i = 0; i < results.size(); i++) {
        Value a = thenRegion.terminator().values().get(i);
        Value b = elseRegion.terminator().values().get(i);
        Value simpler = sameFromBoth(condition, a, b);
        if (simpler != null) {
          replace(results.get(i), simpler);
        }
      }
    }

    private @Nullable Value sameFromBoth(Value condition, Value a, Value b) {
      if (a.equals(b)) {
        return a;
      }
      if (!definitions.isConstant(a) || !definitions.isConstant(b)) {
        return null;
      }
      if (definitions.bits(a) == definitions.bits(b)) {
        return constant(a.type(), definitions.bits(a));
      }
      if (a.type() != Type.BOOL) {
        return null;
      }
      return definitions.bits(a) != 0 ? condition : not(condition);
    }

    private void visitLoop(Op.Loop loop) {
      replaceUnchangedParameters(loop);
      Op copied = copy(loop);
      keep(copied);
      replaceOuterResults((Op.Loop) copied);
    }

    /** A parameter that every trip hands on as it is, is the value before the loop. */
    private void replaceUnchangedParameters(Op.Loop loop) {
      List<List<Value>> handedOn = new ArrayList<>();
      Regions.forEachTerminator(
          loop.body(),
          end -> {
            if (end instanceof Terminator.Continue(int label, var values)
                && label == loop.label()) {
              handedOn.add(values);
            }
          });
      for (int i = 0; i < loop.initial().size(); i++) {
        Value parameter = loop.body().parameters().get(i);
        Value initial = loop.initial().get(i);
        int index = i;
        if (handedOn.stream()
            .map(values -> values.get(index))
            .allMatch(value -> value.equals(parameter) || value.equals(initial))) {
          unchanged.add(parameter);
          replace(parameter, use(initial));
        }
      }
    }

    private final Set<Value> unchanged = new HashSet<>();

    /**
     * Such a parameter stays until dead code is removed, but it must not replace its uses again.
     */
    @Override
    protected Value define(Value old) {
      return unchanged.contains(old) ? builder.fresh(old.type()) : old;
    }

    /** A result for which every break hands over the same value of the outside is that value. */
    private void replaceOuterResults(Op.Loop loop) {
      List<List<Value>> handedOver = new ArrayList<>();
      Set<Value> inside = new HashSet<>(loop.body().parameters());
      Regions.forEachOp(loop.body(), op -> inside.addAll(op.results()));
      Regions.forEachOp(
          loop.body(),
          op -> {
            if (op instanceof Op.Loop inner) {
              inside.addAll(inner.body().parameters());
            }
          });
      Regions.forEachTerminator(
          loop.body(),
          end -> {
            if (end instanceof Terminator.Break(int label, var values) && label == loop.label()) {
              handedOver.add(values);
            }
          });
      for (int i = 0; i < loop.results().size() && !handedOver.isEmpty(); i++) {
        int index = i;
        Value first = handedOver.getFirst().get(i);
        if (handedOver.stream().allMatch(values -> values.get(index).equals(first))) {
          if (!inside.contains(first)) {
            replace(loop.results().get(i), first);
          } else if (definitions.isConstant(first)) {
            replace(loop.results().get(i), constant(first.type(), definitions.bits(first)));
          }
        }
      }
    }
  }
}
