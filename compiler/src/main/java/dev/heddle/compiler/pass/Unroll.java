package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes out the trips of a loop whose number is known and small. It pays where the body is small,
 * and where the loop indexes a private array, which can then become values. Loops with barriers
 * stay loops.
 */
final class Unroll implements Pass {
  /** Ops that the trips of an ordinary loop may have together. */
  private static final int ORDINARY = 64;

  /** The same for a loop that indexes a private array. */
  private static final int WITH_ARRAY = 1024;

  private static final int TRIPS = 64;

  @Override
  public String name() {
    return "unroll";
  }

  @Override
  public Function run(Function function) {
    Evaluation constants = new Evaluation();
    Regions.forEachOp(
        function.body(),
        op -> {
          if (op instanceof Op.Constant) {
            constants.follow(op);
          }
        });
    Unroller unroller = new Unroller(function, constants);
    Function result = unroller.rewrite(function);
    return unroller.unrolled ? result : function;
  }

  private static final class Unroller extends Rewriter {
    private final Evaluation constants;
    private boolean unrolled;

    Unroller(Function function, Evaluation constants) {
      super(function);
      this.constants = constants;
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      Op copied = copy(op);
      if (copied instanceof Op.Loop loop && pays(loop)) {
        builder.add(unrolled(loop));
      } else {
        builder.add(copied);
      }
      return null;
    }

    private boolean pays(Op.Loop loop) {
      if (!Regions.continues(loop.body(), loop.label()) || Effects.hasBarrier(loop.body())) {
        return false;
      }
      int size = Math.max(1, Regions.size(loop.body()));
      int limit = Regions.anyOp(loop.body(), this::indexesArray) ? WITH_ARRAY : ORDINARY;
      return size <= limit && new Trips(loop, constants.inner()).endWithin(limit / size);
    }

    private boolean indexesArray(Op op) {
      return switch (op) {
        case Op.Load load -> indexesArray(load.access());
        case Op.Store store -> indexesArray(store.access());
        default -> false;
      };
    }

    private boolean indexesArray(Access access) {
      return access.root().space() == AddressSpace.PRIVATE && constants.of(access.offset()) == null;
    }

    /** A block that holds the trips one behind the other. */
    private Op.Loop unrolled(Op.Loop loop) {
      unrolled = true;
      int block = builder.freshLabel();
      Evaluation evaluation = constants.inner();
      evaluation.setAll(loop.body().parameters(), loop.initial());
      List<Value> arguments = loop.initial();
      builder.open(List.of());
      while (true) {
        Terminator end = new Trip(builder, loop, block, evaluation).run(arguments);
        if (!(end instanceof Terminator.Continue)) {
          return new Op.Loop(loop.results(), block, List.of(), builder.close(end), loop.span());
        }
        arguments = end.values();
      }
    }
  }

  /** Follows the trips of a loop as far as its control flow depends on nothing unknown. */
  private record Trips(Op.Loop loop, Evaluation evaluation) {
    boolean endWithin(int limit) {
      evaluation.setAll(loop.body().parameters(), loop.initial());
      for (int trip = 0; trip < Math.min(limit, TRIPS); trip++) {
        Terminator end = follow(loop.body());
        if (end == null) {
          return false;
        }
        if (!startsTrip(end, loop.label())) {
          return !(end instanceof Terminator.Continue);
        }
        evaluation.setAll(loop.body().parameters(), end.values());
      }
      return false;
    }

    /** How the region ends, null if that is not known. */
    private @Nullable Terminator follow(Region region) {
      for (Op op : region.ops()) {
        if (op instanceof Op.If branch && evaluation.of(branch.condition()) != null) {
          Terminator end = follow(takenArm(branch, evaluation));
          if (!(end instanceof Terminator.Yield(var values))) {
            return end;
          }
          evaluation.setAll(branch.results(), values);
        } else if (mayStartTrip(op)) {
          return null;
        } else {
          evaluation.follow(op);
        }
      }
      return region.terminator();
    }

    private boolean mayStartTrip(Op op) {
      for (Region inner : Regions.of(op)) {
        if (Regions.continues(inner, loop.label())) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean startsTrip(Terminator end, int label) {
    return end instanceof Terminator.Continue(int target, var values) && target == label;
  }

  private static Region takenArm(Op.If branch, Evaluation evaluation) {
    Long condition = evaluation.of(branch.condition());
    return condition != null && condition != 0 ? branch.thenRegion() : branch.elseRegion();
  }

  /** Copies one trip; branches whose way is known are not copied but taken. */
  private static final class Trip extends Cloner {
    private final Op.Loop loop;
    private final int block;
    private final Evaluation evaluation;

    Trip(IrBuilder builder, Op.Loop loop, int block, Evaluation evaluation) {
      super(builder);
      this.loop = loop;
      this.block = block;
      this.evaluation = evaluation;
    }

    /**
     * Adds the trip to the open region; a {@code Continue} hands over what the next starts with.
     */
    Terminator run(List<Value> arguments) {
      replaceAll(loop.body().parameters(), arguments);
      return contents(loop.body());
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      if (op instanceof Op.If branch && evaluation.of(branch.condition()) != null) {
        Region arm = takenArm(branch, evaluation);
        Terminator end = contents(arm);
        if (!(end instanceof Terminator.Yield(var values))) {
          return end;
        }
        replaceAll(branch.results(), values);
        evaluation.setAll(branch.results(), arm.terminator().values());
        return null;
      }
      Terminator end = super.visit(op);
      evaluation.follow(op);
      return end;
    }

    @Override
    protected int label(int label) {
      return label == loop.label() ? block : super.label(label);
    }

    @Override
    protected Terminator terminator(Terminator old) {
      if (startsTrip(old, loop.label())) {
        evaluation.setAll(loop.body().parameters(), old.values());
        return new Terminator.Continue(loop.label(), use(old.values()));
      }
      return super.terminator(old);
    }
  }
}
