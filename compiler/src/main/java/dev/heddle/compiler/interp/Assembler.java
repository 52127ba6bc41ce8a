package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Turns the regions of a kernel into flat {@link Instruction}s. */
final class Assembler {
  /** A place in the code that may not be laid out yet. */
  private static final class Label {
    private int position;
  }

  private record Patch(int position, IntFunction<Instruction> instruction, Label target) {}

  /**
   * @param trips how often each item has gone round
   * @param counted whether trips are counted: only where a barrier is inside
   */
  private record OpenLoop(Op.Loop loop, int start, Label exit, long[] trips, boolean counted) {}

  private final Slots slots;
  private final Steps steps;
  private final List<Instruction> code = new ArrayList<>();
  private final List<Step> block = new ArrayList<>();
  private final List<Patch> patches = new ArrayList<>();
  private final Deque<OpenLoop> loops = new ArrayDeque<>();

  Assembler(Slots slots, Steps steps) {
    this.slots = slots;
    this.steps = steps;
  }

  Instruction[] assemble(Region body) {
    region(body, _ -> {});
    for (Patch patch : patches) {
      code.set(patch.position(), patch.instruction().apply(patch.target().position));
    }
    return code.toArray(Instruction[]::new);
  }

  private void region(Region region, Consumer<Terminator.Yield> onYield) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.If branch -> branch(branch);
        case Op.Loop loop -> loop(loop);
        case Op.Barrier barrier -> barrier(barrier);
        default -> steps.of(op).ifPresent(block::add);
      }
    }
    switch (region.terminator()) {
      case Terminator.Yield yield -> onYield.accept(yield);
      case Terminator.Break exit -> {
        OpenLoop target = target(exit.label());
        jump(slots.of(exit.values()), slots.of(target.loop().results()), target.exit());
      }
      case Terminator.Continue next -> next(target(next.label()), next);
      case Terminator.Return end -> add(new Instruction.Return());
    }
  }

  private void branch(Op.If branch) {
    Label otherwise = new Label();
    Label join = new Label();
    long[] condition = slots.of(branch.condition());
    patch(position -> new Instruction.Branch(condition, position), otherwise);
    region(branch.thenRegion(), end -> endArm(branch, end, join));
    place(otherwise);
    region(branch.elseRegion(), end -> endArm(branch, end, join));
    place(join);
  }

  private void endArm(Op.If branch, Terminator.Yield end, Label join) {
    jump(slots.of(end.values()), slots.of(branch.results()), join);
  }

  private void loop(Op.Loop loop) {
    long[] trips = slots.fresh();
    List<long[]> sources = new ArrayList<>(slots.of(loop.initial()));
    List<long[]> targets = new ArrayList<>(slots.of(loop.body().parameters()));
    boolean counted = hasBarrier(loop.body());
    if (counted) {
      // a fresh slot is all zeros
      sources.add(slots.fresh());
      targets.add(trips);
    }
    Label start = new Label();
    jump(sources, targets, start);
    place(start);
    Label exit = new Label();
    loops.push(new OpenLoop(loop, start.position, exit, trips, counted));
    region(
        loop.body(),
        end -> {
          throw new InterpreterException("the body of a loop ends in a yield");
        });
    loops.pop();
    place(exit);
  }

  private void next(OpenLoop target, Terminator.Continue next) {
    if (target.counted()) {
      block.add(new ComputeStep.Increment(target.trips()));
    }
    Copies copies =
        new Copies(slots.of(next.values()), slots.of(target.loop().body().parameters()));
    add(new Instruction.Jump(copies, target.start()));
  }

  private void barrier(Op.Barrier barrier) {
    add(new Instruction.Barrier(barrier, loops.stream().map(OpenLoop::trips).toList()));
  }

  private OpenLoop target(int label) {
    return loops.stream()
        .filter(open -> open.loop().label() == label)
        .findFirst()
        .orElseThrow(() -> new InterpreterException("no loop with label " + label));
  }

  private void jump(List<long[]> sources, List<long[]> targets, Label target) {
    Copies copies = new Copies(sources, targets);
    patch(position -> new Instruction.Jump(copies, position), target);
  }

  private void patch(IntFunction<Instruction> instruction, Label target) {
    add(instruction.apply(0));
    patches.add(new Patch(code.size() - 1, instruction, target));
  }

  private void add(Instruction instruction) {
    flush();
    code.add(instruction);
  }

  private void place(Label label) {
    flush();
    label.position = code.size();
  }

  private void flush() {
    if (!block.isEmpty()) {
      code.add(new Instruction.Block(block.toArray(Step[]::new)));
      block.clear();
    }
  }

  private static boolean hasBarrier(Region region) {
    return region.ops().stream()
        .anyMatch(
            op ->
                switch (op) {
                  case Op.Barrier barrier -> true;
                  case Op.If branch ->
                      hasBarrier(branch.thenRegion()) || hasBarrier(branch.elseRegion());
                  case Op.Loop loop -> hasBarrier(loop.body());
                  default -> false;
                });
  }
}
