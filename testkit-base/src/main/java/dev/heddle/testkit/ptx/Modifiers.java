package dev.heddle.testkit.ptx;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The modifiers of an opcode, taken from left to right; each must be taken. */
final class Modifiers {
  static final Set<PtxType> INTEGERS =
      EnumSet.of(PtxType.U16, PtxType.U32, PtxType.U64, PtxType.S16, PtxType.S32, PtxType.S64);
  static final Set<PtxType> BITS = EnumSet.of(PtxType.B16, PtxType.B32, PtxType.B64);
  static final Set<PtxType> FLOATS = EnumSet.of(PtxType.F32, PtxType.F64);

  private final Statement statement;
  private int position = 1;

  Modifiers(Statement statement) {
    this.statement = statement;
  }

  Statement statement() {
    return statement;
  }

  /** The first part of the opcode. */
  String name() {
    return statement.opcode().getFirst();
  }

  /** The next modifier, or an empty text. */
  String peek() {
    return position < statement.opcode().size() ? statement.opcode().get(position) : "";
  }

  boolean take(String modifier) {
    boolean there = peek().equals(modifier);
    position += there ? 1 : 0;
    return there;
  }

  /** The next modifier, if it is one of those. */
  Optional<String> takeOne(String... modifiers) {
    String next = peek();
    return Arrays.stream(modifiers).filter(this::take).findFirst().map(_ -> next);
  }

  String need(String... modifiers) {
    return takeOne(modifiers)
        .orElseThrow(
            () ->
                statement.error(
                    "expected one of "
                        + String.join(", ", modifiers)
                        + ", found '"
                        + peek()
                        + "'"));
  }

  /** The next modifier if it is a type. */
  Optional<PtxType> peekType() {
    return PtxType.named(peek());
  }

  PtxType type(Collection<PtxType> allowed) {
    PtxType type =
        peekType().orElseThrow(() -> statement.error("expected a type, found '" + peek() + "'"));
    if (!allowed.contains(type)) {
      throw statement.error("type " + type.text() + " is none of " + allowed);
    }
    position++;
    return type;
  }

  PtxType type(PtxType... allowed) {
    return type(Arrays.asList(allowed));
  }

  void end() {
    if (!peek().isEmpty()) {
      throw statement.error("unknown or misplaced modifier ." + peek());
    }
  }
}
