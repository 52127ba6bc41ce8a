package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Expr.BinaryKind;
import dev.heddle.compiler.frontend.opencl.Expr.Relation;
import dev.heddle.compiler.frontend.opencl.Expr.UnaryKind;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Lowers expressions. */
final class ExpressionLowering {
  private final FunctionLowering function;
  private final ControlFlow flow;
  private final Code code;

  ExpressionLowering(FunctionLowering function) {
    this.function = function;
    this.flow = function.flow();
    this.code = function.code();
  }

  FunctionLowering function() {
    return function;
  }

  Code code() {
    return code;
  }

  /** Lowers an expression whose value nobody wants. */
  void effect(Expr expr) {
    value(expr);
  }

  /** The value of a scalar expression. */
  Value scalar(Expr expr) {
    return scalars(expr).getFirst();
  }

  /** The components of a scalar or vector expression. */
  List<Value> scalars(Expr expr) {
    if (value(expr) instanceof Lowered.Scalars scalars) {
      return scalars.values();
    }
    throw new IllegalStateException("no scalar: " + expr.type().text());
  }

  Lowered.Pointer pointer(Expr expr) {
    if (value(expr) instanceof Lowered.Pointer pointer) {
      return pointer;
    }
    throw new IllegalStateException("no pointer: " + expr.type().text());
  }

  /** What an object of that type holds if nobody set it. */
  Lowered zero(CType type) {
    return switch (type) {
      case CType.Pointer _ ->
          new Lowered.Pointer(List.of(), null, code.constant(Type.I64, PlaceLowering.NULL_OFFSET));
      case CType.Scalar _, CType.Vector _ -> {
        Value zero = code.zero(type.lane().type());
        yield new Lowered.Scalars(java.util.Collections.nCopies(type.components(), zero));
      }
      case CType.Struct _, CType.Array _, CType.Void _, CType.Opaque _, CType.Invalid _ ->
          throw new IllegalStateException("no zero of " + type.text());
    };
  }

  Lowered value(Expr expr) {
    code.at(expr.span());
    return switch (expr) {
      case Expr.Literal literal ->
          Lowered.of(code.constant(literal.type().element().type(), literal.bits()));
      case Expr.Null nothing -> zero(nothing.type());
      case Expr.VariableUse _, Expr.Dereference _, Expr.Member _, Expr.Swizzle _ -> read(expr);
      case Expr.Compound _ -> read(expr);
      case Expr.Unary unary -> unary(unary);
      case Expr.Not not -> not(not);
      case Expr.Binary binary -> binary(binary);
      case Expr.Comparison comparison -> comparison(comparison);
      case Expr.PointerComparison _ -> fromCondition(expr);
      case Expr.Logical logical -> logical(logical);
      case Expr.Conditional conditional -> conditional(conditional);
      case Expr.Comma comma -> {
        effect(comma.left());
        yield value(comma.right());
      }
      case Expr.Assign assign -> assign(assign);
      case Expr.CompoundAssign assign -> compoundAssign(assign);
      case Expr.PointerAssign assign -> pointerAssign(assign);
      case Expr.Increment increment -> increment(increment);
      case Expr.Convert convert -> convert(convert);
      case Expr.VectorLiteral literal -> vectorLiteral(literal);
      case Expr.AddressOf address -> function.places().address(address.place());
      case Expr.Decay decay -> function.places().address(decay.array());
      case Expr.PointerAdd add -> pointerAdd(add);
      case Expr.PointerDifference difference -> Lowered.of(pointerDifference(difference));
      case Expr.Call call -> new CallLowering(this).call(call);
      case Expr.BuiltinCall call -> call.builtin().emit().emit(this, call);
      case Expr.Invalid _ -> throw new IllegalStateException("an invalid expression");
    };
  }

  private Lowered read(Expr expr) {
    Long constant = Constants.evaluate(expr);
    ElementType element = expr.type().elementOrNull();
    if (constant != null && element != null) {
      return Lowered.of(code.constant(element.type(), constant));
    }
    return function.places().load(function.places().of(expr), expr.span());
  }

  // conditions

