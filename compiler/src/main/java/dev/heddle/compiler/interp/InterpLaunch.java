package dev.heddle.compiler.interp;

import java.util.List;
import java.util.Optional;

/**
 * What to run: an NDRange, the arguments, and which of its work-groups. Each array has three
 * entries, 1 (offset: 0) beyond {@code dimensions}. Where the local size does not divide the global
 * one, the last group along a dimension is smaller.
 *
 * @param arguments one for each parameter of the kernel
 * @param groups linear ids of the groups to run, x fastest, in the order to run them; empty for all
 */
public record InterpLaunch(
    int dimensions,
    long[] global,
    long[] offset,
    long[] local,
    List<Argument> arguments,
    Optional<long[]> groups) {
  public InterpLaunch {
    global = extents(global, dimensions, 1);
    offset = extents(offset, dimensions, 0);
    local = extents(local, dimensions, 1);
    arguments = List.copyOf(arguments);
    groups = groups.map(long[]::clone);
    if (itemsPerGroup(local) > Integer.MAX_VALUE / 64) {
      throw new IllegalArgumentException("work-group of " + itemsPerGroup(local) + " items");
    }
  }

  /** One-dimensional, from 0, all groups. */
  public static InterpLaunch linear(long global, long local, Argument... arguments) {
    return of(new long[] {global}, new long[] {local}, arguments);
  }

  /** As many dimensions as the arrays have entries, from 0, all groups. */
  public static InterpLaunch of(long[] global, long[] local, Argument... arguments) {
    return new InterpLaunch(
        global.length, global, new long[0], local, List.of(arguments), Optional.empty());
  }

  /** The same launch, of these groups alone. */
  public InterpLaunch only(long... linearGroups) {
    return new InterpLaunch(
        dimensions, global, offset, local, arguments, Optional.of(linearGroups));
  }

  /** Number of work-groups along a dimension, a smaller last one included. */
  public long groupCount(int dimension) {
    return Math.ceilDiv(global[dimension], local[dimension]);
  }

  /** Number of work-groups of the whole NDRange. */
  public long groupCount() {
    return Math.multiplyExact(Math.multiplyExact(groupCount(0), groupCount(1)), groupCount(2));
  }

  /** Items of a full work-group. */
  public int itemsPerGroup() {
    return (int) itemsPerGroup(local);
  }

  private static long itemsPerGroup(long[] local) {
    return Math.multiplyExact(Math.multiplyExact(local[0], local[1]), local[2]);
  }

  private static long[] extents(long[] given, int dimensions, long filler) {
    if (dimensions < 1 || dimensions > 3) {
      throw new IllegalArgumentException(dimensions + " dimensions");
    }
    long[] full = {filler, filler, filler};
    System.arraycopy(given, 0, full, 0, Math.min(given.length, dimensions));
    for (long extent : full) {
      if (extent < filler) {
        throw new IllegalArgumentException("extent " + extent);
      }
    }
    return full;
  }

  /** The value of one kernel parameter. */
  public sealed interface Argument {}

  /** The low bits of a scalar. */
  public record Scalar(long bits) implements Argument {}

  /** A buffer; two parameters may share one memory. */
  public record Buffer(Memory memory) implements Argument {}

  /** A null pointer: a buffer of no bytes. */
  public record Null() implements Argument {}

  /** A local array of that many bytes. */
  public record Local(long bytes) implements Argument {}
}
