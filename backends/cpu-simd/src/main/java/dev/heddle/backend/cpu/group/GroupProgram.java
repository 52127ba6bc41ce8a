package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * A prepared kernel, cut into segments that contain no barrier. A segment is a kernel function like
 * any other, run for the work-items of a work-group (or, where the kernel was cut for its size
 * alone, for a tile of a row); whoever can emit a kernel without barriers can emit every segment.
 *
 * <p>Every path through a segment ends in a return. Before it, a work-item that has more to do
 * stores the number of its next segment to {@link #next}, a private array of one I32 (unless the
 * segment has one exit alone, {@link Segment#exit}); one that ends the kernel stores {@link
 * #ENDED}.
 *
 * <p>A value that lives from one segment into another is stored where it is defined and loaded at
 * the start of each segment that uses it: to a private array of one element or, where it is the
 * same for the whole work-group, to {@link #uniforms}, a local array, from which the runner passes
 * it to later segments as an additional scalar parameter. All of these accesses are PROVEN and at
 * constant offsets.
 *
 * @param kernel the function that the device was given; fault sites are numbered over it. Segments
 *     contain its very ops.
 * @param byGroups whether the kernel can see its work-groups: each call then covers rows of one
 *     group. Else a call covers rows of any length.
 * @param segments the first is the entry
 * @param next the private array of the next segment's number; empty for a kernel of one segment
 * @param uniforms the local array of group-uniform values; empty if there are none
 * @param uniformValues the values in {@code uniforms}, 8 bytes each, in order; they are the last
 *     parameters of every segment's function
 */
public record GroupProgram(
    Function kernel,
    FaultSites sites,
    boolean byGroups,
    List<Segment> segments,
    Optional<Root.Array> next,
    Optional<Root.Array> uniforms,
    List<Value> uniformValues) {
  /** In {@link #next}: the work-item has returned. */
  public static final int ENDED = -1;

  /** In {@link Segment#exit}: the next segment differs between paths. */
  public static final int SEVERAL_EXITS = -2;

  public GroupProgram {
    segments = List.copyOf(segments);
    uniformValues = List.copyOf(uniformValues);
  }

  /** Whether work-items keep something in private memory between segments. */
  public boolean stateful() {
    return segments.size() > 1;
  }

  /**
   * A part of the kernel.
   *
   * @param code for when every work-item of the range takes part
   * @param guarded the same for when some don't: work-items whose {@link #next} is not {@code
   *     index} do nothing; {@code code} itself in a program of one segment
   * @param barrier the barrier that work-items wait at before this segment; empty where they do not
   *     wait for each other
   * @param exit the segment that follows on every path, ENDED, or SEVERAL_EXITS
   */
  public record Segment(
      int index, Function code, Function guarded, Optional<Op.Barrier> barrier, int exit) {}
}