  /** Whether a scalar is not zero, or a pointer is not null. */
  Value condition(Expr expr) {
    code.at(expr.span());
    return switch (expr) {
      case Expr.Comparison comparison when comparison.left().type().components() == 1 ->
          compare(comparison);
      case Expr.PointerComparison comparison -> comparePointers(comparison);
      case Expr.Not not when not.type() instanceof CType.Scalar -> {
        Value operand = condition(not.operand());
        Long known = code.known(operand);
        yield known != null
            ? code.constant(Type.BOOL, 1 - known)
            : code.at(not.span()).not(operand);
      }
      case Expr.Logical logical when logical.type() instanceof CType.Scalar -> shortCut(logical);
      case Expr.Literal literal ->
          code.constant(Type.BOOL, Boolean.TRUE.equals(Constants.truth(literal)) ? 1 : 0);
      default -> {
        Value value = scalar(expr);
        yield code.at(expr.span()).truth(value);
      }
    };
  }

  private Lowered fromCondition(Expr expr) {
    Value condition = condition(expr);
    code.at(expr.span());
    return Lowered.of(code.builder().convert(ConvertOp.ZEXT, Type.I32, condition));
  }

  private Value compare(Expr.Comparison comparison) {
    Value left = scalar(comparison.left());
    Value right = scalar(comparison.right());
    ElementType element = comparison.left().type().lane();
    return code.at(comparison.span())
        .compare(Operators.compare(comparison.relation(), element), left, right);
  }

