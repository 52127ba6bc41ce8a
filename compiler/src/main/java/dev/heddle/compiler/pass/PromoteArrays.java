package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of private arrays: of each whose accesses all lie inside it, aligned, at constant
 * offsets, and cut it into slots, none of which overlaps another in part. What a branch or loop
 * writes becomes a result or parameter of it. A slot holds zero before it is written.
 */
final class PromoteArrays implements Pass {
  @Override
  public String name() {
    return "promote-arrays";
  }

  @Override
  public Function run(Function function) {
    SequencedMap<Slot, Type> slots = new Candidates(function).slots();
    return slots.isEmpty() ? function : new Promoter(function, slots).rewrite(function);
  }

  /** A part of an array that is read and written as a whole. */
  private record Slot(Root.Array array, long offset) {}

  /** Finds the arrays that can be cut into slots. */
  private static final class Candidates {
    private final Map<Value, Long> constants = new HashMap<>();
    private final Map<Root.Array, SequencedMap<Slot, Type>> byArray = new LinkedHashMap<>();

    Candidates(Function function) {
      for (Root object : function.objects()) {
        if (object instanceof Root.Array array && array.space() == AddressSpace.PRIVATE) {
          byArray.put(array, new LinkedHashMap<>());
        }
      }
      Regions.forEachOp(function.body(), this::see);
      byArray.values().removeIf(slots -> overlap(slots));
    }

    SequencedMap<Slot, Type> slots() {
      SequencedMap<Slot, Type> all = new LinkedHashMap<>();
      byArray.values().forEach(all::putAll);
      return all;
    }

    private void see(Op op) {
      switch (op) {
        case Op.Constant constant -> constants.put(constant.result(), constant.bits());
        case Op.Load load -> see(load.access());
        case Op.Store store -> see(store.access());
        default -> Regions.roots(op).forEach(byArray::remove);
      }
    }

    private void see(Access access) {
      SequencedMap<Slot, Type> slots = byArray.get(access.root());
      if (slots == null) {
        return;
      }
      Root.Array array = (Root.Array) access.root();
      Long offset = constants.get(access.offset());
      boolean inside =
          offset != null
              && offset >= 0
              && offset + access.bytes() <= array.bytes()
              && offset % access.alignment() == 0;
      if (!inside || !cut(slots, array, offset, access)) {
        byArray.remove(array);
      }
    }

    /** Adds the slots of an access; whether they fit those before. */
    private static boolean cut(
        SequencedMap<Slot, Type> slots, Root.Array array, long offset, Access access) {
      for (int i = 0; i < access.count(); i++) {
        Slot slot = new Slot(array, offset + (long) i * access.element().bytes());
        Type other = slots.putIfAbsent(slot, access.element());
        if (other != null && other != access.element() && !sameBits(other, access.element())) {
          return false;
        }
      }
      return true;
    }

    private static boolean sameBits(Type a, Type b) {
      return a.bits() == b.bits();
    }

    private static boolean overlap(SequencedMap<Slot, Type> slots) {
      long end = 0;
      for (Slot slot :
          slots.keySet().stream().sorted(Comparator.comparing(Slot::offset)).toList()) {
        if (slot.offset() < end) {
          return true;
        }
        end = slot.offset() + slots.get(slot).bytes();
      }
      return false;
    }
  }

  private static final class Promoter extends Rewriter {
    private final SequencedMap<Slot, Type> slots;
    private final Map<Root, Long> promoted = new HashMap<>();
    private final Map<Value, Long> constants = new HashMap<>();
    private final Map<Integer, List<Slot>> writtenByLoop = new HashMap<>();
    private final Deque<List<Slot>> writtenByBranch = new ArrayDeque<>();
    private Map<Slot, Value> content = new HashMap<>();

    Promoter(Function function, SequencedMap<Slot, Type> slots) {
      super(function);
      this.slots = slots;
      slots.keySet().forEach(slot -> promoted.put(slot.array(), slot.array().bytes()));
    }

