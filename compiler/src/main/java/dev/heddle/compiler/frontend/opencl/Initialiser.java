package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An initialiser as it was written, before it is laid over a type. */
sealed interface Initialiser {
  Span span();

  record Value(Expr expression) implements Initialiser {
    @Override
    public Span span() {
      return expression.span();
    }
  }

  /** A string literal, without the zero at its end. */
  record Text(Bytes bytes, Span span) implements Initialiser {}

  record Braced(List<Item> items, Span span) implements Initialiser {}

  /** One item in braces, with the designators before it. */
  record Item(List<Designator> designators, Initialiser initialiser) {}

  /**
   * {@code .name} or {@code [index]}.
   *
   * @param name null for an index
   */
  record Designator(@Nullable String name, long index, Span span) {}
}
