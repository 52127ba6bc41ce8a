package dev.heddle.backend.cpu;

import dev.heddle.compiler.ir.Function;
import java.util.List;

/**
 * A kernel, what to run it on, and how: what both tiers are tested with.
 *
 * @param local may not divide {@code global}
 */
record KernelCase(
    String name, Function kernel, long[] global, long[] local, List<Argument> arguments) {
  KernelCase {
    arguments = List.copyOf(arguments);
  }

  /** The value of one parameter. */
  sealed interface Argument {}

  record Buffer(byte[] content) implements Argument {}

  record Scalar(long bits) implements Argument {}

  record Local(long bytes) implements Argument {}

  record Null() implements Argument {}

  KernelCase sized(long[] newGlobal, long[] newLocal) {
    return new KernelCase(name, kernel, newGlobal, newLocal, arguments);
  }

  @Override
  public String toString() {
    return name;
  }
}
