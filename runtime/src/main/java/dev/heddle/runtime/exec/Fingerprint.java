package dev.heddle.runtime.exec;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.List;

/**
 * A name for a kernel's code that is the same in every process. Texts of enums and records are
 * hashed, since their own hash codes differ from process to process. Where the code stands in its
 * source does not count.
 */
final class Fingerprint {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private long sum;

  private Fingerprint() {}

  /** The function's name and 16 hexadecimal digits. */
  static String of(Function function) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(function.parameters().toString());
    fingerprint.add(function.objects().toString());
    fingerprint.add(function.body());
    return function.name() + "-" + "%016x".formatted(fingerprint.sum);
  }

  private void add(long part) {
    sum = (Long.rotateLeft(sum, 29) ^ part) * MULTIPLIER;
  }

  private void add(String part) {
    add(part.hashCode());
  }

  private void add(Enum<?> part) {
    add(part.name());
  }

  private void add(Value value) {
    add(value.id());
    add(value.type());
  }

  private void add(List<Value> values) {
    add(values.size());
    for (Value value : values) {
      add(value);
    }
  }

  private void add(Region region) {
    add(region.parameters());
    add(region.ops().size());
    for (Op op : region.ops()) {
      add(op);
    }
    add(region.terminator());
  }

  private void add(Op op) {
    add(op.getClass().getName());
    add(op.results());
    add(op.operands());
    switch (op) {
      case Op.Constant constant -> add(constant.bits());
      case Op.Unary unary -> add(unary.op());
      case Op.Binary binary -> add(binary.op());
      case Op.Compare compare -> add(compare.op());
      case Op.Fma _, Op.Select _ -> {}
      case Op.Convert convert -> add(convert.op());
      case Op.Builtin builtin -> add(builtin.op());
      case Op.Query query -> {
        add(query.op());
        add(query.dimension());
      }
      case Op.Load load -> add(load.access());
      case Op.Store store -> add(store.access());
      case Op.Atomic atomic -> {
        add(atomic.op());
        add(atomic.access());
      }
      case Op.Barrier barrier -> fenced(barrier.local(), barrier.global());
      case Op.Fence fence -> fenced(fence.local(), fence.global());
      case Op.RootSize size -> add(size.root().name());
      case Op.Call call -> add(call.callee());
      case Op.If branch -> {
        add(branch.thenRegion());
        add(branch.elseRegion());
      }
      case Op.Loop loop -> {
        add(loop.label());
        add(loop.body());
      }
    }
  }

  private void fenced(boolean local, boolean global) {
    add((local ? 1 : 0) + (global ? 2 : 0));
  }

  private void add(Access access) {
    add(access.root().name());
    add(access.element());
    add(access.count());
    add(access.alignment());
    add(access.guard());
  }

  private void add(Terminator end) {
    add(end.getClass().getName());
    add(end.values());
    switch (end) {
      case Terminator.Break(int label, var _) -> add(label);
      case Terminator.Continue(int label, var _) -> add(label);
      case Terminator.Yield _, Terminator.Return _ -> {}
    }
  }
}
