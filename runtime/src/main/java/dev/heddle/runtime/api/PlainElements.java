package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Expressions of elements in plain Java, one element after the other. */
final class PlainElements {
  private PlainElements() {}

  /** The elements go to the array when all are known, since functions may read it. */
  static void write(ElementNode root, long size, Object out) {
    List<ElementNode> order = ElementNode.inOrder(root);
    Map<ElementNode, Integer> numbers = new IdentityHashMap<>();
    order.forEach(node -> numbers.put(node, numbers.size()));
    Object[] elements = new Object[Math.toIntExact(size)];
    Object[] values = new Object[order.size()];
    for (int i = 0; i < elements.length; i++) {
      for (int n = 0; n < values.length; n++) {
        values[n] = value(order.get(n), i, numbers, values);
      }
      elements[i] = values[values.length - 1];
    }
    HostArray to = HostArray.of(new Object[] {out})[0];
    for (int i = 0; i < elements.length; i++) {
      to.set(i, elements[i]);
    }
  }

  private static Object value(
      ElementNode node, int index, Map<ElementNode, Integer> numbers, Object[] values) {
    return switch (node) {
      case ElementNode.Source source -> HostArray.of(new Object[] {source.array()})[0].get(index);
      case ElementNode.Cast cast -> cast(values[number(numbers, cast.operand())], cast.element());
      case ElementNode.Applied applied -> {
        List<ElementNode> operands = applied.operands();
        yield operands.isEmpty()
            ? applied.function().call(index)
            : applied
                .function()
                .call(operands.stream().map(operand -> values[number(numbers, operand)]).toArray());
      }
    };
  }

  private static int number(Map<ElementNode, Integer> numbers, ElementNode node) {
    return Objects.requireNonNull(numbers.get(node));
  }

  private static Object cast(Object boxed, ElementType to) {
    Number number = (Number) boxed;
    return switch (to) {
      case INT -> number.intValue();
      case LONG -> number.longValue();
      case FLOAT -> number.floatValue();
      case DOUBLE -> number.doubleValue();
      case BOOL, CHAR, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(to.text());
    };
  }
}
