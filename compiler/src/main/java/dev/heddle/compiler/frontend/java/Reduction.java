package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/** The two kernels of a reduction's fixed tree. */
final class Reduction {
  /** Elements of a block, and lanes that share them. */
  private static final int BLOCK = 4096;

  private static final int LANES = 64;

  private final Lifting lifting;
  private final ElementType element;
  private final Callee combine;

  Reduction(Lifting lifting, ElementType element, Callee combine) {
    this.lifting = lifting;
    this.element = element;
    this.combine = combine;
  }

  private Value combined(Value left, Value right) {
    return combine.element(element, List.of(left, right));
  }

  /**
   * Combines the elements of one lane of a block.
   *
   * @param size number of elements, an I64
   * @param elementAt the element at an index, an I64
   */
  void lanes(Operand.Array out, Value identity, Value size, UnaryOperator<Value> elementAt) {
    Value id = lifting.ir.query(QueryOp.GLOBAL_ID, 0);
    Value block = lifting.ir.binary(BinaryOp.ASHR, id, lifting.constant(Type.I64, 6));
    Value lane = lifting.ir.binary(BinaryOp.AND, id, lifting.constant(Type.I64, LANES - 1));
    Value start = lifting.ir.binary(BinaryOp.MUL, block, lifting.constant(Type.I64, BLOCK));
    Value first = lifting.ir.binary(BinaryOp.ADD, start, lane);
    Value end = lifting.ir.binary(BinaryOp.ADD, start, lifting.constant(Type.I64, BLOCK));
    Value stop = lifting.ir.binary(BinaryOp.SMIN, end, size);

    Node.Edge into = new Node.Edge(lifting.newNode());
    Value at = parameter(into.to, Type.I64);
    Value sum = parameter(into.to, element.type());
    into.values = List.of(first, identity);
    lifting.end(new Node.Jump(into));
    lifting.begin(into.to);
    Node.Edge more = new Node.Edge(lifting.newNode());
    Node.Edge done = new Node.Edge(lifting.newNode());
    Value total = parameter(done.to, element.type());
    done.values = List.of(sum);
    lifting.end(new Node.Branch(lifting.compare(CompareOp.SLT, at, stop), more, done));

    lifting.begin(more.to);
    Value next = combined(sum, elementAt.apply(at));
    Node.Edge again = new Node.Edge(into.to);
    Value step = lifting.constant(Type.I64, LANES);
    again.values = List.of(lifting.ir.binary(BinaryOp.ADD, at, step), next);
    lifting.end(new Node.Jump(again));
    lifting.begin(done.to);
    lifting.store(out, id, total);
  }

  /** Combines two neighbours; a last one without a partner is copied. */
  void pairs(Operand.Array in, Operand.Array out) {
    Value id = lifting.ir.query(QueryOp.GLOBAL_ID, 0);
    Value one = lifting.constant(Type.I64, 1);
    Value even = lifting.ir.binary(BinaryOp.SHL, id, one);
    Value odd = lifting.ir.binary(BinaryOp.ADD, even, one);
    Value left = lifting.load(in, even);
    Node.Edge pair = new Node.Edge(lifting.newNode());
    Node.Edge alone = new Node.Edge(lifting.newNode());
    Value result = parameter(alone.to, element.type());
    alone.values = List.of(left);
    lifting.end(
        new Node.Branch(lifting.compare(CompareOp.SLT, odd, lifting.size(in)), pair, alone));
    lifting.begin(pair.to);
    Node.Edge joined = new Node.Edge(alone.to);
    joined.values = List.of(combined(left, lifting.load(in, odd)));
    lifting.end(new Node.Jump(joined));
    lifting.begin(alone.to);
    lifting.store(out, id, result);
  }

  private Value parameter(Node node, Type type) {
    Value value = lifting.ir.fresh(type);
    node.parameters.add(value);
    return value;
  }
}
