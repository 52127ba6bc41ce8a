package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import java.util.List;

/** A pass, and what is to be done once more where it has changed something. */
final class Followed implements Pass {
  private final Pass first;
  private final List<Pass> then;

  Followed(Pass first, Pass... then) {
    this.first = first;
    this.then = List.of(then);
  }

  @Override
  public String name() {
    return first.name();
  }

  @Override
  public Function run(Function function) {
    Function result = Pipeline.run(List.of(first), function);
    return result == function ? function : Pipeline.run(then, result);
  }
}
