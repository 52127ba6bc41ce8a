package dev.heddle.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of the textual form, read one after the other. A line's end is a token too. */
final class TextCursor {
  static final String END_OF_LINE = "\n";

  private static final Pattern TOKEN =
      Pattern.compile(
          "[&]?\"(?:[^\"\\\\]|\\\\.)*\"|->|[%&]?[A-Za-z0-9_.$+-]+|[:,=\\[\\]{}()@/]|\\n|\\S");

  private record Token(String text, int line) {}

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  TextCursor(String text) {
    int line = 1;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String found = matcher.group();
      boolean ends = found.equals(END_OF_LINE);
      if (!ends || !tokens.isEmpty() && !tokens.getLast().text().equals(END_OF_LINE)) {
        tokens.add(new Token(found, line));
      }
      line += ends ? 1 : 0;
    }
  }

  boolean atEnd() {
    return next >= tokens.size();
  }

  /** The next token, the end of a line at the end of the text. */
  String peek() {
    return atEnd() ? END_OF_LINE : tokens.get(next).text();
  }

  String take() {
    String token = peek();
    next++;
    return token;
  }

  boolean at(String expected) {
    return peek().equals(expected);
  }

  /** Takes the next token if it is that one. */
  boolean tryTake(String expected) {
    boolean found = at(expected);
    if (found) {
      next++;
    }
    return found;
  }

  void expect(String expected) {
    if (!tryTake(expected)) {
      throw error("expected '" + expected + "', found '" + peek() + "'");
    }
  }

  void expectEndOfLine() {
    if (!at(END_OF_LINE)) {
      throw error("expected the end of the line, found '" + peek() + "'");
    }
    next++;
  }

  int takeInt() {
    return Math.toIntExact(takeLong());
  }

  long takeLong() {
    String token = take();
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw error("expected a number, found '" + token + "'");
    }
  }

  /** A name, plain or quoted. */
  String takeName() {
    return unquoted(take());
  }

  /** A name after that mark. */
  String takeName(char mark) {
    String token = take();
    if (token.charAt(0) != mark) {
      throw error("expected a name that starts with '" + mark + "', found '" + token + "'");
    }
    return unquoted(token.substring(1));
  }

  /** Items with commas between them, at least one. */
  <T> List<T> takeList(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (tryTake(","));
    return items;
  }

  IllegalArgumentException error(String message) {
    int line = tokens.isEmpty() ? 1 : tokens.get(Math.clamp(next - 1, 0, tokens.size() - 1)).line();
    return new IllegalArgumentException("line " + line + ": " + message);
  }

  private static String unquoted(String token) {
    if (!token.startsWith("\"")) {
      return token;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < token.length() - 1; i++) {
      char c = token.charAt(i);
      if (c == '\\') {
        c = token.charAt(++i);
        c = c == 'n' ? '\n' : c;
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
