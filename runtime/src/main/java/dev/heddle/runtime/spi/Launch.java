package dev.heddle.runtime.spi;

import java.util.List;

/**
 * A range of work-groups of one NDRange, and the arguments. The ids and sizes that work-items see
 * are those of the whole NDRange, not of the range of groups.
 *
 * <p>The groups are counted over the whole range: with a global size that the local size does not
 * divide, the last group along a dimension is smaller.
 *
 * <p>Where the kernel cannot see its groups ({@link
 * dev.heddle.compiler.analysis.GroupVisibility#visible}) they are only the unit in which ranges are
 * cut, and the runtime passes a small local size such as 64 x 1 x 1: the device runs the work-items
 * of the range in groups of whatever size suits it.
 *
 * @param groupBegin first group along each dimension, inclusive
 * @param groupEnd last group along each dimension, exclusive
 * @param arguments one for each parameter of the kernel
 */
public record Launch(Range range, long[] groupBegin, long[] groupEnd, List<Argument> arguments) {
  public Launch {
    groupBegin = groupBegin.clone();
    groupEnd = groupEnd.clone();
    arguments = List.copyOf(arguments);
  }

  /**
   * An NDRange; each array has three entries, 1 (offset: 0) beyond {@code dimensions}.
   *
   * @param dimensions 1 to 3
   */
  public record Range(int dimensions, long[] global, long[] offset, long[] local) {
    public Range {
      global = global.clone();
      offset = offset.clone();
      local = local.clone();
    }

    /** Number of work-groups along a dimension, a smaller last one included. */
    public long groups(int dimension) {
      return Math.ceilDiv(global[dimension], local[dimension]);
    }
  }

  /** The value of one kernel parameter. */
  public sealed interface Argument {}

  /** The low bits of a scalar. */
  public record Scalar(long bits) implements Argument {}

  /**
   * A buffer of {@code rootBytes} bytes; byte b of it lies at {@code b - windowStart} of {@code
   * memory}, which may hold only the part that these groups touch.
   */
  public record Buffer(DeviceBuffer memory, long rootBytes, long windowStart) implements Argument {}

  /** A null pointer: a buffer of no bytes. */
  public record Null() implements Argument {}

  /** A local array of that many bytes. */
  public record Local(long bytes) implements Argument {}
}
