package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Simpler forms of integer and boolean ops. Each method gives the value that stands for the result,
 * or null if there is no simpler form. Constants go to the right; in I64, which is what addresses
 * are computed in, they also move out of sums and products, so that they gather in one place. In
 * narrower types that would let an intermediate sum wrap that did not before, and cost a proof.
 */
final class IntegerRules {
  private final Definitions definitions;
  private final Emitter emit;

  IntegerRules(Definitions definitions, Emitter emit) {
    this.definitions = definitions;
    this.emit = emit;
  }

  @Nullable Value unary(Op.Unary op) {
    Value a = op.operand();
    Type type = a.type();
    if (definitions.isConstant(a)) {
      return emit.constant(type, Arithmetic.unary(op.op(), type, definitions.bits(a)));
    }
    return switch (op.op()) {
      case NEG ->
          definitions.of(a) instanceof Op.Unary(var r, var o, var x, var s) && o == UnaryOp.NEG
              ? x
              : null;
      case NOT -> complement(a);
      default -> null;
    };
  }

  private @Nullable Value complement(Value a) {
    Op definition = definitions.of(a);
    if (definition instanceof Op.Unary inner && inner.op() == UnaryOp.NOT) {
      return inner.operand();
    }
    if (definition instanceof Op.Compare compare) {
      CompareOp inverse = inverse(compare.op());
      return inverse == null ? null : emit.compare(inverse, compare.left(), compare.right());
    }
    return null;
  }

  /** The comparison that is true where {@code op} is false; none for the order of floats: NaN. */
  private static @Nullable CompareOp inverse(CompareOp op) {
    return switch (op) {
      case EQ -> CompareOp.NE;
      case NE -> CompareOp.EQ;
      case SLT -> CompareOp.SGE;
      case SLE -> CompareOp.SGT;
      case SGT -> CompareOp.SLE;
      case SGE -> CompareOp.SLT;
      case ULT -> CompareOp.UGE;
      case ULE -> CompareOp.UGT;
      case UGT -> CompareOp.ULE;
      case UGE -> CompareOp.ULT;
      case FEQ -> CompareOp.FNE;
      case FNE -> CompareOp.FEQ;
      case FLT, FLE, FGT, FGE -> null;
    };
  }

  @Nullable Value binary(Op.Binary op) {
    Value a = op.left();
    Value b = op.right();
    boolean constantRight = definitions.isConstant(b);
    if (definitions.isConstant(a)) {
      if (constantRight) {
        return fold(op);
      }
      if (op.op().commutative()) {
        return emit.binary(op.op(), b, a);
      }
    }
    if (constantRight) {
      Value simpler = withConstant(op.op(), a, definitions.bits(b));
      return simpler != null || a.type() != Type.I64 ? simpler : gather(op.op(), a, b);
    }
    if (a.equals(b)) {
      return ofEqual(op.op(), a);
    }
    return ofTwo(op.op(), a, b);
  }

  private @Nullable Value fold(Op.Binary op) {
    long b = definitions.bits(op.right());
    if (op.op().divides() && b == 0) {
      return null;
    }
    Type type = op.result().type();
    return emit.constant(type, Arithmetic.binary(op.op(), type, definitions.bits(op.left()), b));
  }

