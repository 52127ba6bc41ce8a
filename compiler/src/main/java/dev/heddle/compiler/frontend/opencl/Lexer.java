package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Token.Kind;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Cuts a source text into preprocessing tokens; comments are white space. */
final class Lexer {
  private static final Set<String> PUNCTUATORS =
      Set.of(
          "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
          "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "##", "[", "]", "(", ")", "{", "}", ".",
          "&", "*", "+", "-", "~", "!", "/", "%", "<", ">", "^", "|", "?", ":", ";", "=", ",", "#");
  private static final int LONGEST_PUNCTUATOR = 3;

  /** What may follow the first character of a punctuator. */
  private static final String IN_PUNCTUATORS = "<>=.+-&|#";

  private final String name;
  private final char[] text;
  private final int length;

  /** For each character its offset in the file, where spliced lines moved it; else null. */
  private final int[] lineOf;

  private final int[] columnOf;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean startOfLine = true;
  private boolean space;

  private Lexer(SourceFile file) {
    name = file.name();
    String source = file.text();
    text = new char[source.length()];
    lineOf = new int[source.length() + 1];
    columnOf = new int[source.length() + 1];
    length = splice(source);
  }

  /** Copies the text without backslash-newline pairs and with plain newlines; notes the places. */
  private int splice(String source) {
    int line = 1;
    int column = 1;
    int out = 0;
    for (int i = 0; i < source.length(); i++) {
      int skip = newlineLength(source, i + 1);
      if (source.charAt(i) == '\\' && skip > 0) {
        i += skip;
        line++;
        column = 1;
        continue;
      }
      int end = newlineLength(source, i);
      lineOf[out] = line;
      columnOf[out] = column++;
      text[out++] = end > 0 ? '\n' : source.charAt(i);
      if (end > 0) {
        i += end - 1;
        line++;
        column = 1;
      }
    }
    lineOf[out] = line;
    columnOf[out] = column;
    return out;
  }

  private static int newlineLength(String source, int i) {
    if (i >= source.length()) {
      return 0;
    }
    char c = source.charAt(i);
    if (c == '\r') {
      return i + 1 < source.length() && source.charAt(i + 1) == '\n' ? 2 : 1;
    }
    return c == '\n' ? 1 : 0;
  }

  /** The tokens of a file; the last one is an {@code END}. */
  static List<Token> tokens(SourceFile file) {
    return new Lexer(file).run();
  }

  private List<Token> run() {
    while (skipSpace()) {
      char c = text[at];
      if (isIdentifierStart(c)) {
        identifier();
      } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
        number();
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else {
        punctuator();
      }
    }
    startOfLine = true;
    emit(Kind.END, "", at);
    return tokens;
  }

  private char peek(int ahead) {
    return at + ahead < length ? text[at + ahead] : '\0';
  }

  private void emit(Kind kind, String spelling, int from) {
    Span span = new Span(name, lineOf[from], columnOf[from]);
    tokens.add(new Token(kind, spelling, span, startOfLine, space));
    startOfLine = false;
    space = false;
  }

  private String slice(int from) {
    return new String(text, from, at - from);
  }

  /** Skips white space and comments; false at the end of the text. */
  private boolean skipSpace() {
    while (at < length) {
      char c = text[at];
      if (c == '\n') {
        startOfLine = true;
        space = true;
        at++;
      } else if (c == ' ' || c == '\t' || c == '\f' || c == 0x0b || c == '\ufeff') {
        space = true;
        at++;
      } else if (c == '/' && peek(1) == '/') {
        while (at < length && text[at] != '\n') {
          at++;
        }
      } else if (c == '/' && peek(1) == '*') {
        blockComment();
      } else {
        return true;
      }
    }
    return false;
  }

  private void blockComment() {
    int from = at;
    at += 2;
    while (at < length && !(text[at] == '*' && peek(1) == '/')) {
      at++;
    }
    if (at >= length) {
      emit(Kind.BAD, "this comment is never closed; '*/' is missing", from);
      return;
    }
    at += 2;
    space = true;
  }

  /**
   * {@code R"x( ... )x"}: hosts in C++ wrap a kernel file so to include it as a string. What is
   * inside is the kernel; the wrapping is no part of it. True if there was one.
   */
  private boolean unwrapped() {
    int open = at + 2;
    while (open < length && open < at + 20 && text[open] != '(' && text[open] != '\n') {
      open++;
    }
    if (open >= length || text[open] != '(') {
      return false;
    }
    String close = ")" + new String(text, at + 2, open - at - 2) + "\"";
    int end = new String(text, 0, length).indexOf(close, open);
    if (end >= 0) {
      Arrays.fill(text, end, end + close.length(), ' ');
      if (end + close.length() < length && text[end + close.length()] == ';') {
        text[end + close.length()] = ' ';
      }
    }
    at = end >= 0 ? open + 1 : at;
    return end >= 0;
  }

  private void identifier() {
    int from = at;
    if (text[at] == 'R' && peek(1) == '"' && unwrapped()) {
      return;
    }
    while (at < length && isIdentifierPart(text[at])) {
      at++;
    }
    emit(Kind.IDENTIFIER, slice(from), from);
  }

  /** pp-number = ["."] digit { digit | letter | "_" | "." | ("e"|"E"|"p"|"P") ("+"|"-") }. */
  private void number() {
    int from = at;
    at++;
    while (at < length) {
      char c = text[at];
      boolean exponent = (c == '+' || c == '-') && "eEpP".indexOf(text[at - 1]) >= 0;
      boolean hexExponent = exponent && (isHex(from) == ("pP".indexOf(text[at - 1]) >= 0));
      if (!(isIdentifierPart(c) || c == '.' || hexExponent)) {
        break;
      }
      at++;
    }
    emit(Kind.NUMBER, slice(from), from);
  }

  private boolean isHex(int from) {
    return text[from] == '0' && from + 1 < length && (text[from + 1] | 0x20) == 'x';
  }

  private void quoted(char quote) {
    int from = at++;
    while (at < length && text[at] != quote && text[at] != '\n') {
      at += text[at] == '\\' && at + 1 < length && text[at + 1] != '\n' ? 2 : 1;
    }
    if (at >= length || text[at] != quote) {
      at = Math.min(at, length);
      emit(Kind.BAD, "a closing " + quote + " is missing on this line", from);
      return;
    }
    at++;
    emit(quote == '"' ? Kind.STRING : Kind.CHARACTER, slice(from), from);
  }

  private void punctuator() {
    int from = at;
    boolean alone = IN_PUNCTUATORS.indexOf(peek(1)) < 0;
    int longest = alone ? 1 : Math.min(LONGEST_PUNCTUATOR, length - at);
    for (int size = longest; size > 0; size--) {
      String candidate = new String(text, from, size);
      if (PUNCTUATORS.contains(candidate)) {
        at += size;
        emit(Kind.PUNCTUATOR, candidate, from);
        return;
      }
    }
    at++;
    emit(Kind.BAD, "'" + printable(text[from]) + "' has no meaning in OpenCL C", from);
  }

  private static String printable(char c) {
    return c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isIdentifierStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
  }

  private static boolean isIdentifierPart(char c) {
    return isIdentifierStart(c) || isDigit(c);
  }
}
