package dev.heddle.testkit.random;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one work-item after the other by walking the regions: too slow and too plain to be wrong
 * about control flow. It knows no barriers and no groups, and what is out of bounds throws.
 */
final class ItemByItem {
  private final Function kernel;
  private final long globalSize;
  private final Map<String, ArrayMemory> buffers;
  private final Map<String, Long> scalars;
  private final Map<Integer, Long> values = new HashMap<>();
  private final Map<Root, ArrayMemory> memories = new HashMap<>();
  private long item;

  ItemByItem(
      Function kernel,
      long globalSize,
      Map<String, ArrayMemory> buffers,
      Map<String, Long> scalars) {
    this.kernel = kernel;
    this.globalSize = globalSize;
    this.buffers = buffers;
    this.scalars = scalars;
  }

  void run() {
    for (item = 0; item < globalSize; item++) {
      start();
      region(kernel.body());
    }
  }

  private void start() {
    values.clear();
    for (Parameter parameter : kernel.parameters()) {
      switch (parameter) {
        case Parameter.Scalar scalar -> values.put(scalar.value().id(), scalars.get(scalar.name()));
        case Parameter.Pointer pointer -> {
          values.put(pointer.offset().id(), 0L);
          memories.put(pointer.root(), buffers.get(pointer.name()));
        }
      }
    }
    for (Root object : kernel.objects()) {
      if (object instanceof Root.Array array) {
        memories.put(object, new ArrayMemory((int) array.bytes()));
      }
    }
  }

  private Terminator region(Region region) {
    for (Op op : region.ops()) {
      Terminator leaving = op(op);
      if (leaving != null) {
        return leaving;
      }
    }
    return region.terminator();
  }

  /** Null if control goes on behind the op. */
  private Terminator op(Op op) {
    switch (op) {
      case Op.Constant c -> set(c.result(), c.bits());
      case Op.Unary u ->
          set(u.result(), Arithmetic.unary(u.op(), u.operand().type(), get(u.operand())));
      case Op.Binary b ->
          set(
              b.result(),
              Arithmetic.binary(b.op(), b.left().type(), get(b.left()), get(b.right())));
      case Op.Compare c ->
          set(
              c.result(),
              Arithmetic.compare(c.op(), c.left().type(), get(c.left()), get(c.right())) ? 1 : 0);
      case Op.Fma f ->
          set(f.result(), Arithmetic.fma(f.a().type(), get(f.a()), get(f.b()), get(f.c())));
      case Op.Select s ->
          set(s.result(), get(s.condition()) != 0 ? get(s.ifTrue()) : get(s.ifFalse()));
      case Op.Convert c ->
          set(
              c.result(),
              Arithmetic.convert(c.op(), c.operand().type(), c.result().type(), get(c.operand())));
      case Op.Query q -> set(q.result(), q.op() == QueryOp.GLOBAL_ID ? item : globalSize);
      case Op.Load load -> load(load);
      case Op.Store store -> store(store);
      case Op.If branch -> {
        return branch(branch);
      }
      case Op.Loop loop -> {
        return loop(loop);
      }
      default -> throw new IllegalArgumentException(op.toString());
    }
    return null;
  }

  private Terminator branch(Op.If branch) {
    Terminator end =
        region(get(branch.condition()) != 0 ? branch.thenRegion() : branch.elseRegion());
    if (end instanceof Terminator.Yield) {
      hand(end.values(), branch.results());
      return null;
    }
    return end;
  }

  private Terminator loop(Op.Loop loop) {
    hand(loop.initial(), loop.body().parameters());
    while (true) {
      Terminator end = region(loop.body());
      if (end instanceof Terminator.Break exit && exit.label() == loop.label()) {
        hand(end.values(), loop.results());
        return null;
      }
      if (!(end instanceof Terminator.Continue next && next.label() == loop.label())) {
        return end;
      }
      hand(end.values(), loop.body().parameters());
    }
  }

  private void hand(List<Value> from, List<Value> to) {
    List<Long> handed = from.stream().map(this::get).toList();
    for (int i = 0; i < to.size(); i++) {
      set(to.get(i), handed.get(i));
    }
  }

  private void load(Op.Load load) {
    Access access = load.access();
    for (int i = 0; i < access.count(); i++) {
      long bits = 0;
      for (int b = access.element().bytes() - 1; b >= 0; b--) {
        bits = bits << 8 | Byte.toUnsignedLong(memory(access).getByte(at(access, i) + b));
      }
      set(load.results().get(i), access.element() == Type.BOOL ? Math.min(bits, 1) : bits);
    }
  }

  private void store(Op.Store store) {
    Access access = store.access();
    for (int i = 0; i < access.count(); i++) {
      for (int b = 0; b < access.element().bytes(); b++) {
        memory(access).putByte(at(access, i) + b, (byte) (get(store.values().get(i)) >>> (8 * b)));
      }
    }
  }

  private ArrayMemory memory(Access access) {
    return memories.get(access.root());
  }

  private long at(Access access, int element) {
    return get(access.offset()) + (long) element * access.element().bytes();
  }

  private long get(Value value) {
    return values.get(value.id());
  }

  private void set(Value value, long bits) {
    values.put(value.id(), bits);
  }
}