  private @Nullable Value withConstant(BinaryOp op, Value a, long b) {
    Type type = a.type();
    boolean zero = b == 0;
    boolean one = b == 1;
    boolean ones = b == Definitions.mask(type);
    return switch (op) {
      case ADD -> zero ? a : combine(op, a, b);
      case SUB -> emit.binary(BinaryOp.ADD, a, Arithmetic.truncate(type, -b));
      case MUL ->
          zero
              ? emit.constant(type, 0)
              : one ? a : ones ? emit.unary(UnaryOp.NEG, a) : combine(op, a, b);
      case AND -> zero ? emit.constant(type, 0) : ones ? a : combine(op, a, b);
      case OR -> zero ? a : ones ? emit.constant(type, b) : combine(op, a, b);
      case XOR -> zero ? a : ones ? emit.unary(UnaryOp.NOT, a) : combine(op, a, b);
      case SHL, ASHR, LSHR, ROTL -> (b & (type.bits() - 1)) == 0 ? a : null;
      case SDIV -> one ? a : ones ? emit.unary(UnaryOp.NEG, a) : null;
      case UDIV -> one ? a : powerOfTwo(b) ? emit.binary(BinaryOp.LSHR, a, log2(b)) : null;
      case SREM -> one || ones ? emit.constant(type, 0) : null;
      case UREM -> powerOfTwo(b) ? emit.binary(BinaryOp.AND, a, b - 1) : null;
      case UMIN -> zero ? emit.constant(type, 0) : ones ? a : null;
      case UMAX -> zero ? a : ones ? emit.constant(type, b) : null;
      default -> null;
    };
  }

  private static boolean powerOfTwo(long b) {
    return Long.bitCount(b) == 1;
  }

  private static long log2(long b) {
    return Long.numberOfTrailingZeros(b);
  }

  /** {@code (x op c) op b} is {@code x op (c op b)} for an associative operator. */
  private @Nullable Value combine(BinaryOp op, Value a, long b) {
    if (definitions.of(a) instanceof Op.Binary inner
        && inner.op() == op
        && definitions.isConstant(inner.right())) {
      long c = definitions.bits(inner.right());
      return emit.binary(op, inner.left(), Arithmetic.binary(op, a.type(), c, b));
    }
    return null;
  }

  /** {@code (x + c) * b} is {@code x * b + c * b}. */
  private @Nullable Value gather(BinaryOp op, Value a, Value b) {
    if (op == BinaryOp.MUL
        && definitions.of(a) instanceof Op.Binary sum
        && sum.op() == BinaryOp.ADD
        && definitions.isConstant(sum.right())) {
      return emit.binary(
          BinaryOp.ADD,
          emit.binary(BinaryOp.MUL, sum.left(), b),
          emit.binary(BinaryOp.MUL, sum.right(), b));
    }
    return null;
  }

  private @Nullable Value ofEqual(BinaryOp op, Value a) {
    return switch (op) {
      case SUB, XOR -> emit.constant(a.type(), 0);
      case AND, OR, SMIN, SMAX, UMIN, UMAX -> a;
      default -> null;
    };
  }

  private @Nullable Value ofTwo(BinaryOp op, Value a, Value b) {
    return switch (op) {
      case ADD -> add(a, b);
      case SUB -> subtract(a, b);
      default -> null;
    };
  }

  private @Nullable Value add(Value a, Value b) {
    if (recombines(a, b)) {
      return ((Op.Binary) Objects.requireNonNull(definitions.of(b))).left();
    }
    if (recombines(b, a)) {
      return ((Op.Binary) Objects.requireNonNull(definitions.of(a))).left();
    }
    if (definitions.of(b) instanceof Op.Unary negated && negated.op() == UnaryOp.NEG) {
      return emit.binary(BinaryOp.SUB, a, negated.operand());
    }
    if (a.type() != Type.I64) {
      return null;
    }
    if (isSumWithConstant(a)) {
      Op.Binary sum = (Op.Binary) Objects.requireNonNull(definitions.of(a));
      return emit.binary(BinaryOp.ADD, emit.binary(BinaryOp.ADD, sum.left(), b), sum.right());
    }
    if (isSumWithConstant(b)) {
      Op.Binary sum = (Op.Binary) Objects.requireNonNull(definitions.of(b));
      return emit.binary(BinaryOp.ADD, emit.binary(BinaryOp.ADD, a, sum.left()), sum.right());
    }
    return null;
  }

  private @Nullable Value subtract(Value a, Value b) {
    if (definitions.is(a, 0)) {
      return emit.unary(UnaryOp.NEG, b);
    }
    if (a.type() == Type.I64 && isSumWithConstant(a)) {
      Op.Binary sum = (Op.Binary) Objects.requireNonNull(definitions.of(a));
      return emit.binary(BinaryOp.ADD, emit.binary(BinaryOp.SUB, sum.left(), b), sum.right());
    }
    return null;
  }