  private Lowered comparison(Expr.Comparison comparison) {
    if (comparison.type() instanceof CType.Scalar) {
      return fromCondition(comparison);
    }
    ElementType element = comparison.left().type().lane();
    CompareOp op = Operators.compare(comparison.relation(), element);
    Type mask = comparison.type().lane().type();
    List<Value> left = scalars(comparison.left());
    List<Value> right = scalars(comparison.right());
    code.at(comparison.span());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      results.add(code.mask(code.compare(op, left.get(i), right.get(i)), mask));
    }
    return new Lowered.Scalars(results);
  }

  /** The right operand is computed only if the left one does not decide, or if that is free. */
  private Value shortCut(Expr.Logical logical) {
    Value left = condition(logical.left());
    Long known = code.known(left);
    if (known != null) {
      return (known != 0) == logical.and() ? condition(logical.right()) : left;
    }
    if (Purity.cheap(logical.right())) {
      Value right = condition(logical.right());
      return code.at(logical.span())
          .binary(logical.and() ? BinaryOp.AND : BinaryOp.OR, left, right);
    }
    Value decided = code.at(logical.span()).constant(Type.BOOL, logical.and() ? 0 : 1);
    Lowered result =
        flow.choose(
            left,
            CType.BOOL,
            () -> logical.and() ? Lowered.of(condition(logical.right())) : Lowered.of(decided),
            () -> logical.and() ? Lowered.of(decided) : Lowered.of(condition(logical.right())),
            logical.span());
    return ((Lowered.Scalars) result).values().getFirst();
  }

  private Lowered logical(Expr.Logical logical) {
    if (logical.type() instanceof CType.Scalar) {
      return fromCondition(logical);
    }
    List<Value> left = scalars(logical.left());
    List<Value> right = scalars(logical.right());
    Type mask = logical.type().lane().type();
    code.at(logical.span());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      BinaryOp op = logical.and() ? BinaryOp.AND : BinaryOp.OR;
      Value both = code.binary(op, code.truth(left.get(i)), code.truth(right.get(i)));
      results.add(code.mask(both, mask));
    }
    return new Lowered.Scalars(results);
  }

  private Lowered not(Expr.Not not) {
    if (not.type() instanceof CType.Scalar) {
      return fromCondition(not);
    }
    Type mask = not.type().lane().type();
    List<Value> operands = scalars(not.operand());
    code.at(not.span());
    return new Lowered.Scalars(
        operands.stream().map(v -> code.mask(code.not(code.truth(v)), mask)).toList());
  }

  // arithmetic

  private Lowered unary(Expr.Unary unary) {
    boolean real = Typing.isFloat(unary.type());
    UnaryOp op =
        unary.op() == UnaryKind.COMPLEMENT ? UnaryOp.NOT : real ? UnaryOp.FNEG : UnaryOp.NEG;
    List<Value> operands = scalars(unary.operand());
    code.at(unary.span());
    return new Lowered.Scalars(operands.stream().map(v -> code.unary(op, v)).toList());
  }

  private Lowered binary(Expr.Binary binary) {
    Contraction fused = Contraction.of(binary);
    if (fused != null) {
      return fma(fused, binary);
    }
    List<Value> left = scalars(binary.left());
    List<Value> right = scalars(binary.right());
    code.at(binary.span());
    return new Lowered.Scalars(operate(binary.op(), binary.type().lane(), left, right));
  }

  private List<Value> operate(
      BinaryKind op, ElementType element, List<Value> left, List<Value> right) {
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Value count = right.get(right.size() == 1 ? 0 : i);
      results.add(code.binary(Operators.binary(op, element), left.get(i), count));
    }
    return results;
  }

  /** Operands are evaluated from left to right, as they stand in the source. */
  private Lowered fma(Contraction fused, Expr.Binary sum) {
    boolean productFirst = sum.left() == fused.product();
    List<Value> addend = productFirst ? List.of() : scalars(fused.addend());
    List<Value> a = scalars(fused.product().left());
    List<Value> b = scalars(fused.product().right());
    addend = productFirst ? scalars(fused.addend()) : addend;
    code.at(sum.span());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      results.add(
          fma(a.get(i), b.get(i), addend.get(i), fused.negateProduct(), fused.negateAddend()));
    }
    return new Lowered.Scalars(results);
  }

  private Value fma(Value a, Value b, Value c, boolean negateProduct, boolean negateAddend) {
    Value factor = negateProduct ? code.unary(UnaryOp.FNEG, a) : a;
    Value addend = negateAddend ? code.unary(UnaryOp.FNEG, c) : c;
    return code.builder().fma(factor, b, addend);
  }

  private Lowered conditional(Expr.Conditional conditional) {
    if (conditional.condition().type() instanceof CType.Vector) {
      return vectorConditional(conditional);
    }
    Value condition = condition(conditional.condition());
    Long known = code.known(condition);
    if (known != null) {
      return value(known != 0 ? conditional.ifTrue() : conditional.ifFalse());
    }
    boolean select =
        conditional.type().elementOrNull() != null
            && Purity.cheap(conditional.ifTrue())
            && Purity.cheap(conditional.ifFalse());
    if (select) {
      List<Value> a = scalars(conditional.ifTrue());
      List<Value> b = scalars(conditional.ifFalse());
      code.at(conditional.span());
      return select(condition, a, b);
    }
    if (conditional.type() instanceof CType.Struct) {
      return chooseStruct(conditional, condition);
    }
    return flow.choose(
        condition,
        conditional.type(),
        () -> value(conditional.ifTrue()),
        () -> value(conditional.ifFalse()),
        conditional.span());
  }

  private Lowered select(Value condition, List<Value> a, List<Value> b) {
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      results.add(code.select(condition, a.get(i), b.get(i)));
    }
    return new Lowered.Scalars(results);
  }

  private Lowered chooseStruct(Expr.Conditional conditional, Value condition) {
    CType pointer = new CType.Pointer(Qualified.of(conditional.type()));
    Lowered chosen =
        flow.choose(
            condition,
            pointer,
            () -> ((Lowered.Aggregate) value(conditional.ifTrue())).location(),
            () -> ((Lowered.Aggregate) value(conditional.ifFalse())).location(),
            conditional.span());
    return new Lowered.Aggregate((Lowered.Pointer) chosen, conditional.type());
  }

  /** A component is chosen by the highest bit of the condition's. */
  private Lowered vectorConditional(Expr.Conditional conditional) {
    List<Value> masks = scalars(conditional.condition());
    List<Value> a = scalars(conditional.ifTrue());
    List<Value> b = scalars(conditional.ifFalse());
    code.at(conditional.span());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      Value mask = masks.get(i);
      Value negative = code.compare(CompareOp.SLT, mask, code.zero(mask.type()));
      results.add(code.select(negative, a.get(i), b.get(i)));
    }
    return new Lowered.Scalars(results);
  }

  private Lowered vectorLiteral(Expr.VectorLiteral literal) {
    List<Value> values = new ArrayList<>();
    for (Expr part : literal.parts()) {
      values.addAll(scalars(part));
    }
    return new Lowered.Scalars(
        values.size() == 1
            ? java.util.Collections.nCopies(literal.type().width(), values.getFirst())
            : values);
  }

  private Lowered convert(Expr.Convert convert) {
    Expr operand = convert.operand();
    if (convert.type() instanceof CType.Void) {
      effect(operand);
      return Lowered.NOTHING;
    }
    if (convert.type().isPointer()) {
      return value(operand);
    }
    if (convert.type() == CType.BOOL) {
      return Lowered.of(condition(operand));
    }
    ElementType from = operand.type().lane();
    ElementType to = convert.type().lane();
    Lowered.Scalars value = (Lowered.Scalars) value(operand);
    code.at(convert.span());
    List<Value> converted = value.values().stream().map(v -> code.convert(v, from, to)).toList();
    boolean spreads = converted.size() == 1 && convert.type().components() > 1;
    return new Lowered.Scalars(
        spreads
            ? java.util.Collections.nCopies(convert.type().components(), converted.getFirst())
            : converted);
  }

  // assignment

  private Lowered assign(Expr.Assign assign) {
    PlaceLowering.Place place = function.places().of(assign.target());
    Lowered value = value(assign.value());
    code.at(assign.span());
    function.places().store(place, value, assign.span());
    return value;
  }

  private Lowered compoundAssign(Expr.CompoundAssign assign) {
    PlaceLowering.Place place = function.places().of(assign.target());
    ElementType element = assign.target().type().lane();
    ElementType computed = assign.computeType().lane();
    Lowered.Scalars old = (Lowered.Scalars) function.places().load(place, assign.target().span());
    List<Value> left = old.values().stream().map(v -> code.convert(v, element, computed)).toList();
    List<Value> results = accumulate(assign, left, computed);
    code.at(assign.span());
    Lowered value =
        new Lowered.Scalars(results.stream().map(v -> code.convert(v, computed, element)).toList());
    function.places().store(place, value, assign.span());
    return value;
  }

  /** {@code x += a*b} and {@code x -= a*b} fuse as the expression they stand for. */
  private List<Value> accumulate(
      Expr.CompoundAssign assign, List<Value> left, ElementType computed) {
    boolean sums = assign.op() == BinaryKind.ADD || assign.op() == BinaryKind.SUBTRACT;
    boolean fuses =
        sums
            && assign.contract()
            && computed.type().isFloat()
            && assign.value() instanceof Expr.Binary product
            && product.op() == BinaryKind.MULTIPLY;
    if (!fuses) {
      List<Value> right = scalars(assign.value());
      code.at(assign.span());
      return operate(assign.op(), computed, left, right);
    }
    Expr.Binary product = (Expr.Binary) assign.value();
    List<Value> a = scalars(product.left());
    List<Value> b = scalars(product.right());
    code.at(assign.span());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      boolean negate = assign.op() == BinaryKind.SUBTRACT;
      results.add(fma(a.get(i), b.get(i), left.get(i), negate, false));
    }
    return results;
  }

  private Lowered increment(Expr.Increment increment) {
    PlaceLowering.Place place = function.places().of(increment.target());
    Lowered old = function.places().load(place, increment.target().span());
    code.at(increment.span());
    Lowered changed =
        switch (old) {
          case Lowered.Pointer pointer -> {
            long size = targetSize(increment.type());
            yield moved(pointer, code.constant(Type.I64, size * increment.step()));
          }
          case Lowered.Scalars scalars ->
              new Lowered.Scalars(
                  scalars.values().stream()
                      .map(v -> step(v, increment.type().lane(), increment.step()))
                      .toList());
          case Lowered.Aggregate _, Lowered.Nothing _ ->
              throw new IllegalStateException("increment of " + increment.type().text());
        };
    function.places().store(place, changed, increment.span());
    return increment.prefix() ? changed : old;
  }

  private Value step(Value value, ElementType element, int step) {
    if (element == ElementType.BOOL) {
      return step > 0 ? code.constant(Type.BOOL, 1) : code.not(value);
    }
    if (element == ElementType.HALF) {
      Value wide = code.convert(value, element, ElementType.FLOAT);
      return code.convert(step(wide, ElementType.FLOAT, step), ElementType.FLOAT, element);
    }
    BinaryKind op = step > 0 ? BinaryKind.ADD : BinaryKind.SUBTRACT;
    return code.binary(Operators.binary(op, element), value, code.number(element, 1));
  }

  // pointers

  private static long targetSize(CType pointer) {
    return ((CType.Pointer) pointer).target().type().size();
  }

  private Lowered.Pointer moved(Lowered.Pointer pointer, Value bytes) {
    return new Lowered.Pointer(
        pointer.objects(), pointer.tag(), code.addOffset(bytes, pointer.offset()));
  }

  private Lowered pointerAdd(Expr.PointerAdd add) {
    Lowered.Pointer pointer = pointer(add.pointer());
    Value bytes = bytes(add.index(), add.type(), add.subtract(), add.span());
    return moved(pointer, bytes);
  }

  /** An index as a number of bytes. */
  private Value bytes(Expr index, CType pointer, boolean subtract, Span span) {
    Value value = scalar(index);
    code.at(span);
    ElementType element = index.type().lane();
    Long known = code.known(value);
    Value wide;
    if (known != null) {
      Long number = Constants.integer(index);
      wide = code.constant(Type.I64, number == null ? known : number);
    } else {
      wide = code.convert(value, element, element.signed() ? ElementType.LONG : ElementType.ULONG);
    }
    Value scaled = code.scale(wide, targetSize(pointer));
    if (!subtract) {
      return scaled;
    }
    Long constant = code.known(scaled);
    return constant != null ? code.constant(Type.I64, -constant) : code.unary(UnaryOp.NEG, scaled);
  }

  private Lowered pointerAssign(Expr.PointerAssign assign) {
    PlaceLowering.Place place = function.places().of(assign.target());
    Lowered.Pointer old = (Lowered.Pointer) function.places().load(place, assign.target().span());
    Value bytes = bytes(assign.index(), assign.type(), assign.subtract(), assign.span());
    Lowered changed = moved(old, bytes);
    function.places().store(place, changed, assign.span());
    return changed;
  }

  private Value pointerDifference(Expr.PointerDifference difference) {
    Lowered.Pointer left = pointer(difference.left());
    Lowered.Pointer right = pointer(difference.right());
    code.at(difference.span());
    Value bytes = code.binary(BinaryOp.SUB, left.offset(), right.offset());
    long size = targetSize(difference.left().type());
    if (size == 1) {
      return bytes;
    }
    return Long.bitCount(size) == 1
        ? code.binary(
            BinaryOp.ASHR, bytes, code.constant(Type.I64, Long.numberOfTrailingZeros(size)))
        : code.binary(BinaryOp.SDIV, bytes, code.constant(Type.I64, size));
  }

  private Value comparePointers(Expr.PointerComparison comparison) {
    Expr left = comparison.left();
    Expr right = comparison.right();
    if (left instanceof Expr.Null || right instanceof Expr.Null) {
      return compareNull(comparison, left instanceof Expr.Null ? right : left);
    }
    Lowered.Pointer a = pointer(left);
    Lowered.Pointer b = pointer(right);
    code.at(comparison.span());
    CompareOp op = Operators.compare(comparison.relation(), ElementType.LONG);
    Value offsets = code.compare(op, a.offset(), b.offset());
    boolean equality = op == CompareOp.EQ || op == CompareOp.NE;
    if (!equality || a.objects().size() == 1 && a.objects().equals(b.objects())) {
      return offsets;
    }
    Value tags = code.compare(op, flow.tag(a), flow.tag(b));
    return code.binary(op == CompareOp.EQ ? BinaryOp.AND : BinaryOp.OR, offsets, tags);
  }

  /** A pointer is null if it was set to null, or if its buffer was given as null. */
  private Value compareNull(Expr.PointerComparison comparison, Expr operand) {
    Lowered.Pointer pointer = pointer(operand);
    code.at(comparison.span());
    Relation relation = comparison.relation();
    Value isNull =
        code.compare(
            CompareOp.EQ, pointer.offset(), code.constant(Type.I64, PlaceLowering.NULL_OFFSET));
    if (!pointer.objects().isEmpty()) {
      Value empty = noObject(pointer, comparison.span());
      isNull = empty == null ? isNull : code.binary(BinaryOp.OR, isNull, empty);
    }
    boolean asksNull = relation == Relation.EQUAL || relation == Relation.LESS_EQUAL;
    return asksNull ? isNull : code.not(isNull);
  }

  private @org.jspecify.annotations.Nullable Value noObject(Lowered.Pointer pointer, Span span) {
    boolean mayBeNull =
        pointer.objects().stream()
            .map(function::root)
            .anyMatch(r -> r instanceof Root.Buffer || r instanceof Root.Formal);
    if (!mayBeNull) {
      return null;
    }
    Value size =
        function
            .places()
            .withRoot(
                pointer,
                List.of(Type.I64),
                root -> {
                  Value bytes = code.builder().fresh(Type.I64);
                  code.builder().add(new Op.RootSize(bytes, root, span));
                  return List.of(bytes);
                },
                span)
            .getFirst();
    return code.compare(CompareOp.EQ, size, code.zero(Type.I64));
  }
}
