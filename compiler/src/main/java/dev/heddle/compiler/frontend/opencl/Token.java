package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import org.jspecify.annotations.Nullable;

/**
 * A preprocessing token.
 *
 * @param text its spelling; for {@code BAD} what is wrong with it
 * @param span where it stands; for a token of a macro's body, where the macro was used
 * @param startOfLine whether it is the first of its line in its file
 * @param spaceBefore whether white space or a comment stands before it
 * @param hidden the macros whose expansion produced it, which may not expand it again
 * @param contract whether contraction to fma is on here
 */
record Token(
    Kind kind,
    String text,
    Span span,
    boolean startOfLine,
    boolean spaceBefore,
    @Nullable HideSet hidden,
    boolean contract) {
  enum Kind {
    IDENTIFIER,
    NUMBER,
    CHARACTER,
    STRING,
    PUNCTUATOR,
    /** Something that is no token of C; reported only where it is not skipped. */
    BAD,
    END
  }

  /** The names of macros, as a linked list that tokens share. */
  record HideSet(String name, @Nullable HideSet rest) {
    static boolean contains(@Nullable HideSet set, String wanted) {
      for (HideSet at = set; at != null; at = at.rest) {
        if (at.name.equals(wanted)) {
          return true;
        }
      }
      return false;
    }

    static @Nullable HideSet union(@Nullable HideSet a, @Nullable HideSet b) {
      if (a == b || a == null) {
        return b;
      }
      HideSet result = b;
      for (HideSet at = a; at != null; at = at.rest) {
        if (!contains(b, at.name)) {
          result = new HideSet(at.name, result);
        }
      }
      return result;
    }

    static @Nullable HideSet intersection(@Nullable HideSet a, @Nullable HideSet b) {
      if (a == b) {
        return a;
      }
      HideSet result = null;
      for (HideSet at = a; at != null; at = at.rest) {
        if (contains(b, at.name)) {
          result = new HideSet(at.name, result);
        }
      }
      return result;
    }
  }

  Token(Kind kind, String text, Span span, boolean startOfLine, boolean spaceBefore) {
    this(kind, text, span, startOfLine, spaceBefore, null, true);
  }

  boolean is(String spelling) {
    return (kind == Kind.PUNCTUATOR || kind == Kind.IDENTIFIER) && text.equals(spelling);
  }

  boolean isIdentifier() {
    return kind == Kind.IDENTIFIER;
  }

  boolean isEnd() {
    return kind == Kind.END;
  }

  boolean hides(String macro) {
    return HideSet.contains(hidden, macro);
  }

  Token withContract(boolean on) {
    return contract == on
        ? this
        : new Token(kind, text, span, startOfLine, spaceBefore, hidden, on);
  }

  Token withHidden(@Nullable HideSet set) {
    return new Token(kind, text, span, startOfLine, spaceBefore, set, contract);
  }

  Token at(Span place, boolean space) {
    return new Token(kind, text, place, false, space, hidden, contract);
  }

  Token withSpan(Span place) {
    return new Token(kind, text, place, startOfLine, spaceBefore, hidden, contract);
  }

  /** How a message names this token. */
  String describe() {
    return switch (kind) {
      case END -> "the end of the file";
      case BAD -> text;
      default -> "'" + text + "'";
    };
  }
}
