package dev.heddle.testkit.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts PTX into tokens (ISA chapter 4). */
final class Lexer {
  private static final Pattern SPACE = Pattern.compile("(?:\\s|//[^\\n]*|/\\*(?s:.*?)\\*/)+");

  /** An opcode's modifiers may hold "::"; a label's colon stands alone. */
  private static final Pattern WORD = Pattern.compile("[.%$_A-Za-z](?:[\\w$%.]|::(?=\\w))*");

  private static final Pattern NUMBER =
      Pattern.compile(
          "0[fF][0-9a-fA-F]{8}|0[dD][0-9a-fA-F]{16}|0[xX][0-9a-fA-F]+U?|0[bB][01]+U?"
              + "|\\d+\\.\\d*(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+|\\d+U?");
  private static final Pattern STRING = Pattern.compile("\"[^\"\\n]*\"");
  private static final String PUNCTUATION = "{}()[],;:@!+-|<>=";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    return new Lexer(text).run();
  }

  private List<Token> run() {
    while (position < text.length()) {
      if (!skip(SPACE)
          && !take(WORD, Token.Kind.WORD)
          && !take(NUMBER, Token.Kind.NUMBER)
          && !take(STRING, Token.Kind.STRING)) {
        punctuation();
      }
    }
    tokens.add(new Token(Token.Kind.END, "the end of the file", line));
    return tokens;
  }

  private boolean skip(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    line += (int) matcher.group().chars().filter(c -> c == '\n').count();
    position = matcher.end();
    return true;
  }

  private boolean take(Pattern pattern, Token.Kind kind) {
    int start = position;
    if (!skip(pattern)) {
      return false;
    }
    tokens.add(new Token(kind, text.substring(start, position), line));
    return true;
  }

  private void punctuation() {
    char c = text.charAt(position);
    if (PUNCTUATION.indexOf(c) < 0) {
      throw new PtxException(line, "unexpected character '" + c + "'");
    }
    tokens.add(new Token(Token.Kind.PUNCTUATION, String.valueOf(c), line));
    position++;
  }
}