  private boolean isSumWithConstant(Value value) {
    return definitions.of(value) instanceof Op.Binary sum
        && sum.op() == BinaryOp.ADD
        && definitions.isConstant(sum.right());
  }

  /** Whether {@code high} is {@code (x >> k) << k} and {@code low} the k low bits of x. */
  private boolean recombines(Value high, Value low) {
    if (!(definitions.of(low) instanceof Op.Binary masked)
        || masked.op() != BinaryOp.AND
        || !definitions.isConstant(masked.right())
        || !(definitions.of(high) instanceof Op.Binary scaled)
        || !definitions.isConstant(scaled.right())
        || !(definitions.of(scaled.left()) instanceof Op.Binary shifted)
        || shifted.op() != BinaryOp.LSHR
        || !definitions.isConstant(shifted.right())) {
      return false;
    }
    long bit = definitions.bits(masked.right()) + 1;
    long scale = definitions.bits(scaled.right());
    boolean scaledUp =
        scaled.op() == BinaryOp.MUL && scale == bit
            || scaled.op() == BinaryOp.SHL && powerOfTwo(bit) && scale == log2(bit);
    return scaledUp
        && powerOfTwo(bit)
        && definitions.bits(shifted.right()) == log2(bit)
        && shifted.left().equals(masked.left());
  }

  @Nullable Value compare(Op.Compare op) {
    Value a = op.left();
    Value b = op.right();
    if (definitions.isConstant(a)) {
      return definitions.isConstant(b) ? fold(op) : emit.compare(swapped(op.op()), b, a);
    }
    if (a.equals(b)) {
      return emit.constant(Type.BOOL, ofEqual(op.op()) ? 1 : 0);
    }
    if (a.type() == Type.BOOL) {
      return compareBooleans(op);
    }
    if (definitions.isConstant(b)) {
      Value simpler = compareChoice(op);
      if (simpler != null) {
        return simpler;
      }
    }
    return compareNarrow(op);
  }

  private Value fold(Op.Compare op) {
    boolean holds =
        Arithmetic.compare(
            op.op(), op.left().type(), definitions.bits(op.left()), definitions.bits(op.right()));
    return emit.constant(Type.BOOL, holds ? 1 : 0);
  }

  /** The comparison with its operands exchanged. */
  static CompareOp swapped(CompareOp op) {
    return switch (op) {
      case EQ, NE, FEQ, FNE -> op;
      case SLT -> CompareOp.SGT;
      case SLE -> CompareOp.SGE;
      case SGT -> CompareOp.SLT;
      case SGE -> CompareOp.SLE;
      case ULT -> CompareOp.UGT;
      case ULE -> CompareOp.UGE;
      case UGT -> CompareOp.ULT;
      case UGE -> CompareOp.ULE;
      case FLT -> CompareOp.FGT;
      case FLE -> CompareOp.FGE;
      case FGT -> CompareOp.FLT;
      case FGE -> CompareOp.FLE;
    };
  }

  private static boolean ofEqual(CompareOp op) {
    return switch (op) {
      case EQ, SLE, SGE, ULE, UGE -> true;
      default -> false;
    };
  }

  private @Nullable Value compareBooleans(Op.Compare op) {
    if (!definitions.isConstant(op.right())) {
      return op.op() == CompareOp.NE ? emit.binary(BinaryOp.XOR, op.left(), op.right()) : null;
    }
    boolean keeps = (op.op() == CompareOp.NE) == definitions.is(op.right(), 0);
    return keeps ? op.left() : emit.not(op.left());
  }

