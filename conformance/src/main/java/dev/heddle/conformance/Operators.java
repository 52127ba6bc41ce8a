package dev.heddle.conformance;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** The rows of the IR's tables, for each type that they take. */
public final class Operators {
  private Operators() {}

  /** Arithmetic, comparisons, selection and fma on a type. */
  public static List<Row> arithmetic(Type type) {
    List<Row> rows = new ArrayList<>();
    for (UnaryOp op : UnaryOp.values()) {
      if (op.domain().accepts(type)) {
        rows.add(new Row(op.text(), type, 1, type, (ir, cell, a, b, c) -> ir.unary(op, a)));
      }
    }
    for (BinaryOp op : BinaryOp.values()) {
      if (op.domain().accepts(type)) {
        rows.add(new Row(op.text(), type, 2, type, (ir, cell, a, b, c) -> binary(ir, op, a, b)));
      }
    }
    for (CompareOp op : CompareOp.values()) {
      if (op.domain().accepts(type)) {
        rows.add(
            new Row(op.text(), type, 2, Type.BOOL, (ir, cell, a, b, c) -> ir.compare(op, a, b)));
      }
    }
    if (type == Type.F32 || type == Type.F64) {
      rows.addAll(combined(type));
    }
    rows.add(
        new Row(
            "select by equal low bytes",
            type,
            3,
            type,
            (ir, cell, a, b, c) ->
                ir.select(ir.compare(CompareOp.EQ, low(ir, a), low(ir, b)), a, c)));
    return rows;
  }

  /** A division by zero is a fault: 1 takes the place of 0. */
  private static Value binary(IrBuilder ir, BinaryOp op, Value a, Value b) {
    if (!op.divides()) {
      return ir.binary(op, a, b);
    }
    Value zero = ir.compare(CompareOp.EQ, b, ir.constant(b.type(), 0));
    return ir.binary(op, a, ir.select(zero, ir.constant(b.type(), 1), b));
  }

  /** What device compilers are known to contract or to reorder. */
  private static List<Row> combined(Type type) {
    return List.of(
        new Row("fma", type, 3, type, (ir, cell, a, b, c) -> ir.fma(a, b, c)),
        new Row(
            "product and sum apart",
            type,
            3,
            type,
            (ir, cell, a, b, c) -> ir.binary(BinaryOp.FADD, ir.binary(BinaryOp.FMUL, a, b), c)),
        new Row(
            "negated quotient",
            type,
            2,
            type,
            (ir, cell, a, b, c) -> ir.unary(UnaryOp.FNEG, ir.binary(BinaryOp.FDIV, a, b))),
        new Row(
            "quotient or operand",
            type,
            3,
            type,
            (ir, cell, a, b, c) ->
                ir.select(ir.compare(CompareOp.FLT, a, b), c, ir.binary(BinaryOp.FDIV, a, b))));
  }

  /** The low byte of a value, as an integer. */
  private static Value low(IrBuilder ir, Value value) {
    Value bits =
        switch (value.type()) {
          case F16 -> ir.convert(ConvertOp.BITCAST, Type.I16, value);
          case F32 -> ir.convert(ConvertOp.BITCAST, Type.I32, value);
          case F64 -> ir.convert(ConvertOp.BITCAST, Type.I64, value);
          case BOOL -> ir.convert(ConvertOp.ZEXT, Type.I8, value);
          case I8, I16, I32, I64 -> value;
        };
    return bits.type() == Type.I8 ? bits : ir.convert(ConvertOp.TRUNC, Type.I8, bits);
  }

  /** Conversions from a type. */
  public static List<Row> conversions(Type type) {
    List<Row> rows = new ArrayList<>();
    for (ConvertOp op : ConvertOp.values()) {
      for (Type to : Type.values()) {
        if (op.accepts(type, to)) {
          rows.add(
              new Row(
                  op.text() + " to " + to.text(),
                  type,
                  1,
                  to,
                  (ir, cell, a, b, c) -> ir.convert(op, to, a)));
        }
      }
    }
    return rows;
  }

  /**
   * The math functions on F32 or F64. The third operand of those that take an exponent in two parts
   * is made what they ask for: a whole number from 0 to 255.
   */
  public static List<Row> functions(Type type) {
    List<Row> rows = new ArrayList<>();
    for (BuiltinOp op : BuiltinOp.values()) {
      rows.add(
          new Row(
              op.text(),
              type,
              op.operands(),
              type,
              (ir, cell, a, b, c) -> ir.builtin(op, arguments(ir, op, a, b, c))));
    }
    return rows;
  }

  private static List<Value> arguments(IrBuilder ir, BuiltinOp op, Value a, Value b, Value c) {
    return switch (op.operands()) {
      case 1 -> List.of(a);
      case 2 -> List.of(a, b);
      default -> {
        Value whole = ir.unary(UnaryOp.FTRUNC, b);
        Value byteOfC = ir.convert(ConvertOp.ZEXT, Type.I32, low(ir, c));
        yield List.of(a, whole, ir.convert(ConvertOp.U_TO_F, a.type(), byteOfC));
      }
    };
  }

  /** Atomics on a cell that no other work-item touches: what they return, and what they leave. */
  public static List<Row> atomics(Type type) {
    List<Row> rows = new ArrayList<>();
    for (AtomicOp op : AtomicOp.values()) {
      int operands = 1 + op.operands();
      rows.add(
          new Row(
              "atomic " + op.text() + ", returned",
              type,
              operands,
              type,
              (ir, cell, a, b, c) -> {
                ir.store(cell, List.of(a));
                return ir.atomic(op, cell, op.operands() == 1 ? List.of(b) : List.of(b, c));
              }));
      rows.add(
          new Row(
              "atomic " + op.text() + ", left behind",
              type,
              operands,
              type,
              (ir, cell, a, b, c) -> {
                ir.store(cell, List.of(a));
                ir.atomic(op, cell, op.operands() == 1 ? List.of(b) : List.of(b, c));
                return ir.load(cell).getFirst();
              }));
    }
    return rows;
  }
}
