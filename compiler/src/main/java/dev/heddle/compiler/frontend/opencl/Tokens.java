package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.List;
import java.util.Set;

/** The parser's position in the tokens, with what it takes to report and to recover. */
final class Tokens {
  /** Deeper nesting helps nobody and would exhaust the stack of what comes after. */
  private static final int DEEPEST = 1000;

  private static final Set<String> STATEMENTS =
      Set.of(
          "if",
          "for",
          "while",
          "do",
          "switch",
          "return",
          "break",
          "continue",
          "goto",
          "unsigned",
          "signed",
          "struct",
          "union",
          "enum",
          "typedef",
          "case",
          "default");

  /** Thrown at a syntax error that has been reported; the parser goes on at the next statement. */
  static final class SyntaxError extends RuntimeException {
    SyntaxError() {
      super(null, null, false, false);
    }
  }

  private final List<Token> tokens;
  private final Diagnostics diagnostics;
  private int at;
  private int depth;

  Tokens(List<Token> tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (!token.isEnd()) {
      at++;
    }
    return token;
  }

  int position() {
    return at;
  }

  void rewind(int position) {
    at = position;
  }

  Span span() {
    return peek().span();
  }

  boolean is(String spelling) {
    return peek().is(spelling);
  }

  boolean accept(String spelling) {
    boolean found = is(spelling);
    at += found ? 1 : 0;
    return found;
  }

  /** Takes a token that must be here. */
  Token expect(String spelling, String where) {
    if (is(spelling)) {
      return next();
    }
    throw missing("'" + spelling + "' " + where);
  }

  /**
   * Takes a semicolon; one that is missing at the end of a line is reported and taken as written.
   */
  void semicolon(String where) {
    if (is(";") || !(peek().startOfLine() || peek().isEnd())) {
      expect(";", where);
      return;
    }
    diagnostics.error(missingAt(), "expected ';' " + where + " before " + peek().describe());
  }

  /** Reports that something is missing. */
  SyntaxError missing(String what) {
    return error(missingAt(), "expected " + what + " before " + peek().describe());
  }

  /** Where something is missing: behind the token before, if the next one starts a line. */
  Span missingAt() {
    if (at == 0 || !(peek().startOfLine() || peek().isEnd())) {
      return span();
    }
    Token before = tokens.get(at - 1);
    Span span = before.span();
    return new Span(span.file(), span.line(), span.column() + before.text().length());
  }

  SyntaxError error(Span span, String message) {
    diagnostics.error(span, message);
    return new SyntaxError();
  }

  /** Goes one level deeper in nested syntax; {@link #leave} goes back. */
  void enter() {
    if (++depth > DEEPEST) {
      throw diagnostics.fatal(span(), "this nests deeper than " + DEEPEST + " levels");
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void restoreDepth(int saved) {
    depth = saved;
  }

  /** Skips from an opening bracket to behind the one that closes it. */
  void skipBalanced() {
    int nesting = 0;
    do {
      Token token = peek();
      if (token.isEnd()) {
        return;
      }
      nesting += opens(token) ? 1 : closes(token) ? -1 : 0;
      at++;
    } while (nesting > 0);
  }

  private static boolean opens(Token token) {
    return token.is("(") || token.is("[") || token.is("{");
  }

  private static boolean closes(Token token) {
    return token.is(")") || token.is("]") || token.is("}");
  }

  /** After an error: goes behind the next {@code ;}, or before the brace that closes the block. */
  void skipStatement(int from) {
    if (at == from) {
      at += peek().isEnd() || is("}") ? 0 : 1;
    }
    while (!peek().isEnd() && !is("}")) {
      if (accept(";") || at > from && startsStatement(peek())) {
        return;
      }
      if (is("{")) {
        skipBalanced();
        return;
      }
      at++;
    }
  }

  /** A line that begins so is a new statement, even if the one before has no end. */
  private static boolean startsStatement(Token token) {
    return token.startOfLine()
        && (STATEMENTS.contains(token.text())
            || Keywords.type(token.text()) != null
            || Keywords.isConst(token.text())
            || Keywords.space(token.text()) != null);
  }

  /** After an error at file scope: goes behind the declaration or definition. */
  void skipDeclaration(int from) {
    if (at == from && !peek().isEnd()) {
      at++;
    }
    while (!peek().isEnd()) {
      boolean next = peek().startOfLine() && (is("__kernel") || is("kernel"));
      if (next || accept(";")) {
        return;
      }
      if (is("{")) {
        skipBalanced();
        accept(";");
        return;
      }
      at++;
    }
  }
}