  /**
   * A comparison of {@code condition ? c1 : c2} with a constant is the condition or its contrary.
   */
  private @Nullable Value compareChoice(Op.Compare op) {
    long right = definitions.bits(op.right());
    Type type = op.left().type();
    long ifTrue;
    long ifFalse;
    Value condition;
    if (definitions.of(op.left()) instanceof Op.Select select
        && definitions.isConstant(select.ifTrue())
        && definitions.isConstant(select.ifFalse())) {
      condition = select.condition();
      ifTrue = definitions.bits(select.ifTrue());
      ifFalse = definitions.bits(select.ifFalse());
    } else if (definitions.of(op.left()) instanceof Op.Convert widened
        && widened.operand().type() == Type.BOOL) {
      condition = widened.operand();
      ifTrue = 1;
      ifFalse = 0;
    } else {
      return null;
    }
    boolean whenTrue = Arithmetic.compare(op.op(), type, ifTrue, right);
    boolean whenFalse = Arithmetic.compare(op.op(), type, ifFalse, right);
    if (whenTrue == whenFalse) {
      return emit.constant(Type.BOOL, whenTrue ? 1 : 0);
    }
    return whenTrue ? condition : emit.not(condition);
  }

  /** Two values widened in the same way compare as before, if the order has the same sign. */
  private @Nullable Value compareNarrow(Op.Compare op) {
    if (!(definitions.of(op.left()) instanceof Op.Convert a) || !keepsOrder(a.op(), op.op())) {
      return null;
    }
    Type narrow = a.operand().type();
    if (definitions.of(op.right()) instanceof Op.Convert b
        && b.op() == a.op()
        && b.operand().type() == narrow) {
      return narrow == Type.BOOL
          ? compareTruths(op.op(), a.operand(), b.operand())
          : emit.compare(op.op(), a.operand(), b.operand());
    }
    if (definitions.isConstant(op.right())) {
      long bits = definitions.bits(op.right());
      long narrowed = Arithmetic.truncate(narrow, bits);
      if (Arithmetic.convert(a.op(), narrow, op.right().type(), narrowed) == bits) {
        return emit.compare(op.op(), a.operand(), emit.constant(narrow, narrowed));
      }
    }
    return null;
  }

  /** Truth values have no order of their own: false is 0 and true is 1. */
  private Value compareTruths(CompareOp op, Value a, Value b) {
    return switch (op) {
      case ULT -> emit.binary(BinaryOp.AND, emit.not(a), b);
      case ULE -> emit.binary(BinaryOp.OR, emit.not(a), b);
      case UGT -> emit.binary(BinaryOp.AND, a, emit.not(b));
      case UGE -> emit.binary(BinaryOp.OR, a, emit.not(b));
      default -> emit.compare(op, a, b);
    };
  }

  private static boolean keepsOrder(ConvertOp widening, CompareOp op) {
    return switch (op) {
      case EQ, NE -> widening == ConvertOp.SEXT || widening == ConvertOp.ZEXT;
      case SLT, SLE, SGT, SGE -> widening == ConvertOp.SEXT;
      case ULT, ULE, UGT, UGE -> widening == ConvertOp.ZEXT;
      default -> false;
    };
  }

  @Nullable Value select(Op.Select op) {
    Value condition = op.condition();
    Value a = op.ifTrue();
    Value b = op.ifFalse();
    if (definitions.isConstant(condition)) {
      return definitions.bits(condition) != 0 ? a : b;
    }
    if (a.equals(b)) {
      return a;
    }
    if (definitions.of(condition) instanceof Op.Unary not) {
      return emit.select(not.operand(), b, a);
    }
    boolean bothConstant = definitions.isConstant(a) && definitions.isConstant(b);
    if (bothConstant && definitions.bits(a) == definitions.bits(b)) {
      return a;
    }
    return a.type() == Type.BOOL ? selectBoolean(condition, a, b) : null;
  }

  private @Nullable Value selectBoolean(Value condition, Value a, Value b) {
    if (definitions.isConstant(a)) {
      return definitions.is(a, 1)
          ? emit.binary(BinaryOp.OR, condition, b)
          : emit.binary(BinaryOp.AND, emit.not(condition), b);
    }
    if (definitions.isConstant(b)) {
      return definitions.is(b, 0)
          ? emit.binary(BinaryOp.AND, condition, a)
          : emit.binary(BinaryOp.OR, emit.not(condition), a);
    }
    return null;
  }
}
