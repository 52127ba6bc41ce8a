package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short sequences of ops on scalars, over an {@link IrBuilder}; remembers constants. */
final class Code {
  private final IrBuilder builder = new IrBuilder();
  private final Map<Value, Long> constants = new HashMap<>();

  IrBuilder builder() {
    return builder;
  }

  Code at(Span span) {
    builder.at(span);
    return this;
  }

  Value constant(Type type, long bits) {
    Value value = builder.constant(type, bits);
    constants.put(value, bits);
    return value;
  }

  /** A number in the given type, rounded to it. */
  Value number(ElementType element, double value) {
    return switch (element.type()) {
      case F32 -> constant(Type.F32, Float.floatToRawIntBits((float) value) & 0xffffffffL);
      case F64 -> constant(Type.F64, Double.doubleToRawLongBits(value));
      default -> constant(element.type(), (long) value);
    };
  }

  Value zero(Type type) {
    return constant(type, 0);
  }

  /** The bits of a constant; null for any other value. */
  @Nullable Long known(Value value) {
    return constants.get(value);
  }

  Value unary(UnaryOp op, Value a) {
    return builder.unary(op, a);
  }

  Value binary(BinaryOp op, Value a, Value b) {
    return builder.binary(op, a, b);
  }

  Value compare(CompareOp op, Value a, Value b) {
    return builder.compare(op, a, b);
  }

  Value select(Value condition, Value ifTrue, Value ifFalse) {
    return builder.select(condition, ifTrue, ifFalse);
  }

  Value not(Value bool) {
    return builder.unary(UnaryOp.NOT, bool);
  }

  /** Sum of two byte offsets; constants fold, so that offsets stay in their canonical form. */
  Value addOffset(Value a, Value b) {
    Long x = known(a);
    Long y = known(b);
    if (x != null && y != null) {
      return constant(Type.I64, x + y);
    }
    if (y != null && y == 0) {
      return a;
    }
    return x != null && x == 0 ? b : builder.binary(BinaryOp.ADD, a, b);
  }

  Value addOffset(Value a, long bytes) {
    return bytes == 0 ? a : addOffset(a, constant(Type.I64, bytes));
  }

  /** {@code index * size}. */
  Value scale(Value index, long size) {
    Long known = known(index);
    if (known != null) {
      return constant(Type.I64, known * size);
    }
    return size == 1 ? index : builder.binary(BinaryOp.MUL, index, constant(Type.I64, size));
  }

  /** Whether a scalar is not zero. */
  Value truth(Value value) {
    if (value.type() == Type.BOOL) {
      return value;
    }
    if (value.type() == Type.F16) {
      return truth(convert(value, ElementType.HALF, ElementType.FLOAT));
    }
    CompareOp op = value.type().isFloat() ? CompareOp.FNE : CompareOp.NE;
    return compare(op, value, zero(value.type()));
  }

  /** A conversion as C defines it, saturating where a float becomes an integer. */
  Value convert(Value value, ElementType from, ElementType to) {
    if (to == ElementType.BOOL) {
      return truth(value);
    }
    if (from == ElementType.BOOL) {
      return fromBool(value, to);
    }
    if (throughFloat(from, to)) {
      return convert(convert(value, from, ElementType.FLOAT), ElementType.FLOAT, to);
    }
    ConvertOp op = Operators.convert(from, to);
    if (op == null) {
      return value;
    }
    return builder.convert(op, to.type(), value);
  }

  /**
   * Whether a conversion is one to float and one from it: the IR does not compute with halves. A
   * float holds every half, and what does not fit in a float exactly is beyond the halves.
   */
  static boolean throughFloat(ElementType from, ElementType to) {
    return from == ElementType.HALF && to != ElementType.FLOAT && to != ElementType.HALF
        || to == ElementType.HALF && !from.type().isFloat();
  }

  private Value fromBool(Value value, ElementType to) {
    if (to == ElementType.HALF) {
      return convert(fromBool(value, ElementType.FLOAT), ElementType.FLOAT, to);
    }
    if (to.type().isFloat()) {
      return select(value, number(to, 1), number(to, 0));
    }
    return builder.convert(ConvertOp.ZEXT, to.type(), value);
  }

  Value bitcast(Value value, Type type) {
    return value.type() == type ? value : builder.convert(ConvertOp.BITCAST, type, value);
  }

  /** All ones or all zeros, as comparisons of vectors give. */
  Value mask(Value bool, Type type) {
    return unary(UnaryOp.NEG, builder.convert(ConvertOp.ZEXT, type, bool));
  }

  /** The integer type as wide as a float. */
  static Type bitsOf(Type type) {
    return switch (type) {
      case F16 -> Type.I16;
      case F32 -> Type.I32;
      case F64 -> Type.I64;
      default -> type;
    };
  }
}
