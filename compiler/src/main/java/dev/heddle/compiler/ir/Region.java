package dev.heddle.compiler.ir;

import java.util.List;

/**
 * A sequence of ops with one entry, at its start, and a terminator that says where control goes.
 *
 * @param parameters values defined at entry; only loop bodies have any
 */
public record Region(List<Value> parameters, List<Op> ops, Terminator terminator) {
  public Region {
    parameters = List.copyOf(parameters);
    ops = List.copyOf(ops);
  }
}
