package dev.heddle.cli.spec;

import dev.heddle.cli.spec.Number.Whole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The values of the names in {@code NAME=VALUE} words, each evaluated when it is first needed. */
public final class Scalars {
  private final Map<String, String> texts;
  private final Map<String, Number> values = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final LinkedHashSet<String> underWay = new LinkedHashSet<>();

  /** Names with the text of their values, whatever their form. */
  public Scalars(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /** The value of an expression. */
  public Number evaluate(String expression) {
    return Expression.evaluate(expression, this::value);
  }

  /**
   * The value of an expression that must be an integer of at least 0.
   *
   * @param what names it in the error
   */
  public long count(String what, String expression) {
    Number value = evaluate(expression);
    if (value instanceof Whole whole && whole.value() >= 0) {
      return whole.value();
    }
    throw new UsageException(
        what + " '" + expression + "' is " + value + "; it must be an integer of at least 0");
  }

  /** The names that some expression has asked for. */
  public Set<String> used() {
    return Set.copyOf(used);
  }

  private Number value(String name) {
    used.add(name);
    Number known = values.get(name);
    if (known != null) {
      return known;
    }
    String text = texts.get(name);
    if (text == null) {
      throw new UsageException("'" + name + "' has no value; give it as " + name + "=NUMBER");
    }
    if (!(ValueText.parse(text) instanceof ValueText.Expr)) {
      throw new UsageException(
          "'" + name + "' is " + text + ", which is not a number to compute with");
    }
    if (!underWay.add(name)) {
      throw new UsageException(
          "the values of " + String.join(", ", underWay) + " depend on each other");
    }
    Number value = Expression.evaluate(text, this::value);
    underWay.remove(name);
    values.put(name, value);
    return value;
  }
}
