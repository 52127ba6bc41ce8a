package dev.heddle.testkit.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts PTX into tokens (ISA chapter 4). */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[fF][0-9a-fA-F]{8}|0[dD][0-9a-fA-F]{16}|0[xX][0-9a-fA-F]+U?|0[bB][01]+U?"
              + "|\\d+\\.\\d*(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+|\\d+U?");
  private static final Pattern STRING = Pattern.compile("\"[^\"\\n]*\"");
  private static final String PUNCTUATION = "{}()[],;:@!+-|<>=";

  private final String text;
  private final Matcher number;
  private final Matcher string;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;

  private Lexer(String text) {
    this.text = text;
    number = NUMBER.matcher(text);
    string = STRING.matcher(text);
  }

  static List<Token> tokens(String text) {
    return new Lexer(text).run();
  }

  private List<Token> run() {
    while (position < text.length()) {
      if (!next(text.charAt(position))) {
        punctuation();
      }
    }
    tokens.add(new Token(Token.Kind.END, "the end of the file", line));
    return tokens;
  }

  /** Takes what starts with this character; false if that is no more than itself. */
  private boolean next(char first) {
    if (first <= ' ') {
      line += first == '\n' ? 1 : 0;
      position++;
      return true;
    }
    if (first == '/') {
      return comment("//", "\n", 0) || comment("/*", "*/", 2);
    }
    if (first >= '0' && first <= '9') {
      return take(number, Token.Kind.NUMBER);
    }
    return first == '"' ? take(string, Token.Kind.STRING) : isWord(first) && word();
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '$'
        || c == '%'
        || c == '.';
  }

  /** An opcode's modifiers may hold "::"; a label's colon stands alone. */
  private boolean word() {
    int end = position + 1;
    while (end < text.length()) {
      if (isWord(text.charAt(end))) {
        end++;
      } else if (text.startsWith("::", end)
          && end + 2 < text.length()
          && Character.isLetterOrDigit(text.charAt(end + 2))) {
        end += 2;
      } else {
        break;
      }
    }
    tokens.add(new Token(Token.Kind.WORD, text.substring(position, end), line));
    position = end;
    return true;
  }

  /**
   * Skips a comment.
   *
   * @param length how much of {@code end} belongs to it
   */
  private boolean comment(String start, String end, int length) {
    if (!text.startsWith(start, position)) {
      return false;
    }
    int found = text.indexOf(end, position + start.length());
    int after = found < 0 ? text.length() : found + length;
    line += (int) text.substring(position, after).chars().filter(c -> c == '\n').count();
    position = after;
    return true;
  }

  private boolean take(Matcher matcher, Token.Kind kind) {
    if (!matcher.region(position, text.length()).lookingAt()) {
      return false;
    }
    tokens.add(new Token(kind, matcher.group(), line));
    position = matcher.end();
    return true;
  }

  private void punctuation() {
    char c = text.charAt(position);
    int known = PUNCTUATION.indexOf(c);
    if (known < 0) {
      throw new PtxException(line, "unexpected character '" + c + "'");
    }
    tokens.add(new Token(Token.Kind.PUNCTUATION, PUNCTUATION.substring(known, known + 1), line));
    position++;
  }
}
