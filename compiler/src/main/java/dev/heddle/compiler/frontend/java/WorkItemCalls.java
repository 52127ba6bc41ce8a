package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of a work-item: its ids and sizes, what its group shares, atomic operations. */
final class WorkItemCalls {
  /** Bytes that the arrays of a work-group may have, each. */
  private static final int MAX_GROUP_BYTES = 1 << 16;

  private static final Map<String, QueryOp> QUERIES =
      Map.of(
          "global", QueryOp.GLOBAL_ID,
          "local", QueryOp.LOCAL_ID,
          "group", QueryOp.GROUP_ID,
          "groupSize", QueryOp.LOCAL_SIZE,
          "size", QueryOp.GLOBAL_SIZE,
          "groups", QueryOp.GROUP_COUNT);

  private static final Map<String, ElementType> ARRAYS =
      Map.of(
          "localInts", ElementType.INT,
          "localLongs", ElementType.LONG,
          "localFloats", ElementType.FLOAT,
          "localDoubles", ElementType.DOUBLE);

  private static final Map<String, AtomicOp> ATOMICS =
      Map.of(
          "atomicAdd", AtomicOp.ADD,
          "atomicAnd", AtomicOp.AND,
          "atomicOr", AtomicOp.OR,
          "atomicXor", AtomicOp.XOR,
          "atomicMin", AtomicOp.SMIN,
          "atomicMax", AtomicOp.SMAX,
          "atomicExchange", AtomicOp.EXCHANGE,
          "atomicCompareExchange", AtomicOp.COMPARE_EXCHANGE);

  private final Lifting lifting;
  private final Operators operators;

  WorkItemCalls(Lifting lifting) {
    this.lifting = lifting;
    this.operators = new Operators(lifting);
  }

  /**
   * @param arguments the work-item first
   */
  @Nullable Operand call(String name, List<Operand> arguments) {
    List<Operand> given = arguments.subList(1, arguments.size());
    QueryOp query = QUERIES.get(name);
    if (query != null) {
      return query(query, given);
    }
    ElementType element = ARRAYS.get(name);
    if (element != null) {
      return groupArray(element, given.getFirst());
    }
    AtomicOp atomic = ATOMICS.get(name);
    if (atomic != null) {
      return atomic(atomic, given);
    }
    if (name.equals("barrier")) {
      lifting.ir.add(new Op.Barrier(true, true, lifting.ir.span()));
      return null;
    }
    throw new Refusal("it calls " + name + " of a work-item");
  }

  private Operand query(QueryOp query, List<Operand> given) {
    Long dimension =
        given.isEmpty() ? Long.valueOf(0) : lifting.known(operators.number(given.getFirst()));
    if (dimension == null || dimension < 0 || dimension > 2) {
      throw new Refusal("it asks for a dimension that is not the constant 0, 1 or 2");
    }
    Value wide = lifting.ir.query(query, dimension.intValue());
    return new Operand.Scalar(lifting.convert(ConvertOp.TRUNC, Type.I32, wide));
  }

  private Operand groupArray(ElementType element, Operand length) {
    Long elements = lifting.known(operators.number(length));
    if (elements == null) {
      throw new Refusal("it makes an array of the work-group whose length is not a constant");
    }
    if (elements < 0 || elements * element.type().bytes() > MAX_GROUP_BYTES) {
      throw new Refusal(
          "it makes an array of %d elements for a work-group; such arrays have at most %d bytes"
              .formatted(elements, MAX_GROUP_BYTES));
    }
    return lifting.groupArray(element, elements.intValue());
  }

  private Operand atomic(AtomicOp op, List<Operand> given) {
    Operand.Array array = BlockLifter.array(given.getFirst());
    List<Value> values = new ArrayList<>();
    for (Operand operand : given.subList(2, given.size())) {
      values.add(operators.number(operand));
    }
    Value index = operators.number(given.get(1));
    return new Operand.Scalar(lifting.atomic(op, array, index, values));
  }
}
