package dev.heddle.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One operation of the IR. Ops are grouped by shape; tables name the operators of each shape. */
public sealed interface Op {
  /** The values this op defines. */
  List<Value> results();

  /** The values this op uses itself; those used inside its regions are not among them. */
  List<Value> operands();

  Span span();

  /** A constant: the low bits of {@code bits}, as wide as the type; the others are zero. */
  record Constant(Value result, long bits, Span span) implements Op {
    public Constant {
      bits = result.type().bits() == 64 ? bits : bits & ((1L << result.type().bits()) - 1);
    }

    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  record Unary(Value result, UnaryOp op, Value operand, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  record Binary(Value result, BinaryOp op, Value left, Value right, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of(left, right);
    }
  }

  record Compare(Value result, CompareOp op, Value left, Value right, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of(left, right);
    }
  }

  /** {@code a * b + c} in one rounding. */
  record Fma(Value result, Value a, Value b, Value c, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of(a, b, c);
    }
  }

  /** {@code condition ? ifTrue : ifFalse}, both computed; keeps every bit of a NaN. */
  record Select(Value result, Value condition, Value ifTrue, Value ifFalse, Span span)
      implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of(condition, ifTrue, ifFalse);
    }
  }

  record Convert(Value result, ConvertOp op, Value operand, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** A math function; the math expansion replaces it by a sequence of other ops. */
  record Builtin(Value result, BuiltinOp op, List<Value> operands, Span span) implements Op {
    public Builtin {
      operands = List.copyOf(operands);
    }

    @Override
    public List<Value> results() {
      return List.of(result);
    }
  }

  /** A work-item query; the result is an I64. */
  record Query(Value result, QueryOp op, int dimension, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /**
   * Reads {@code access.count()} elements. Under {@code trap} and {@code clamp} an access out of
   * bounds does as the launch's bounds mode says.
   */
  record Load(List<Value> results, Access access, Span span) implements Op {
    public Load {
      results = List.copyOf(results);
    }

    /** The result of a load of one element. */
    public Value result() {
      return results.getFirst();
    }

    @Override
    public List<Value> operands() {
      return List.of(access.offset());
    }
  }

  /** Writes {@code access.count()} elements. */
  record Store(Access access, List<Value> values, Span span) implements Op {
    public Store {
      values = List.copyOf(values);
    }

    @Override
    public List<Value> results() {
      return List.of();
    }

    @Override
    public List<Value> operands() {
      List<Value> all = new ArrayList<>(values.size() + 1);
      all.add(access.offset());
      all.addAll(values);
      return all;
    }
  }

  /** Relaxed atomic read-modify-write of one element; the result is the value before. */
  record Atomic(Value result, AtomicOp op, Access access, List<Value> values, Span span)
      implements Op {
    public Atomic {
      values = List.copyOf(values);
    }

    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      List<Value> all = new ArrayList<>(values.size() + 1);
      all.add(access.offset());
      all.addAll(values);
      return all;
    }
  }

  /**
   * Waits until every work-item of the work-group that has not returned is here; then all see the
   * writes to the fenced spaces. Convergent: may not be moved across divergent flow.
   */
  record Barrier(boolean local, boolean global, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of();
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /** Orders this work-item's own accesses to the fenced spaces; waits for nobody. */
  record Fence(boolean local, boolean global, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of();
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /** The size of a root in bytes, an I64; 0 for a null buffer. */
  record RootSize(Value result, Root root, Span span) implements Op {
    @Override
    public List<Value> results() {
      return List.of(result);
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /** Calls a function of the same program. Gone after inlining. */
  record Call(List<Value> results, String callee, List<Argument> arguments, Span span)
      implements Op {
    public Call {
      results = List.copyOf(results);
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Value> operands() {
      return arguments.stream().map(Argument::value).toList();
    }
  }

  /** What a {@link Call} passes for one parameter. */
  sealed interface Argument {
    /** The scalar, or a pointer's byte offset. */
    Value value();

    record Scalar(Value value) implements Argument {}

    /** A pointer into {@code root}, {@code value} bytes from its start. */
    record Pointer(Root root, Value value) implements Argument {
      public Pointer {
        Objects.requireNonNull(root);
      }
    }
  }

  /** Runs one of two regions; each that ends in a yield gives the results. */
  record If(List<Value> results, Value condition, Region thenRegion, Region elseRegion, Span span)
      implements Op {
    public If {
      results = List.copyOf(results);
    }

    @Override
    public List<Value> operands() {
      return List.of(condition);
    }
  }

  /**
   * Runs {@code body} with {@code initial} as its parameters; {@code continue} starts it again with
   * other values, {@code break} leaves with the results. A body that never continues is a block to
   * break out of. The body never ends in a yield.
   *
   * @param label names the loop to breaks and continues inside; unique within the function
   */
  record Loop(List<Value> results, int label, List<Value> initial, Region body, Span span)
      implements Op {
    public Loop {
      results = List.copyOf(results);
      initial = List.copyOf(initial);
    }

    @Override
    public List<Value> operands() {
      return initial;
    }
  }
}
