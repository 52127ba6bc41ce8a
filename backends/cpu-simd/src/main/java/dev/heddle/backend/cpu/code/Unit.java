package dev.heddle.backend.cpu.code;

import dev.heddle.backend.cpu.group.PrivateLayout;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.util.Set;

/**
 * What an emitter turns into one class: a function and all that surrounds it.
 *
 * @param name for the class and the listing
 * @param sites numbers the ops of {@code function} that may fault
 * @param stateful whether slots come from the frame and the runner zeroes private memory
 * @param bounds what CHECKED accesses do
 * @param together if not 0: the function has its barriers; each call is for a work-group of so many
 *     work-items along x, which the code takes through them as one
 * @param arrays the parameters that are Java arrays, see {@link ArrayParameters}
 */
public record Unit(
    String name,
    Function function,
    FaultSites sites,
    Frame frame,
    PrivateLayout privates,
    boolean stateful,
    BoundsMode bounds,
    int together,
    Set<Integer> arrays) {
  public Unit {
    arrays = Set.copyOf(arrays);
  }
}
