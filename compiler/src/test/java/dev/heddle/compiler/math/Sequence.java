package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates the sequence of a builtin, op by op, with the same arithmetic as the interpreter. Not
 * for several threads at once.
 */
final class Sequence {
  /** One op, or one that owns regions; says whether control leaves the loop or goes round. */
  private interface Step {
    int FALL_THROUGH = 0;
    int AGAIN = 1;
    int LEAVE = 2;

    int run(long[] slots);
  }

  private final long[] slots;
  private final Step body;
  private final int operands;
  private final int result;
  private final int size;

  Sequence(BuiltinOp op, Type type) {
    IrBuilder builder = new IrBuilder();
    List<Value> parameters = new ArrayList<>();
    for (int i = 0; i < op.operands(); i++) {
      parameters.add(builder.fresh(type));
    }
    builder.open(List.of());
    Value value = new MathFunctions(builder).write(op, parameters);
    Region region = builder.close(new Terminator.Return(List.of(value)));
    operands = op.operands();
    result = value.id();
    slots = new long[builder.fresh(type).id()];
    body = region(region, List.of(), List.of());
    size = region.ops().size();
  }

  /** Number of ops at the top level. */
  int size() {
    return size;
  }

  long apply(long a) {
    slots[0] = a;
    body.run(slots);
    return slots[result];
  }

  long apply(long a, long b) {
    if (operands != 2) {
      throw new IllegalStateException(operands + " operands");
    }
    slots[1] = b;
    return apply(a);
  }

  long apply(long a, long b, long c) {
    slots[2] = c;
    slots[1] = b;
    return apply(a);
  }

  float apply(float a) {
    return Float.intBitsToFloat((int) apply(bits(a)));
  }

  float apply(float a, float b) {
    return Float.intBitsToFloat((int) apply(bits(a), bits(b)));
  }

  double apply(double a) {
    return Double.longBitsToDouble(apply(Double.doubleToRawLongBits(a)));
  }

  double apply(double a, double b) {
    return Double.longBitsToDouble(
        apply(Double.doubleToRawLongBits(a), Double.doubleToRawLongBits(b)));
  }

  private static long bits(float value) {
    return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  /** A region, whose end hands its values to one of two lists of receivers. */
  private static Step region(Region region, List<Value> onLeave, List<Value> onAgain) {
    Step[] steps = region.ops().stream().map(op -> step(op, onLeave, onAgain)).toArray(Step[]::new);
    Step end = end(region.terminator(), onLeave, onAgain);
    return slots -> {
      for (Step step : steps) {
        int next = step.run(slots);
        if (next != Step.FALL_THROUGH) {
          return next;
        }
      }
      return end.run(slots);
    };
  }

  private static Step end(Terminator end, List<Value> onLeave, List<Value> onAgain) {
    return switch (end) {
      case Terminator.Return done -> slots -> Step.FALL_THROUGH;
      case Terminator.Yield yield -> slots -> Step.FALL_THROUGH;
      case Terminator.Break(int label, var values) -> move(values, onLeave, Step.LEAVE);
      case Terminator.Continue(int label, var values) -> move(values, onAgain, Step.AGAIN);
    };
  }

  private static Step move(List<Value> from, List<Value> to, int then) {
    int[] source = from.stream().mapToInt(Value::id).toArray();
    int[] target = to.stream().mapToInt(Value::id).toArray();
    return slots -> {
      long[] moved = new long[source.length];
      for (int i = 0; i < source.length; i++) {
        moved[i] = slots[source[i]];
      }
      for (int i = 0; i < source.length; i++) {
        slots[target[i]] = moved[i];
      }
      return then;
    };
  }

  private interface Compute {
    long of(long[] slots);
  }

  private static Step set(Value result, Compute compute) {
    int target = result.id();
    return slots -> {
      slots[target] = compute.of(slots);
      return Step.FALL_THROUGH;
    };
  }

  private static Step step(Op op, List<Value> onLeave, List<Value> onAgain) {
    return switch (op) {
      case Op.Constant(var r, long bits, var s) -> set(r, slots -> bits);
      case Op.Unary(var r, var o, var a, var s) ->
          set(r, slots -> Arithmetic.unary(o, r.type(), slots[a.id()]));
      case Op.Binary(var r, var o, var a, var b, var s) -> set(r, binary(o, a, b));
      case Op.Compare(var r, var o, var a, var b, var s) -> set(r, compare(o, a, b));
      case Op.Fma(var r, var a, var b, var c, var s) ->
          set(r, slots -> Arithmetic.fma(r.type(), slots[a.id()], slots[b.id()], slots[c.id()]));
      case Op.Select(var r, var c, var a, var b, var s) ->
          set(r, slots -> slots[c.id()] != 0 ? slots[a.id()] : slots[b.id()]);
      case Op.Convert(var r, var o, var a, var s) ->
          set(r, slots -> Arithmetic.convert(o, a.type(), r.type(), slots[a.id()]));
      case Op.If branch -> branch(branch, onLeave, onAgain);
      case Op.Loop loop -> loop(loop);
      default -> throw new IllegalArgumentException("not in a sequence: " + op);
    };
  }

  private static Compute binary(BinaryOp op, Value a, Value b) {
    return slots -> Arithmetic.binary(op, a.type(), slots[a.id()], slots[b.id()]);
  }

  private static Compute compare(CompareOp op, Value a, Value b) {
    return slots -> Arithmetic.compare(op, a.type(), slots[a.id()], slots[b.id()]) ? 1 : 0;
  }

  private static Step branch(Op.If branch, List<Value> onLeave, List<Value> onAgain) {
    int condition = branch.condition().id();
    Step thenArm = arm(branch.thenRegion(), branch.results(), onLeave, onAgain);
    Step elseArm = arm(branch.elseRegion(), branch.results(), onLeave, onAgain);
    return slots -> slots[condition] != 0 ? thenArm.run(slots) : elseArm.run(slots);
  }

  private static Step arm(
      Region arm, List<Value> results, List<Value> onLeave, List<Value> onAgain) {
    Step body = region(arm, onLeave, onAgain);
    if (!(arm.terminator() instanceof Terminator.Yield(var values))) {
      return body;
    }
    Step yield = move(values, results, Step.FALL_THROUGH);
    return slots -> {
      int next = body.run(slots);
      return next == Step.FALL_THROUGH ? yield.run(slots) : next;
    };
  }

  private static Step loop(Op.Loop loop) {
    Step enter = move(loop.initial(), loop.body().parameters(), Step.FALL_THROUGH);
    Step body = region(loop.body(), loop.results(), loop.body().parameters());
    return slots -> {
      int next = enter.run(slots);
      do {
        next = body.run(slots);
      } while (next == Step.AGAIN);
      return Step.FALL_THROUGH;
    };
  }
}
