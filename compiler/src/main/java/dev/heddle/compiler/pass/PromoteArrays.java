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
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
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
    Candidates candidates = new Candidates(function);
    SequencedMap<Slot, Type> slots = candidates.slots();
    return slots.isEmpty()
        ? function
        : new Promoter(function, slots, candidates.constants).rewrite(function);
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
      boolean fits =
          offset != null
              && offset >= 0
              && offset + access.bytes() <= array.bytes()
              && offset % access.alignment() == 0
              && cut(slots, array, offset, access);
      if (!fits) {
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
        end = slot.offset() + Objects.requireNonNull(slots.get(slot)).bytes();
      }
      return false;
    }
  }

  private static final class Promoter extends Rewriter {
    private final SequencedMap<Slot, Type> slots;
    private final Map<Root, Long> promoted = new HashMap<>();
    private final Map<Value, Long> constants;
    private final Map<Op, List<Slot>> writtenBy = new IdentityHashMap<>();
    private final Map<Integer, List<Slot>> writtenByLoop = new HashMap<>();
    private final Deque<List<Slot>> writtenByBranch = new ArrayDeque<>();
    private final Map<Slot, Value> content = new HashMap<>();

    Promoter(Function function, SequencedMap<Slot, Type> slots, Map<Value, Long> constants) {
      super(function);
      this.slots = slots;
      this.constants = constants;
      slots.keySet().forEach(slot -> promoted.put(slot.array(), slot.array().bytes()));
      Map<Slot, Integer> order = new HashMap<>();
      slots.keySet().forEach(slot -> order.put(slot, order.size()));
      noteWritten(function.body(), Comparator.comparing(order::get));
    }

    /** Notes for each branch and loop which slots it may write, in order; those of the region. */
    private Set<Slot> noteWritten(Region region, Comparator<Slot> order) {
      Set<Slot> all = new HashSet<>();
      for (Op op : region.ops()) {
        if (op instanceof Op.Store store && promoted.containsKey(store.access().root())) {
          for (int i = 0; i < store.values().size(); i++) {
            all.add(slot(store.access(), i));
          }
          continue;
        }
        Set<Slot> inside = new HashSet<>();
        for (Region inner : Regions.of(op)) {
          inside.addAll(noteWritten(inner, order));
        }
        if (!Regions.of(op).isEmpty()) {
          writtenBy.put(op, inside.stream().sorted(order).toList());
          all.addAll(inside);
        }
      }
      return all;
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
        case Op.Load load when promoted.containsKey(load.access().root()) -> load(load);
        case Op.Store store when promoted.containsKey(store.access().root()) -> store(store);
        case Op.If branch -> visitIf(branch);
        case Op.Loop loop -> visitLoop(loop);
        default -> builder.add(copy(op));
      }
      return null;
    }

    private Slot slot(Access access, int index) {
      long offset = Objects.requireNonNull(constants.get(access.offset()));
      return new Slot((Root.Array) access.root(), offset + (long) index * access.element().bytes());
    }

    private Type typeOf(Slot slot) {
      return Objects.requireNonNull(slots.get(slot));
    }

    private void load(Op.Load load) {
      for (int i = 0; i < load.results().size(); i++) {
        Value held = Objects.requireNonNull(content.get(slot(load.access(), i)));
        replace(load.results().get(i), as(load.access().element(), held));
      }
    }

    private void store(Op.Store store) {
      for (int i = 0; i < store.values().size(); i++) {
        Slot slot = slot(store.access(), i);
        content.put(slot, as(typeOf(slot), use(store.values().get(i))));
      }
    }

    private Value as(Type type, Value value) {
      return value.type() == type ? value : builder.convert(ConvertOp.BITCAST, type, value);
    }

    private List<Slot> written(Op op) {
      return writtenBy.getOrDefault(op, List.of());
    }

    private void visitIf(Op.If branch) {
      List<Slot> written = written(branch);
      List<Value> before = with(List.of(), written);
      writtenByBranch.push(written);
      Region thenRegion = region(branch.thenRegion());
      for (int i = 0; i < written.size(); i++) {
        content.put(written.get(i), before.get(i));
      }
      Region elseRegion = region(branch.elseRegion());
      writtenByBranch.pop();
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
        Value value = builder.fresh(typeOf(slot));
        values.add(value);
        content.put(slot, value);
      }
      return values;
    }

    private List<Slot> written(int label) {
      return Objects.requireNonNull(writtenByLoop.get(label));
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
            new Terminator.Break(label, with(values, written(label)));
        case Terminator.Continue(int label, var v) ->
            new Terminator.Continue(label, with(values, written(label)));
        case Terminator.Return end -> new Terminator.Return(values);
      };
    }
  }
}
