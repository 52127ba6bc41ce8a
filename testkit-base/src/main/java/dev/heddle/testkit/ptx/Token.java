package dev.heddle.testkit.ptx;

/**
 * A word of PTX.
 *
 * @param text as written
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Identifier, directive, or opcode with its modifiers. */
    WORD,
    NUMBER,
    STRING,
    PUNCTUATION,
    END
  }

  boolean is(String wanted) {
    return kind != Kind.STRING && text.equals(wanted);
  }
}
