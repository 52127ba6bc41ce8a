package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes once what is computed twice. An op is replaced by an earlier one in the same or an
 * enclosing region that does the same to the same operands; a load only if nothing that may write
 * to its memory lies between.
 *
 * <p>Memory is told apart as far as it is sure: all buffers are one, since two arguments may
 * overlap; a local parameter, an array, a table are one each. A barrier, a fence and an atomic end
 * what is known of everything that is shared.
 */
final class CommonSubexpressions implements Pass {
  @Override
  public String name() {
    return "common-subexpressions";
  }

  @Override
  public Function run(Function function) {
    return new Numberer(function).rewrite(function);
  }

  /** What an op computes: ops of equal keys have equal results. */
  private record Key(List<Object> parts) {}

  private static final class Numberer extends Rewriter {
    /** Everything that other work-items may write, too. */
    private static final String SHARED = "shared";

    private final Map<Key, List<Value>> known = new HashMap<>();

    /** What was learned in each open region, to be forgotten at its end. */
    private final Deque<List<Key>> scopes = new ArrayDeque<>();

    /** How often what is called so was written; a number is never given twice. */
    private final Map<String, Integer> versions = new HashMap<>();

    private final Map<Op, Set<String>> writtenBy = new IdentityHashMap<>();

    private int nextVersion;

    Numberer(Function function) {
      super(function);
    }

    @Override
    protected Region region(Region old) {
      scopes.push(new ArrayList<>());
      Region result = super.region(old);
      scopes.pop().forEach(known::remove);
      return result;
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      switch (op) {
        case Op.If branch -> visitIf(branch);
        case Op.Loop loop -> visitLoop(loop);
        default -> visitPlain(copy(op));
      }
      return null;
    }

    private void visitIf(Op.If branch) {
      Set<String> written = written(branch);
      Map<String, Integer> before = new HashMap<>();
      written.forEach(memory -> before.put(memory, version(memory)));
      Region thenRegion = region(branch.thenRegion());
      versions.putAll(before);
      Region elseRegion = region(branch.elseRegion());
      written.forEach(this::write);
      builder.add(
          new Op.If(
              branch.results(), use(branch.condition()), thenRegion, elseRegion, branch.span()));
    }

    private void visitLoop(Op.Loop loop) {
      Set<String> written = written(loop);
      written.forEach(this::write);
      builder.add(copy(loop));
      written.forEach(this::write);
    }

    private void visitPlain(Op op) {
      if (Effects.isPure(op) || op instanceof Op.Load || op instanceof Op.Binary) {
        Key key = key(op);
        List<Value> earlier = known.get(key);
        if (earlier != null) {
          replaceAll(op.results(), earlier);
          return;
        }
        known.put(key, op.results());
        scopes.getFirst().add(key);
      }
      written(op).forEach(this::write);
      builder.add(op);
    }

    private void write(String memory) {
      versions.put(memory, ++nextVersion);
    }

    private int version(String memory) {
      return versions.getOrDefault(memory, 0);
    }

    private Set<String> written(Op op) {
      return switch (op) {
        case Op.Store store -> Set.of(memory(store.access().root()));
        case Op.Atomic atomic -> Set.of(memory(atomic.access().root()), SHARED);
        case Op.Barrier _, Op.Fence _ -> Set.of(SHARED);
        case Op.If _, Op.Loop _ -> {
          Set<String> known = writtenBy.get(op);
          if (known == null) {
            known = writtenInside(op);
            writtenBy.put(op, known);
          }
          yield known;
        }
        default -> Set.of();
      };
    }

    private Set<String> writtenInside(Op op) {
      Set<String> all = new HashSet<>();
      for (Region region : Regions.of(op)) {
        region.ops().forEach(inner -> all.addAll(written(inner)));
      }
      return all;
    }

    /** The name of the memory that {@code root} is in, as far as memory is told apart. */
    private static String memory(Root root) {
      return root instanceof Root.Buffer ? "buffers" : "of " + root.name();
    }

    private Key key(Op op) {
      return new Key(
          switch (op) {
            case Op.Constant constant ->
                List.of("constant", constant.result().type(), constant.bits());
            case Op.Unary unary -> List.of(unary.op(), unary.operand());
            case Op.Binary binary -> keyOf(binary);
            case Op.Compare compare -> keyOf(compare);
            case Op.Fma fma -> List.of("fma", fma.a(), fma.b(), fma.c());
            case Op.Select select ->
                List.of("select", select.condition(), select.ifTrue(), select.ifFalse());
            case Op.Convert convert ->
                List.of(convert.op(), convert.result().type(), convert.operand());
            case Op.Builtin builtin -> List.of(builtin.op(), builtin.operands());
            case Op.Query query -> List.of(query.op(), query.dimension());
            case Op.RootSize size -> List.of("size", size.root());
            case Op.Load load -> keyOf(load.access());
            case Op.Store store -> throw new IllegalArgumentException("no key: " + op);
            case Op.Atomic atomic -> throw new IllegalArgumentException("no key: " + op);
            case Op.Barrier barrier -> throw new IllegalArgumentException("no key: " + op);
            case Op.Fence fence -> throw new IllegalArgumentException("no key: " + op);
            case Op.Call call -> throw new IllegalArgumentException("no key: " + op);
            case Op.If branch -> throw new IllegalArgumentException("no key: " + op);
            case Op.Loop loop -> throw new IllegalArgumentException("no key: " + op);
          });
    }

    private static List<Object> keyOf(Op.Binary op) {
      boolean exchange = op.op().commutative() && op.left().id() > op.right().id();
      return exchange
          ? List.of(op.op(), op.right(), op.left())
          : List.of(op.op(), op.left(), op.right());
    }

    private static List<Object> keyOf(Op.Compare op) {
      if (op.left().id() <= op.right().id()) {
        return List.of(op.op(), op.left(), op.right());
      }
      CompareOp swapped = IntegerRules.swapped(op.op());
      return List.of(swapped, op.right(), op.left());
    }

    private List<Object> keyOf(Access access) {
      List<Object> parts = new ArrayList<>();
      parts.add(access);
      parts.add(version(memory(access.root())));
      boolean constant = access.root() instanceof Root.Table;
      if (!constant && access.root().space() != AddressSpace.PRIVATE) {
        parts.add(version(SHARED));
      }
      return parts;
    }
  }
}
