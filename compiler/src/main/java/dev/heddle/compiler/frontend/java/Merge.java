package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Brings the states together that reach one block: what differs becomes a parameter. */
final class Merge {
  private Merge() {}

  /** Whether two operands are the same wherever control comes from. */
  private static boolean same(Operand a, Operand b) {
    return a == b || a.equals(b);
  }

  /**
   * The operand that stands for all of {@code from}.
   *
   * @param always whether numbers become parameters even if they are equal
   * @param parameter makes a parameter like that value
   */
  static Operand of(List<Operand> from, boolean always, Function<Value, Value> parameter) {
    Operand first = from.getFirst();
    boolean equal = from.stream().allMatch(other -> same(first, other));
    if (equal && !always) {
      return first;
    }
    return switch (first) {
      case Operand.Scalar scalar -> new Operand.Scalar(parameter.apply(scalar.value()));
      case Operand.Composite composite -> merged(composite, from, always, parameter);
      case Operand.Array array -> requireSame(equal, first, "an array");
      case Operand.HostObject object -> requireSame(equal, first, "an object");
      case Operand.WorkItem item -> requireSame(equal, first, "a work-item");
      case Operand.Null nothing -> requireSame(equal, first, "an object or null");
      case Operand.Text text -> requireSame(equal, first, "a string");
      case Operand.Throwing exception -> requireSame(equal, first, "an exception");
      case Operand.Comparison comparison ->
          throw new IllegalStateException("a comparison at a merge");
    };
  }

  private static Operand requireSame(boolean equal, Operand operand, String what) {
    if (!equal) {
      throw new Refusal(
          what + " that is chosen at run time; use an if around the code that uses it");
    }
    return operand;
  }

  private static Operand merged(
      Operand.Composite first,
      List<Operand> from,
      boolean always,
      Function<Value, Value> parameter) {
    Operand.Composite merged = new Operand.Composite(first.type);
    for (Map.Entry<String, Operand> field : first.fields.entrySet()) {
      List<Operand> values = new ArrayList<>();
      for (Operand other : from) {
        if (!(other instanceof Operand.Composite that)
            || that.type != first.type
            || !that.fields.containsKey(field.getKey())) {
          throw new Refusal("a record or null or another type, chosen at run time");
        }
        values.add(that.fields.get(field.getKey()));
      }
      merged.fields.put(field.getKey(), of(values, always, parameter));
    }
    return merged;
  }

  /**
   * Adds what must be handed over so that {@code given} becomes {@code wanted}: a value for each
   * that is one of the parameters.
   */
  static void arguments(
      Operand wanted, Operand given, List<Value> parameters, List<Value> arguments) {
    switch (wanted) {
      case Operand.Scalar scalar -> {
        if (parameters.contains(scalar.value())) {
          if (!(given instanceof Operand.Scalar value)) {
            throw new IllegalStateException("no number for " + scalar);
          }
          arguments.add(value.value());
        }
      }
      case Operand.Composite composite -> {
        if (!(given instanceof Operand.Composite that) || that.type != composite.type) {
          throw new Refusal("a record or null or another type, chosen at run time");
        }
        composite.fields.forEach(
            (name, field) ->
                arguments(
                    field,
                    java.util.Objects.requireNonNull(that.fields.get(name)),
                    parameters,
                    arguments));
      }
      case Operand.Array array -> requireSame(same(wanted, given), wanted, "an array");
      case Operand.HostObject object -> requireSame(same(wanted, given), wanted, "an object");
      case Operand.WorkItem item -> requireSame(same(wanted, given), wanted, "a work-item");
      case Operand.Null nothing -> requireSame(same(wanted, given), wanted, "an object or null");
      case Operand.Text text -> requireSame(same(wanted, given), wanted, "a string");
      case Operand.Throwing exception -> requireSame(same(wanted, given), wanted, "an exception");
      case Operand.Comparison comparison ->
          throw new IllegalStateException("a comparison at a merge");
    }
  }
}
