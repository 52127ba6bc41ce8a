package dev.heddle.cli.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The right side of {@code NAME=VALUE}, by its form; the kernel's signature gives it a type. */
public sealed interface ValueText {
  /** {@code @file.npy} or {@code @file.bin}. */
  record File(String path) implements ValueText {}

  /** {@code uniform(N,lo=0,hi=1,seed=1)} and its like; the values are expressions. */
  record Generator(String name, List<String> positional, Map<String, String> named)
      implements ValueText {
    public Generator {
      positional = List.copyOf(positional);
    }
  }

  /** {@code local(N)}: N elements of local memory. */
  record Local(String count) implements ValueText {}

  /** {@code (1,2,3,4)}: a vector by value. */
  record Tuple(List<String> elements) implements ValueText {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /** {@code null}: a buffer that is not there. */
  record Null() implements ValueText {}

  /** Anything else: an expression, or the name of a buffer. */
  record Expr(String text) implements ValueText {}

  /** The generators' names. */
  Set<String> GENERATORS = Set.of("uniform", "normal", "iota", "fill", "zeros");

  /** Reads a value. */
  static ValueText parse(String text) {
    Matcher call = Syntax.CALL.matcher(text);
    if (text.startsWith("@")) {
      return new File(text.substring(1));
    }
    if (text.equals("null")) {
      return new Null();
    }
    if (call.matches()) {
      return call(text, call.group(1), Words.list(call.group(2)));
    }
    if (text.startsWith("(") && text.endsWith(")")) {
      List<String> elements = Words.list(text.substring(1, text.length() - 1));
      return elements.size() > 1 ? new Tuple(elements) : new Expr(text);
    }
    return new Expr(text);
  }

  private static ValueText call(String text, String name, List<String> arguments) {
    if (name.equals("local") && arguments.size() == 1) {
      return new Local(arguments.getFirst());
    }
    if (!GENERATORS.contains(name)) {
      throw new UsageException(
          "'"
              + text
              + "': there is no '"
              + name
              + "'; use local(N), uniform, normal, iota, fill or"
              + " zeros");
    }
    List<String> positional = new ArrayList<>();
    Map<String, String> named = new LinkedHashMap<>();
    for (String argument : arguments) {
      Matcher assignment = Syntax.ASSIGNMENT.matcher(argument);
      if (assignment.matches()) {
        named.put(assignment.group(1), assignment.group(2).strip());
      } else if (named.isEmpty()) {
        positional.add(argument);
      } else {
        throw new UsageException("'" + text + "': '" + argument + "' comes after named values");
      }
    }
    return new Generator(name, positional, named);
  }

  /** The patterns. */
  final class Syntax {
    private static final Pattern CALL = Pattern.compile("([A-Za-z_]\\w*)\\((.*)\\)");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)\\s*=(.*)");

    private Syntax() {}
  }
}
