package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpResult.FaultKind;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;

/** Ops that compute values from values, by {@link Arithmetic}. */
sealed interface ComputeStep extends Step {

  record Unary(UnaryOp op, Type type, long[] result, long[] a) implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        result[i] = Arithmetic.unary(op, type, a[i]);
      }
    }
  }

  record Binary(BinaryOp op, Type type, long[] result, long[] a, long[] b) implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        result[i] = Arithmetic.binary(op, type, a[i], b[i]);
      }
    }
  }

  /** Division and remainder of integers: a zero divisor is a fault and gives 0. */
  record Division(Op.Binary op, Group group, Reports reports, long[] result, long[] a, long[] b)
      implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        if (b[i] == 0) {
          reports.fault(FaultKind.DIVISION, op, 0, 0, group.item(i));
        }
        result[i] = Arithmetic.binary(op.op(), op.result().type(), a[i], b[i]);
      }
    }
  }

  record Compare(CompareOp op, Type type, long[] result, long[] a, long[] b)
      implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        result[i] = Arithmetic.compare(op, type, a[i], b[i]) ? 1 : 0;
      }
    }
  }

  record Fma(Type type, long[] result, long[] a, long[] b, long[] c) implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        result[i] = Arithmetic.fma(type, a[i], b[i], c[i]);
      }
    }
  }

  record Select(long[] result, long[] condition, long[] ifTrue, long[] ifFalse)
      implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        result[i] = condition[i] != 0 ? ifTrue[i] : ifFalse[i];
      }
    }
  }

  record Convert(ConvertOp op, Type from, Type to, long[] result, long[] a) implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        int i = items[k];
        result[i] = Arithmetic.convert(op, from, to, a[i]);
      }
    }
  }

  /** Adds one. */
  record Increment(long[] value) implements ComputeStep {
    @Override
    public void run(int[] items, int count) {
      for (int k = 0; k < count; k++) {
        value[items[k]]++;
      }
    }
  }
}
