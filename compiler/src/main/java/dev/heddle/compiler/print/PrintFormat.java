package dev.heddle.compiler.print;

import dev.heddle.compiler.ir.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A format string (OpenCL C 1.2, 6.12.13): text and conversions in turn.
 *
 * @param parts in order
 */
public record PrintFormat(List<Part> parts) {
  private static final Pattern CONVERSION =
      Pattern.compile(
          "%([-+ #0]*)(\\d+)?(?:\\.(\\d*))?(?:v(\\d+))?(hh|hl|h|l|z|t|j)?(.)", Pattern.DOTALL);

  private static final int WIDEST = 4096;

  /** A piece of a format. */
  public sealed interface Part {}

  /** Text as it stands. */
  public record Text(String text) implements Part {}

  /**
   * A conversion of one argument.
   *
   * @param flags those of {@code - + space # 0} that are given
   * @param width least number of characters, 0 if not given
   * @param precision -1 if not given
   * @param components of the vector, 1 for a scalar
   * @param length the modifier, empty if there is none
   * @param letter {@code d}, {@code f} and so on
   */
  public record Conversion(
      String flags, int width, int precision, int components, String length, char letter)
      implements Part {
    public boolean has(char flag) {
      return flags.indexOf(flag) >= 0;
    }

    public boolean isReal() {
      return "aAeEfFgG".indexOf(letter) >= 0;
    }

    public boolean isSigned() {
      return letter == 'd' || letter == 'i';
    }

    /** The type that the argument, or each of its components, is converted to and kept as. */
    public ElementType kept() {
      if (isReal()) {
        return ElementType.DOUBLE;
      }
      boolean wide = List.of("l", "z", "t", "j").contains(length) && letter != 'c' || letter == 'p';
      return isSigned() || letter == 'c' || letter == 's'
          ? wide ? ElementType.LONG : ElementType.INT
          : wide ? ElementType.ULONG : ElementType.UINT;
    }
  }

  public PrintFormat {
    parts = List.copyOf(parts);
  }

  /** The conversions, one for each argument. */
  public List<Conversion> conversions() {
    return parts.stream().filter(Conversion.class::isInstance).map(Conversion.class::cast).toList();
  }

  /**
   * Reads a format.
   *
   * @throws IllegalArgumentException if it has a conversion that is not one, saying which
   */
  public static PrintFormat parse(String format) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher matcher = CONVERSION.matcher(format);
    int at = 0;
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        text.append(format, at, format.length());
        break;
      }
      text.append(format, at, percent);
      if (!matcher.find(percent) || matcher.start() != percent) {
        throw new IllegalArgumentException("'%' at the end of the format starts nothing");
      }
      at = matcher.end();
      if (matcher.group().equals("%%")) {
        text.append('%');
        continue;
      }
      if (!text.isEmpty()) {
        parts.add(new Text(text.toString()));
        text.setLength(0);
      }
      parts.add(conversion(matcher));
    }
    if (!text.isEmpty()) {
      parts.add(new Text(text.toString()));
    }
    return new PrintFormat(parts);
  }

  private static Conversion conversion(Matcher found) {
    String whole = found.group();
    char letter = found.group(6).charAt(0);
    int components = number(found.group(4), 1, whole);
    boolean known = "diouxXcspaAeEfFgG".indexOf(letter) >= 0;
    boolean width = List.of(1, 2, 3, 4, 8, 16).contains(components);
    if (!known || !width || components > 1 && "csp".indexOf(letter) >= 0) {
      throw new IllegalArgumentException("'" + whole + "' is no conversion of OpenCL C");
    }
    String length = found.group(5) == null ? "" : found.group(5);
    int precision = found.group(3) == null ? -1 : number(found.group(3), 0, whole);
    return new Conversion(
        found.group(1), number(found.group(2), 0, whole), precision, components, length, letter);
  }

  private static int number(@Nullable String text, int otherwise, String whole) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    int value = text.length() > 6 ? WIDEST + 1 : Integer.parseInt(text);
    if (value > WIDEST) {
      throw new IllegalArgumentException("'" + whole + "' is wider than " + WIDEST);
    }
    return value;
  }
}