    @Override
    protected Function rewrite(Function function) {
      builder.open(function.body().parameters());
      slots.forEach((slot, type) -> content.put(slot, builder.constant(type, 0)));
      Region body = builder.close(contents(function.body()));
      List<Root> objects =
          function.objects().stream().filter(object -> !promoted.containsKey(object)).toList();
      return function.with(objects, body);
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      builder.at(op.span());
      switch (op) {
        case Op.Constant constant -> {
          constants.put(constant.result(), constant.bits());
          builder.add(constant);
        }
        case Op.Load load when promoted.containsKey(load.access().root()) -> load(load);
        case Op.Store store when promoted.containsKey(store.access().root()) -> store(store);
        case Op.If branch -> visitIf(branch);
        case Op.Loop loop -> visitLoop(loop);
        default -> builder.add(copy(op));
      }
      return null;
    }

    private Slot slot(Access access, int index) {
      long offset = constants.get(access.offset());
      return new Slot((Root.Array) access.root(), offset + (long) index * access.element().bytes());
    }

    private void load(Op.Load load) {
      for (int i = 0; i < load.results().size(); i++) {
        Value held = content.get(slot(load.access(), i));
        replace(load.results().get(i), as(load.access().element(), held));
      }
    }

    private void store(Op.Store store) {
      for (int i = 0; i < store.values().size(); i++) {
        Slot slot = slot(store.access(), i);
        content.put(slot, as(slots.get(slot), use(store.values().get(i))));
      }
    }

    private Value as(Type type, Value value) {
      return value.type() == type ? value : builder.convert(ConvertOp.BITCAST, type, value);
    }

    /** The slots that {@code op} may write, in order. */
    private List<Slot> written(Op op) {
      Map<Slot, Boolean> found = new HashMap<>();
      Map<Value, Long> known = new HashMap<>(constants);
      for (Region region : Regions.of(op)) {
        Regions.forEachOp(
            region,
            inner -> {
              if (inner instanceof Op.Constant constant) {
                known.put(constant.result(), constant.bits());
              } else if (inner instanceof Op.Store(var access, var values, var span)
                  && promoted.containsKey(access.root())) {
                long offset = known.get(access.offset());
                for (int i = 0; i < values.size(); i++) {
                  long at = offset + (long) i * access.element().bytes();
                  found.put(new Slot((Root.Array) access.root(), at), true);
                }
              }
            });
      }
      return slots.keySet().stream().filter(found::containsKey).toList();
    }

    private void visitIf(Op.If branch) {
      List<Slot> written = written(branch);
      Map<Slot, Value> before = new HashMap<>(content);
      writtenByBranch.push(written);
      Region thenRegion = region(branch.thenRegion());
      content = new HashMap<>(before);
      Region elseRegion = region(branch.elseRegion());
      writtenByBranch.pop();
      content = before;
      List<Value> results = new ArrayList<>(branch.results());
      results.addAll(freshContent(written));
      builder.add(
          new Op.If(results, use(branch.condition()), thenRegion, elseRegion, branch.span()));
    }

    private void visitLoop(Op.Loop loop) {
      List<Slot> written = written(loop);
      writtenByLoop.put(loop.label(), written);
      List<Value> initial = with(use(loop.initial()), written);
      List<Value> parameters = new ArrayList<>(loop.body().parameters());
      parameters.addAll(freshContent(written));
      builder.open(parameters);
      Region body = builder.close(contents(loop.body()));
      List<Value> results = new ArrayList<>(loop.results());
      results.addAll(freshContent(written));
      builder.add(new Op.Loop(results, loop.label(), initial, body, loop.span()));
    }

    /** New values that from here on are the content of these slots. */
    private List<Value> freshContent(List<Slot> written) {
      List<Value> values = new ArrayList<>();
      for (Slot slot : written) {
        Value value = builder.fresh(slots.get(slot));
        values.add(value);
        content.put(slot, value);
      }
      return values;
    }

    private List<Value> with(List<Value> values, List<Slot> written) {
      List<Value> all = new ArrayList<>(values);
      written.forEach(slot -> all.add(content.get(slot)));
      return all;
    }

    @Override
    protected Terminator terminator(Terminator old) {
      List<Value> values = use(old.values());
      return switch (old) {
        case Terminator.Yield yield ->
            new Terminator.Yield(with(values, writtenByBranch.getFirst()));
        case Terminator.Break(int label, var v) ->
            new Terminator.Break(label, with(values, writtenByLoop.get(label)));
        case Terminator.Continue(int label, var v) ->
            new Terminator.Continue(label, with(values, writtenByLoop.get(label)));
        case Terminator.Return end -> new Terminator.Return(values);
      };
    }
  }
}
