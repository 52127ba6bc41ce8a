package dev.heddle.compiler.ir;

import java.util.List;

/** How a {@link Region} ends. */
public sealed interface Terminator {
  /** The values handed over, in the order of the receiver's results or parameters. */
  List<Value> values();

  /** Ends an arm of an {@link Op.If}: control goes on after it, the values become its results. */
  record Yield(List<Value> values) implements Terminator {
    public Yield {
      values = List.copyOf(values);
    }
  }

  /** Leaves the enclosing loop with that label; the values become the loop's results. */
  record Break(int label, List<Value> values) implements Terminator {
    public Break {
      values = List.copyOf(values);
    }
  }

  /** Starts the next trip of the enclosing loop with that label; the values are its parameters. */
  record Continue(int label, List<Value> values) implements Terminator {
    public Continue {
      values = List.copyOf(values);
    }
  }

  /** Ends the function for this work-item. A kernel returns no values. */
  record Return(List<Value> values) implements Terminator {
    public Return {
      values = List.copyOf(values);
    }
  }
}
