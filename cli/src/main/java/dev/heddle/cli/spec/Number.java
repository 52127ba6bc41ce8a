package dev.heddle.cli.spec;

/** The value of an expression: an integer or a floating-point number. */
public sealed interface Number {
  double asDouble();

  record Whole(long value) implements Number {
    @Override
    public double asDouble() {
      return value;
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  record Real(double value) implements Number {
    @Override
    public double asDouble() {
      return value;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }
}
