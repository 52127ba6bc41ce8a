package dev.heddle.backend.cuda;

import dev.heddle.compiler.analysis.CanonicalNans;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints loads, stores and atomics with their guards. */
final class MemoryPrinter {
  private record Limit(Root root, int bytes) {}

  private final Registers registers;
  private final Roots roots;
  private final Operators operators;
  private final FaultPrinter faults;
  private final CanonicalNans nans;
  private final BoundsMode bounds;
  private final Map<Limit, String> limits = new LinkedHashMap<>();

  MemoryPrinter(
      Registers registers,
      Roots roots,
      Operators operators,
      FaultPrinter faults,
      CanonicalNans nans,
      BoundsMode bounds) {
    this.registers = registers;
    this.roots = roots;
    this.operators = operators;
    this.faults = faults;
    this.nans = nans;
    this.bounds = bounds;
  }

  /** What an access does at an offset, under a guard; the guard is empty where there is none. */
  private interface Body {
    void print(String offset, String guard);
  }

  void load(PtxCode code, Op.Load load) {
    guarded(
        code,
        load,
        load.access(),
        load.results(),
        (offset, guard) -> {
          String address = roots.address(code, load.access().root(), offset);
          new Transfer(code, registers, guard, load.access())
              .load(roots.loadSpace(load.access().root()), address, names(load.results()));
        });
  }

  void store(PtxCode code, Op.Store store) {
    List<String> values = new ArrayList<>();
    for (Value value : store.values()) {
      String text = registers.of(value);
      values.add(nans.atUse(store, value) ? operators.canonical(code, value.type(), text) : text);
    }
    guarded(
        code,
        store,
        store.access(),
        List.of(),
        (offset, guard) -> {
          String address = roots.address(code, store.access().root(), offset);
          new Transfer(code, registers, guard, store.access())
              .store(Roots.space(store.access().root()), address, values);
        });
  }

  void atomic(PtxCode code, Op.Atomic atomic) {
    guarded(
        code,
        atomic,
        atomic.access(),
        List.of(atomic.result()),
        (offset, guard) -> exchange(code, atomic, offset, guard));
  }

  private List<String> names(List<Value> values) {
    return values.stream().map(registers::of).toList();
  }

  private void guarded(PtxCode code, Op op, Access access, List<Value> results, Body body) {
    String offset = registers.of(access.offset());
    if (access.guard() == Access.Guard.PROVEN || bounds == BoundsMode.OFF) {
      body.print(offset, "");
    } else if (bounds == BoundsMode.TRAP) {
      String inside = inside(code, access, offset);
      String back = faults.unless(code, inside, op, offset, roots.size(access.root()), results);
      body.print(offset, "");
      code.label(back);
    } else {
      String near = clamped(code, access, offset);
      String inside = inside(code, access, near);
      results.forEach(result -> faults.zero(code, result));
      body.print(near, inside);
    }
  }

  /** A predicate that holds if the access is in range and aligned. */
  private String inside(PtxCode code, Access access, String offset) {
    String inside = registers.predicate();
    String first = roots.inWindow(code, access.root(), offset);
    code.add("setp.lt.u64", inside, first, limit(access.root(), access.bytes()));
    if (access.alignment() > 1) {
      String low = registers.b64();
      code.add("and.b64", low, offset, Integer.toString(access.alignment() - 1));
      code.add("setp.eq.and.u64", inside, low, "0", inside);
    }
    return inside;
  }

  /** The first offset at which {@code bytes} bytes do not fit, counted from the window's start. */
  private String limit(Root root, int bytes) {
    String extent = roots.extent(root);
    if (!extent.startsWith("%")) {
      return Long.toString(Math.max(0, Long.parseLong(extent) - bytes + 1));
    }
    return limits.computeIfAbsent(new Limit(root, bytes), key -> registers.b64());
  }

  /** Computes the limits that the guards compare with. */
  void define(PtxCode code) {
    limits.forEach(
        (limit, to) -> {
          String extent = roots.extent(limit.root());
          String none = registers.predicate();
          code.add("setp.lt.u64", none, extent, Integer.toString(limit.bytes()));
          code.add("sub.s64", to, extent, Integer.toString(limit.bytes() - 1));
          code.when(none, "mov.b64", to, "0");
        });
  }

  /** The offset in range that is nearest, then aligned. */
  private String clamped(PtxCode code, Access access, String offset) {
    String last = registers.b64();
    String near = registers.b64();
    // the size may be less than the access; then nothing is in range, which the guard sees
    code.add("mov.b64", near, roots.size(access.root()));
    code.add("sub.s64", last, near, Integer.toString(access.bytes()));
    code.add("max.s64", near, offset, "0");
    code.add("min.u64", near, near, last);
    if (access.alignment() > 1) {
      code.add("and.b64", near, near, Long.toString(-(long) access.alignment()));
    }
    return near;
  }

  private void exchange(PtxCode code, Op.Atomic atomic, String offset, String guard) {
    Access access = atomic.access();
    Type type = access.element();
    String address = "[" + roots.address(code, access.root(), offset) + "]";
    List<String> operands = new ArrayList<>();
    operands.add(registers.of(atomic.result()));
    operands.add(address);
    for (Value value : atomic.values()) {
      operands.add(registers.of(value));
    }
    if (atomic.op() == AtomicOp.SUB) {
      String negated = registers.fresh(RegisterClass.of(type));
      code.add("neg.s" + type.bits(), negated, operands.get(2));
      operands.set(2, negated);
    }
    String instruction =
        "atom." + Roots.space(access.root()) + "." + function(atomic.op()) + type.bits();
    if (guard.isEmpty()) {
      code.add(instruction, operands.toArray(String[]::new));
    } else {
      code.when(guard, instruction, operands.toArray(String[]::new));
    }
  }

  private static String function(AtomicOp op) {
    return switch (op) {
      case ADD, SUB -> "add.u";
      case AND -> "and.b";
      case OR -> "or.b";
      case XOR -> "xor.b";
      case SMIN -> "min.s";
      case SMAX -> "max.s";
      case UMIN -> "min.u";
      case UMAX -> "max.u";
      case EXCHANGE -> "exch.b";
      case COMPARE_EXCHANGE -> "cas.b";
    };
  }
}
