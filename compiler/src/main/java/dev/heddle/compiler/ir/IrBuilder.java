package dev.heddle.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Builds regions op by op: numbers values and loop labels, and keeps a stack of open regions. Every
 * method that adds an op adds it to the innermost open region, with the current span.
 */
public final class IrBuilder {
  private record Open(List<Value> parameters, List<Op> ops) {}

  private final Deque<Open> regions = new ArrayDeque<>();
  private int nextValue;
  private int nextLabel;
  private Span span = Span.NONE;

  public IrBuilder() {
    this(0, 0);
  }

  /** A builder whose new values and labels start at the given numbers. */
  public IrBuilder(int firstValue, int firstLabel) {
    nextValue = firstValue;
    nextLabel = firstLabel;
  }

  /** Sets the source place of the ops that follow. */
  public IrBuilder at(Span place) {
    span = place;
    return this;
  }

  public Span span() {
    return span;
  }

  public Value fresh(Type type) {
    return new Value(nextValue++, type);
  }

  public int freshLabel() {
    return nextLabel++;
  }

  /** Opens a region; ops go there until {@link #close}. */
  public void open(List<Value> parameters) {
    regions.push(new Open(List.copyOf(parameters), new ArrayList<>()));
  }

  /** Closes the innermost open region. */
  public Region close(Terminator terminator) {
    Open open = regions.pop();
    return new Region(open.parameters(), open.ops(), terminator);
  }

  public void add(Op op) {
    regions.getFirst().ops().add(op);
  }

  public Value constant(Type type, long bits) {
    Value result = fresh(type);
    add(new Op.Constant(result, bits, span));
    return result;
  }

  public Value constant(float value) {
    return constant(Type.F32, Float.floatToRawIntBits(value));
  }

  public Value constant(double value) {
    return constant(Type.F64, Double.doubleToRawLongBits(value));
  }

  public Value unary(UnaryOp op, Value operand) {
    Value result = fresh(operand.type());
    add(new Op.Unary(result, op, operand, span));
    return result;
  }

  public Value binary(BinaryOp op, Value left, Value right) {
    Value result = fresh(left.type());
    add(new Op.Binary(result, op, left, right, span));
    return result;
  }

  public Value compare(CompareOp op, Value left, Value right) {
    Value result = fresh(Type.BOOL);
    add(new Op.Compare(result, op, left, right, span));
    return result;
  }

  public Value fma(Value a, Value b, Value c) {
    Value result = fresh(a.type());
    add(new Op.Fma(result, a, b, c, span));
    return result;
  }

  public Value select(Value condition, Value ifTrue, Value ifFalse) {
    Value result = fresh(ifTrue.type());
    add(new Op.Select(result, condition, ifTrue, ifFalse, span));
    return result;
  }

  public Value convert(ConvertOp op, Type to, Value operand) {
    Value result = fresh(to);
    add(new Op.Convert(result, op, operand, span));
    return result;
  }

  public Value builtin(BuiltinOp op, List<Value> operands) {
    Value result = fresh(operands.getFirst().type());
    add(new Op.Builtin(result, op, operands, span));
    return result;
  }

  public Value query(QueryOp op, int dimension) {
    Value result = fresh(Type.I64);
    add(new Op.Query(result, op, dimension, span));
    return result;
  }

  public List<Value> load(Access access) {
    List<Value> results = new ArrayList<>(access.count());
    for (int i = 0; i < access.count(); i++) {
      results.add(fresh(access.element()));
    }
    add(new Op.Load(results, access, span));
    return results;
  }

  public void store(Access access, List<Value> values) {
    add(new Op.Store(access, values, span));
  }

  public Value atomic(AtomicOp op, Access access, List<Value> values) {
    Value result = fresh(access.element());
    add(new Op.Atomic(result, op, access, values, span));
    return result;
  }
}
