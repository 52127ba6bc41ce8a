package dev.heddle.runtime.npy;

import dev.heddle.compiler.ir.ElementType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the Python dictionary that a .npy header is: three known keys, literal values. */
final class NpyHeaderParser {
  private static final int MAX_DIMENSIONS = 64;

  private final String file;
  private final String text;
  private int at;
  private @Nullable String descr;
  private @Nullable Boolean fortranOrder;
  private @Nullable List<Long> shape;

  private NpyHeaderParser(String file, String text) {
    this.file = file;
    this.text = text;
  }

  static NpyHeader parse(String file, String text) {
    return new NpyHeaderParser(file, text).header();
  }

  private NpyHeader header() {
    expect('{');
    while (!accept('}')) {
      entry();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipBlanks();
    if (at != text.length()) {
      throw malformed("something follows the dictionary");
    }
    if (descr == null || fortranOrder == null || shape == null) {
      throw malformed("'descr', 'fortran_order' and 'shape' are all needed");
    }
    return typed(descr, fortranOrder, shape);
  }

  private void entry() {
    String key = string();
    expect(':');
    switch (key) {
      case "descr" -> descr = descr();
      case "fortran_order" -> fortranOrder = bool();
      case "shape" -> shape = tuple();
      default -> throw malformed("unknown key '" + key + "'");
    }
  }

  private String descr() {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '[') {
      throw new NpyException(
          file + ": a structured array (a dtype with fields); save each field as its own array");
    }
    return string();
  }

  private NpyHeader typed(String dtype, boolean fortran, List<Long> extents) {
    if (dtype.contains("O")) {
      throw new NpyException(
          file
              + ": an object array, which NumPy stores as a Python pickle; it is not read. Convert it"
              + " to a numeric dtype such as float32 before saving");
    }
    char order = dtype.isEmpty() ? '?' : dtype.charAt(0);
    boolean marked = "<>|=".indexOf(order) >= 0;
    String kindAndSize = marked ? dtype.substring(1) : dtype;
    ElementType element = Dtype.type(kindAndSize);
    if (element == null) {
      throw new NpyException(
          file
              + ": dtype '"
              + dtype
              + "' is not supported; bool, int8 to int64, uint8 to uint64, float16 to float64 and"
              + " complex64, complex128 are");
    }
    boolean complex = kindAndSize.startsWith("c");
    NpyHeader header = new NpyHeader(element, order == '>', fortran, extents, complex);
    try {
      header.bytes();
    } catch (ArithmeticException e) {
      throw new NpyException(file + ": the shape " + extents + " has more than 2^63 bytes", e);
    }
    return header;
  }

  private List<Long> tuple() {
    List<Long> extents = new ArrayList<>();
    expect('(');
    while (!accept(')')) {
      extents.add(number());
      if (extents.size() > MAX_DIMENSIONS) {
        throw malformed("more than " + MAX_DIMENSIONS + " dimensions");
      }
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return extents;
  }

  private long number() {
    skipBlanks();
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (start == at || at - start > 18) {
      throw malformed("an extent of the shape is not a number below 10^18");
    }
    long value = Long.parseLong(text, start, at, 10);
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    return value;
  }

  private boolean bool() {
    skipBlanks();
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw malformed("'fortran_order' is neither True nor False");
  }

  private String string() {
    skipBlanks();
    char quote = at < text.length() ? text.charAt(at) : '?';
    if (quote != '\'' && quote != '"') {
      throw malformed("a quoted string was expected");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw malformed("a string does not end");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean accept(char wanted) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw malformed("'" + wanted + "' was expected at character " + at);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private NpyException malformed(String why) {
    return new NpyException(file + ": the .npy header is malformed: " + why);
  }
}
