package dev.heddle.runtime.exec;

import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the proofs and the plan of a launch depend on: sizes, integer arguments, sizes of buffers
 * which of them are one and which are Java arrays; not their contents, and floating-point arguments
 * only where proofs need them.
 */
final class LaunchKey {
  private static final long NULL = -1;

  private final NDRange range;
  private final RunOptions options;
  private final long[] words;
  private final int hash;

  private LaunchKey(NDRange range, RunOptions options, long[] words) {
    this.range = range;
    this.options = options;
    this.words = words;
    this.hash = 31 * (31 * range.hashCode() + options.hashCode()) + Arrays.hashCode(words);
  }

  static LaunchKey of(KernelCode code, NDRange range, RunOptions options, Bindings bindings) {
    long[] words = new long[2 * code.parameters()];
    for (int i = 0; i < code.parameters(); i++) {
      words[2 * i] = word(code, bindings, i);
      words[2 * i + 1] = root(bindings.buffers(), i);
    }
    return new LaunchKey(range, options, words);
  }

  /**
   * The same work in the same code, whatever the devices and however divided: what it takes on one
   * device alone depends on nothing else.
   */
  LaunchKey anywhere() {
    RunOptions code = RunOptions.DEFAULT.withMath(options.math()).withBounds(options.bounds());
    return new LaunchKey(range, code, words);
  }

  private static long word(KernelCode code, Bindings bindings, int i) {
    return switch (code.kind(i)) {
      case INTEGER, LOCAL -> bindings.bits()[i];
      case FLOAT -> code.floatsMatter() ? bindings.bits()[i] : 0;
      case BUFFER -> {
        ManagedBuffer buffer = bindings.buffers()[i];
        yield buffer == null ? NULL : buffer.bytes();
      }
    };
  }

  /** Which buffer it is, and of which sort. */
  private static long root(@Nullable ManagedBuffer[] buffers, int i) {
    ManagedBuffer buffer = buffers[i];
    int first = firstAlias(buffers, i);
    return buffer != null && buffer.array() ? ~first : first;
  }

  /** The first position at which the buffer of position {@code i} is passed. */
  static int firstAlias(@Nullable ManagedBuffer[] buffers, int i) {
    for (int j = 0; j < i; j++) {
      if (buffers[j] == buffers[i]) {
        return j;
      }
    }
    return i;
  }

  /** Whether a launch has this key, told without making one. */
  boolean matches(KernelCode code, NDRange otherRange, RunOptions otherOptions, Bindings bindings) {
    if (!(range == otherRange || range.equals(otherRange))
        || !(options == otherOptions || options.equals(otherOptions))) {
      return false;
    }
    for (int i = 0; i < code.parameters(); i++) {
      if (words[2 * i] != word(code, bindings, i)
          || words[2 * i + 1] != root(bindings.buffers(), i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LaunchKey that
        && range.equals(that.range)
        && options.equals(that.options)
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
