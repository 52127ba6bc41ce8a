package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where NaNs have to be made canonical. Arithmetic yields one NaN by definition; the hardware
 * yields several. A NaN in a <em>loose</em> value (a computed one) stands for the canonical NaN
 * whatever its bits are; in any other value its bits count. Emitters make a loose value canonical
 * where its bits become visible and nowhere else.
 */
public final class NanFlow {
  /** A value whose bits go into another unchanged, but for the sign. */
  private record Move(Value from, Value to, boolean changesSign) {}

  private final List<Move> moves = new ArrayList<>();
  private final Set<Value> computed = new HashSet<>();
  private final Set<Value> exact = new HashSet<>();
  private final Set<Value> seen = new HashSet<>();
  private final Map<Integer, Op.Loop> loops = new HashMap<>();

  public NanFlow(Function function) {
    for (Parameter parameter : function.parameters()) {
      if (parameter instanceof Parameter.Scalar scalar) {
        exact.add(scalar.value());
      }
    }
    visit(function.body(), List.of());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Move move : moves) {
        // sign changes of a loose value give exact bits, once it is made canonical
        boolean loses = move.changesSign() || exact.contains(move.from());
        changed |= loses && exact.add(move.to());
        changed |= seen.contains(move.to()) && seen.add(move.from());
        changed |= computed.contains(move.from()) && computed.add(move.to());
      }
    }
  }

  /** Whether NaNs in this value stand for the canonical NaN. Integers and BOOL: never. */
  public boolean loose(Value value) {
    return computed.contains(value) && !exact.contains(value);
  }

  /**
   * Whether {@code operand} has to be made canonical when it is moved or sign-changed into {@code
   * result}: by a select, an FNEG or FABS, or as a yielded, broken or continued value that becomes
   * a result or parameter. For stores and bit casts {@link #loose} alone decides.
   */
  public boolean canonicalInto(Value operand, Value result) {
    return loose(operand) && exact.contains(result) && seen.contains(result);
  }

  /** Whether the bits of a NaN in this value may become visible, here or after moves. */
  public boolean seen(Value value) {
    return seen.contains(value);
  }

  private void visit(Region region, List<Value> yielded) {
    for (Op op : region.ops()) {
      visit(op);
    }
    List<Value> to =
        switch (region.terminator()) {
          case Terminator.Yield yield -> yielded;
          case Terminator.Break leave -> Objects.requireNonNull(loops.get(leave.label())).results();
          case Terminator.Continue again ->
              Objects.requireNonNull(loops.get(again.label())).body().parameters();
          case Terminator.Return end -> List.of();
        };
    for (int i = 0; i < to.size(); i++) {
      move(region.terminator().values().get(i), to.get(i));
    }
  }

  private void visit(Op op) {
    switch (op) {
      case Op.If branch -> {
        visit(branch.thenRegion(), branch.results());
        visit(branch.elseRegion(), branch.results());
      }
      case Op.Loop loop -> {
        loops.put(loop.label(), loop);
        for (int i = 0; i < loop.initial().size(); i++) {
          move(loop.initial().get(i), loop.body().parameters().get(i));
        }
        visit(loop.body(), List.of());
      }
      case Op.Select select -> {
        move(select.ifTrue(), select.result());
        move(select.ifFalse(), select.result());
      }
      case Op.Unary unary -> unary(unary);
      case Op.Binary binary -> compute(binary.result());
      case Op.Fma fma -> compute(fma.result());
      case Op.Builtin builtin -> compute(builtin.result());
      case Op.Convert convert -> convert(convert);
      case Op.Store store -> seen.addAll(store.values());
      case Op.Load load -> exact.addAll(load.results());
      case Op.Atomic atomic -> {
        seen.addAll(atomic.operands());
        exact.addAll(atomic.results());
      }
      case Op.Constant constant -> {
        if (isOtherNan(constant)) {
          exact.add(constant.result());
        }
      }
      default -> {}
    }
  }

  private void unary(Op.Unary unary) {
    switch (unary.op()) {
      case FNEG, FABS -> moves.add(new Move(unary.operand(), unary.result(), true));
      default -> compute(unary.result());
    }
  }

  private void convert(Op.Convert convert) {
    switch (convert.op()) {
      case BITCAST -> {
        seen.add(convert.operand());
        exact.add(convert.result());
      }
      case F_EXTEND, F_TRUNC -> compute(convert.result());
      default -> {}
    }
  }

  private void compute(Value result) {
    if (hasLooseNans(result.type())) {
      computed.add(result);
    }
  }

  private void move(Value from, Value to) {
    if (hasLooseNans(to.type())) {
      moves.add(new Move(from, to, false));
    }
  }

  /** A conversion to F16 makes its NaN canonical itself, and F16 has no arithmetic. */
  private static boolean hasLooseNans(Type type) {
    return type == Type.F32 || type == Type.F64;
  }

  /** Whether it is a NaN other than the canonical one. */
  private static boolean isOtherNan(Op.Constant constant) {
    return switch (constant.result().type()) {
      case F32 -> {
        float value = Float.intBitsToFloat((int) constant.bits());
        yield value != value && constant.bits() != 0x7FC0_0000L;
      }
      case F64 -> {
        double value = Double.longBitsToDouble(constant.bits());
        yield value != value && constant.bits() != 0x7FF8_0000_0000_0000L;
      }
      default -> false;
    };
  }
}
