package dev.heddle.testkit.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Walks over tokens. */
final class TokenReader {
  private final List<Token> tokens;
  private int position;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(position);
  }

  boolean at(String text) {
    return peek().is(text);
  }

  boolean at(Token.Kind kind) {
    return peek().kind() == kind;
  }

  boolean followedBy(String text) {
    return tokens.get(position + 1).is(text);
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Token.Kind.END) {
      position++;
    }
    return token;
  }

  boolean take(String text) {
    if (at(text)) {
      position++;
      return true;
    }
    return false;
  }

  Token expect(String text) {
    Token token = next();
    if (!token.is(text)) {
      throw unexpected(token, "'" + text + "'");
    }
    return token;
  }

  Token expect(Token.Kind kind) {
    Token token = next();
    if (token.kind() != kind) {
      throw unexpected(token, "a " + kind.name().toLowerCase(java.util.Locale.ROOT));
    }
    return token;
  }

  int wholeNumber() {
    Token token = expect(Token.Kind.NUMBER);
    return Math.toIntExact(Literals.whole(token));
  }

  /** One or more items between commas. */
  <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (take(","));
    return items;
  }

  int mark() {
    return position;
  }

  /** The tokens between two marks, for messages. */
  String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens.subList(from, to)) {
      boolean tight = text.isEmpty() || ",;])}".contains(token.text());
      boolean afterOpen = !text.isEmpty() && "[({@!-+".indexOf(text.charAt(text.length() - 1)) >= 0;
      text.append(tight || afterOpen ? "" : " ").append(token.text());
    }
    return text.toString();
  }

  static PtxException unexpected(Token token, String wanted) {
    return new PtxException(token.line(), "expected " + wanted + ", found '" + token.text() + "'");
  }
}
