package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Statement.Part;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays initialisers over types (C99 section 6.7.8): braces, left-out braces, designators. */
final class Initialisers {
  /** The items of a braced list, taken one after the other. */
  private static final class Cursor {
    final List<Initialiser.Item> items;
    int at;

    Cursor(List<Initialiser.Item> items) {
      this.items = items;
    }

    boolean atEnd() {
      return at >= items.size();
    }

    Initialiser.Item peek() {
      return items.get(at);
    }
  }

  private final Typing typing;
  private final Diagnostics diagnostics;
  private final List<Part> parts = new ArrayList<>();

  Initialisers(Typing typing, Diagnostics diagnostics) {
    this.typing = typing;
    this.diagnostics = diagnostics;
  }

  /** What an object consists of at first, and its type with the length now known. */
  record Laid(CType type, List<Part> parts) {}

  Laid lay(CType type, Initialiser initialiser) {
    CType complete = type;
    if (type instanceof CType.Array array && array.length() < 0) {
      complete = new CType.Array(array.element(), length(array, initialiser));
    }
    whole(complete, 0, initialiser);
    return new Laid(complete, List.copyOf(parts));
  }

  private long length(CType.Array array, Initialiser initialiser) {
    if (initialiser instanceof Initialiser.Text text) {
      return text.bytes().length() + 1L;
    }
    if (!(initialiser instanceof Initialiser.Braced braced)) {
      return 0;
    }
    Cursor cursor = new Cursor(braced.items());
    Initialisers measure = new Initialisers(typing, diagnostics);
    long longest = 0;
    long index = 0;
    while (!cursor.atEnd()) {
      List<Initialiser.Designator> designators = cursor.peek().designators();
      index = designators.isEmpty() ? index : designators.getFirst().index();
      measure.element(array.element(), 0, cursor, designators.size());
      longest = Math.max(longest, ++index);
    }
    return longest;
  }

  private void error(Span span, String message) {
    diagnostics.error(span, message);
  }

  private void whole(CType type, long offset, Initialiser initialiser) {
    switch (initialiser) {
      case Initialiser.Value value -> single(type, offset, value.expression());
      case Initialiser.Text text -> text(type, offset, text.bytes().toArray(), text.span());
      case Initialiser.Braced braced -> braced(type, offset, braced);
    }
  }

  private void single(CType type, long offset, Expr value) {
    if (type instanceof CType.Array) {
      error(value.span(), "an array is initialised by values in braces");
      return;
    }
    Expr converted = typing.conversions().implicit(value, type, "assigned");
    if (!converted.type().isInvalid()) {
      parts.add(new Part(offset, type, converted));
    }
  }

  private void text(CType type, long offset, byte[] bytes, Span span) {
    if (type.isPointer()) {
      single(type, offset, typing.string(bytes, span));
      return;
    }
    boolean fits =
        type instanceof CType.Array array
            && (array.element() == CType.CHAR || array.element() == CType.UCHAR);
    if (!fits) {
      error(span, "a string can only initialise an array of char here");
      return;
    }
    CType.Array array = (CType.Array) type;
    for (int i = 0; i < Math.min(bytes.length, array.length()); i++) {
      CType.Scalar element = (CType.Scalar) array.element();
      Expr value = new Expr.Literal(element, bytes[i] & 0xff, span);
      parts.add(new Part(offset + i, element, value));
    }
  }

  private void braced(CType type, long offset, Initialiser.Braced braced) {
    Cursor cursor = new Cursor(braced.items());
    switch (type) {
      case CType.Array array -> array(array, offset, cursor, true);
      case CType.Struct struct -> struct(struct, offset, cursor, true);
      case CType.Vector vector -> vector(vector, offset, cursor, braced.span());
      default -> {
        if (!cursor.atEnd()) {
          whole(type, offset, cursor.items.get(cursor.at++).initialiser());
        }
      }
    }
    if (!cursor.atEnd()) {
      error(
          cursor.peek().initialiser().span(),
          "there are more values here than a " + type.text() + " has room for");
    }
  }

  private void array(CType.Array array, long offset, Cursor cursor, boolean inBraces) {
    long index = 0;
    while (!cursor.atEnd()) {
      List<Initialiser.Designator> designators = cursor.peek().designators();
      boolean designated = inBraces && !designators.isEmpty();
      if (!inBraces && (index >= array.length() || !designators.isEmpty())) {
        return;
      }
      if (designated) {
        index = designators.getFirst().index();
      }
      if (designated && (designators.getFirst().name() != null || index >= array.length())) {
        error(designators.getFirst().span(), "a " + array.text() + " has no such element");
        cursor.at++;
      } else if (index >= array.length()) {
        return;
      } else {
        long place = offset + index * array.element().size();
        element(array.element(), place, cursor, designated ? designators.size() : 0);
      }
      index++;
    }
  }

  private void struct(CType.Struct struct, long offset, Cursor cursor, boolean inBraces) {
    int next = 0;
    List<CType.Struct.Member> members = struct.members();
    while (!cursor.atEnd()) {
      List<Initialiser.Designator> designators = cursor.peek().designators();
      boolean designated = inBraces && !designators.isEmpty();
      if (!inBraces && !designators.isEmpty()) {
        return;
      }
      CType.Struct.Member member;
      if (designated) {
        member = designatedMember(struct, designators.getFirst());
        next = member == null ? next : members.indexOf(member) + 1;
      } else if (next >= (struct.isUnion() ? Math.min(1, members.size()) : members.size())) {
        return;
      } else {
        member = members.get(next++);
      }
      if (member == null) {
        cursor.at++;
      } else {
        element(
            member.type(), offset + member.offset(), cursor, designated ? designators.size() : 0);
      }
    }
  }

  private CType.Struct.@Nullable Member designatedMember(
      CType.Struct struct, Initialiser.Designator designator) {
    CType.Struct.Member member =
        designator.name() == null ? null : struct.member(designator.name());
    if (member == null) {
      error(designator.span(), struct.text() + " has no such member");
    }
    return member;
  }

  /** One element or member: braced, a value of its own, or the next of those without braces. */
  private void element(CType type, long offset, Cursor cursor, int designators) {
    Initialiser.Item item = cursor.peek();
    if (designators > 1) {
      error(item.designators().get(1).span(), "a designator of several steps is not supported");
      cursor.at++;
      return;
    }
    boolean ownValue =
        !(item.initialiser() instanceof Initialiser.Value value)
            || !(type.isAggregate() || type instanceof CType.Vector)
            || value.expression().type().equals(type);
    if (ownValue) {
      cursor.at++;
      whole(type, offset, item.initialiser());
      return;
    }
    int before = cursor.at;
    switch (type) {
      case CType.Array array -> array(array, offset, cursor, false);
      case CType.Struct struct -> struct(struct, offset, cursor, false);
      case CType.Vector vector -> vector(vector, offset, cursor, item.initialiser().span());
      default -> {}
    }
    if (cursor.at == before) {
      cursor.at++;
    }
  }

  private void vector(CType.Vector vector, long offset, Cursor cursor, Span span) {
    List<Expr> values = new ArrayList<>();
    int count = 0;
    while (count < vector.width()
        && !cursor.atEnd()
        && cursor.peek().initialiser() instanceof Initialiser.Value value) {
      values.add(value.expression());
      count += Math.max(1, value.expression().type().components());
      cursor.at++;
    }
    while (count++ < vector.width()) {
      values.add(new Expr.Literal(CType.INT, 0, span));
    }
    parts.add(new Part(offset, vector, typing.vectorLiteral(vector, values, span)));
  }
}
