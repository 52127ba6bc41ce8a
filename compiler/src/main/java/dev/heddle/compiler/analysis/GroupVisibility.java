package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;

/**
 * Whether a kernel can see how its work-groups are cut. Where it can't, groups are free to choose,
 * and a chunk may end anywhere.
 *
 * @param localMemory uses local arrays or local parameters
 * @param barriers has barriers
 * @param queries asks for local ids or sizes, group ids or group counts
 */
public record GroupVisibility(boolean localMemory, boolean barriers, boolean queries) {
  /** Whether the kernel can see its work-groups at all. */
  public boolean visible() {
    return localMemory || barriers || queries;
  }

  public static GroupVisibility of(Function kernel) {
    boolean local =
        kernel.objects().stream().anyMatch(root -> root.space() == AddressSpace.LOCAL)
            || kernel.parameters().stream().anyMatch(GroupVisibility::isLocal);
    return new GroupVisibility(
        local, any(kernel.body(), Op.Barrier.class), asksForGroups(kernel.body()));
  }

  private static boolean isLocal(Parameter parameter) {
    return parameter instanceof Parameter.Pointer pointer
        && pointer.root() instanceof Root.LocalParameter;
  }

  private static boolean any(Region region, Class<? extends Op> kind) {
    return region.ops().stream()
        .anyMatch(
            op ->
                kind.isInstance(op) || Regions.of(op).stream().anyMatch(inner -> any(inner, kind)));
  }

  private static boolean asksForGroups(Region region) {
    return region.ops().stream()
        .anyMatch(
            op ->
                (op instanceof Op.Query query && query.op().revealsGroups())
                    || Regions.of(op).stream().anyMatch(GroupVisibility::asksForGroups));
  }
}
