package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import java.util.ArrayList;
import java.util.List;

/**
 * All that an analysis may know of a launch: sizes and arguments, no contents of buffers. Whatever
 * is unknown stays open, and the answers then hold for every value of it or are put off to the
 * launch.
 *
 * @param dimensions 1 to 3
 * @param global global sizes, three entries (1 beyond {@code dimensions}); {@link #UNKNOWN} stands
 *     for any size from 1 to 2^31 - 1
 * @param offset global offsets, three entries
 * @param local local sizes, three entries; {@link #UNKNOWN} if the launch will choose
 * @param arguments one for each parameter
 * @param clamps whether an access out of bounds is moved to the nearest place in range (bounds mode
 *     {@code clamp}); it is dropped otherwise
 */
public record LaunchShape(
    int dimensions,
    long[] global,
    long[] offset,
    long[] local,
    List<Argument> arguments,
    boolean clamps) {
  /** In place of a size: not known yet. */
  public static final long UNKNOWN = -1;

  /** What is known of the argument for one parameter. */
  public sealed interface Argument {
    /** The low bits of a scalar. */
    record Scalar(long bits) implements Argument {}

    /**
     * A buffer. Arguments with one {@code memory} lie in one piece of memory and may overlap; those
     * with different ones never do.
     *
     * @param bytes its size, or {@link #UNKNOWN}
     * @param memory names the piece of memory
     * @param start where in that memory it starts, in bytes
     */
    record Buffer(long bytes, int memory, long start) implements Argument {}

    /** A local array of that many bytes. */
    record Local(long bytes) implements Argument {}

    /** A null pointer: a buffer of no bytes. */
    record Null() implements Argument {}

    /** A scalar, or the size of a local array, that is not known yet. */
    record Unknown() implements Argument {}
  }

  public LaunchShape {
    if (dimensions < 1 || dimensions > 3) {
      throw new IllegalArgumentException("dimensions " + dimensions);
    }
    global = global.clone();
    offset = offset.clone();
    local = local.clone();
    arguments = List.copyOf(arguments);
  }

  /** Number of work-groups along a dimension, a smaller last one included; sizes must be known. */
  public long groups(int dimension) {
    return Math.ceilDiv(global[dimension], local[dimension]);
  }

  /** A launch of which only the kernel is known; no two buffers overlap. */
  public static LaunchShape unknown(Function kernel, int dimensions) {
    List<Argument> arguments = new ArrayList<>();
    for (Parameter parameter : kernel.parameters()) {
      boolean buffer =
          parameter instanceof Parameter.Pointer pointer && pointer.root() instanceof Root.Buffer;
      arguments.add(
          buffer ? new Argument.Buffer(UNKNOWN, arguments.size(), 0) : new Argument.Unknown());
    }
    long[] global = {1, 1, 1};
    long[] local = {1, 1, 1};
    for (int d = 0; d < dimensions; d++) {
      global[d] = UNKNOWN;
      local[d] =
          kernel.requiredLocalSize().isPresent()
              ? kernel.requiredLocalSize().get().get(d)
              : UNKNOWN;
    }
    return new LaunchShape(dimensions, global, new long[3], local, arguments, false);
  }
}
