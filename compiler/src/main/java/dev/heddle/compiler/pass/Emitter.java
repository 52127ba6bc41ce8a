package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;

/** Where rewrite rules put the ops that they make; each is simplified in its turn. */
interface Emitter {
  /** Adds {@code op}, or nothing if it has a simpler form; what stands for its result. */
  Value emit(Op op);

  Value fresh(Type type);

  Span span();

  default Value constant(Type type, long bits) {
    return emit(new Op.Constant(fresh(type), bits, span()));
  }

  default Value unary(UnaryOp op, Value a) {
    return emit(new Op.Unary(fresh(a.type()), op, a, span()));
  }

  default Value not(Value a) {
    return unary(UnaryOp.NOT, a);
  }

  default Value binary(BinaryOp op, Value a, Value b) {
    return emit(new Op.Binary(fresh(a.type()), op, a, b, span()));
  }

  default Value binary(BinaryOp op, Value a, long b) {
    return binary(op, a, constant(a.type(), b));
  }

  default Value compare(CompareOp op, Value a, Value b) {
    return emit(new Op.Compare(fresh(Type.BOOL), op, a, b, span()));
  }

  default Value select(Value condition, Value a, Value b) {
    return emit(new Op.Select(fresh(a.type()), condition, a, b, span()));
  }

  default Value convert(ConvertOp op, Type to, Value a) {
    return emit(new Op.Convert(fresh(to), op, a, span()));
  }
}
