package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpResult.FaultKind;
import dev.heddle.compiler.interp.InterpResult.UninitialisedRead;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import org.jspecify.annotations.Nullable;

/** Loads, stores and atomics: what they share is to find the address, or to fault. */
abstract sealed class MemoryStep implements Step {
  private static final long NOWHERE = -1;

  /** What all memory steps of a run need. */
  record Context(Group group, Reports reports, Bounds bounds, @Nullable RaceDetector races) {}

  private final Context context;
  private final Op op;
  private final Access access;
  private final long[] offsets;
  final Binding binding;
  final Memory memory;
  final Type element;
  final int bytes;

  private MemoryStep(Context context, Op op, Access access, Binding binding, long[] offsets) {
    this.context = context;
    this.op = op;
    this.access = access;
    this.binding = binding;
    this.offsets = offsets;
    this.memory = binding.memory();
    this.element = access.element();
    this.bytes = access.bytes();
  }

  /** Where the item's access lies in the memory, or {@link #NOWHERE}. */
  final long address(int item) {
    long offset = offsets[item];
    if (offset >= 0
        && offset <= binding.size() - bytes
        && (offset & (access.alignment() - 1)) == 0) {
      return binding.base(item) + offset;
    }
    return misplaced(item, offset);
  }

  private long misplaced(int item, long offset) {
    boolean clamped = context.bounds() == Bounds.CLAMP && access.guard() == Access.Guard.CHECKED;
    if (clamped) {
      return binding.size() < bytes ? NOWHERE : binding.base(item) + nearest(offset);
    }
    boolean inRange = offset >= 0 && offset <= binding.size() - bytes;
    FaultKind kind = inRange ? FaultKind.ALIGNMENT : FaultKind.BOUNDS;
    context.reports().fault(kind, op, offset, binding.size(), context.group().item(item));
    return NOWHERE;
  }

  private long nearest(long offset) {
    return Math.clamp(offset, 0, binding.size() - bytes) & -access.alignment();
  }

  final void willRead(int item, long address) {
    if (!binding.isWritten(address, bytes)) {
      context
          .reports()
          .uninitialised(
              new UninitialisedRead(
                  binding.root(), address - binding.base(item), op, context.group().item(item)));
    }
  }

  final void observe(RaceDetector.Kind kind, int item, long address) {
    RaceDetector races = context.races();
    if (races != null && binding.isShared()) {
      races.access(kind, binding, address, bytes, op, item);
    }
  }

  static final class Load extends MemoryStep {
    private final long[][] results;

    Load(Context context, Op.Load load, Binding binding, long[] offsets, long[][] results) {
      super(context, load, load.access(), binding, offsets);
      this.results = results;
    }

    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        long address = address(i);
        if (address == NOWHERE) {
          for (long[] result : results) {
            result[i] = 0;
          }
        } else {
          willRead(i, address);
          observe(RaceDetector.Kind.READ, i, address);
          for (int e = 0; e < results.length; e++) {
            results[e][i] = Elements.read(memory, element, address + (long) e * element.bytes());
          }
        }
      }
    }
  }

  static final class Store extends MemoryStep {
    private final long[][] values;

    Store(Context context, Op.Store store, Binding binding, long[] offsets, long[][] values) {
      super(context, store, store.access(), binding, offsets);
      this.values = values;
    }

    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        long address = address(i);
        if (address != NOWHERE) {
          binding.markWritten(address, bytes);
          observe(RaceDetector.Kind.WRITE, i, address);
          for (int e = 0; e < values.length; e++) {
            Elements.write(memory, element, address + (long) e * element.bytes(), values[e][i]);
          }
        }
      }
    }
  }

  static final class Atomic extends MemoryStep {
    private final AtomicOp operator;
    private final long[][] values;
    private final long[] result;

    Atomic(
        Context context,
        Op.Atomic atomic,
        Binding binding,
        long[] offsets,
        long[][] values,
        long[] result) {
      super(context, atomic, atomic.access(), binding, offsets);
      this.operator = atomic.op();
      this.values = values;
      this.result = result;
    }

    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        long address = address(i);
        if (address == NOWHERE) {
          result[i] = 0;
        } else {
          willRead(i, address);
          binding.markWritten(address, bytes);
          observe(RaceDetector.Kind.ATOMIC, i, address);
          long old = Elements.read(memory, element, address);
          Elements.write(memory, element, address, replacement(old, i));
          result[i] = old;
        }
      }
    }

    private long replacement(long old, int item) {
      if (operator == AtomicOp.COMPARE_EXCHANGE) {
        return old == values[0][item] ? values[1][item] : old;
      }
      return Arithmetic.atomic(operator, element, old, values[0][item]);
    }
  }
}
