package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.ModuleText.Variable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Variables outside registers (ISA section 5.4). */
final class VariableParser {
  private final TokenReader in;

  private VariableParser(TokenReader in) {
    this.in = in;
  }

  /** space [.align n] type name [[n]...] [= {...}] { , name ... } ; */
  static List<Variable> parse(TokenReader in, boolean external) {
    return new VariableParser(in).declaration(external);
  }

  static PtxType type(Token token) {
    return PtxType.named(token.text().substring(1))
        .filter(type -> token.text().startsWith("."))
        .orElseThrow(() -> TokenReader.unexpected(token, "a type"));
  }

  private List<Variable> declaration(boolean external) {
    Token word = in.next();
    Space space =
        switch (word.text()) {
          case ".global" -> Space.GLOBAL;
          case ".shared" -> Space.SHARED;
          case ".local" -> Space.LOCAL;
          case ".const" -> Space.CONST;
          default -> throw TokenReader.unexpected(word, "a state space");
        };
    int alignment = in.take(".align") ? in.wholeNumber() : 0;
    PtxType type = type(in.expect(Token.Kind.WORD));
    if (type == PtxType.PRED) {
      throw new PtxException(word.line(), "a predicate outside registers");
    }
    List<Variable> declared =
        in.list(() -> variable(space, Math.max(alignment, type.bytes()), type, external));
    in.expect(";");
    return declared;
  }

  private Variable variable(Space space, int alignment, PtxType type, boolean external) {
    Token name = in.expect(Token.Kind.WORD);
    long bytes = type.bytes();
    while (in.take("[")) {
      bytes *= in.at("]") ? 0 : in.wholeNumber();
      in.expect("]");
    }
    byte @org.jspecify.annotations.Nullable [] initial = in.take("=") ? content(type, bytes) : null;
    if (initial != null && space != Space.CONST && space != Space.GLOBAL) {
      throw new PtxException(name.line(), "an initialiser in " + space);
    }
    if ((bytes == 0) != (external && space == Space.SHARED)) {
      throw new PtxException(name.line(), name.text() + " has an unknown size");
    }
    return new Variable(name.text(), space, alignment, bytes, initial, name.line());
  }

  /** Missing elements are zero. */
  private byte[] content(PtxType type, long bytes) {
    List<Long> elements = new ArrayList<>();
    elements(type, elements);
    if ((long) elements.size() * type.bytes() > bytes) {
      throw new PtxException(in.peek().line(), "more elements than the variable has");
    }
    ByteBuffer content = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long element : elements) {
      for (int i = 0; i < type.bytes(); i++) {
        content.put((byte) (element >>> (8 * i)));
      }
    }
    return content.array();
  }

  private void elements(PtxType type, List<Long> elements) {
    if (in.take("{")) {
      do {
        elements(type, elements);
      } while (in.take(","));
      in.expect("}");
      return;
    }
    boolean negative = in.take("-");
    Token number = in.expect(Token.Kind.NUMBER);
    elements.add(Constants.bits(Literals.operand(number, negative), type, number.line()));
  }
}
