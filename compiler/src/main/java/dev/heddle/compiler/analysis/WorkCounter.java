package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.CostClass;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what a work-item does, each op times how often it is executed. */
final class WorkCounter {
  private final Map<CostClass, Double> narrow = new EnumMap<>(CostClass.class);
  private final Map<CostClass, Double> wide = new EnumMap<>(CostClass.class);
  private final Map<AccessClass, Double> read = new EnumMap<>(AccessClass.class);
  private final Map<AccessClass, Double> written = new EnumMap<>(AccessClass.class);
  private double onChip;
  private double atomics;
  private double barriers;
  private boolean estimated;

  /** Notes that the counts are a guess. */
  void guess() {
    estimated = true;
  }

  void count(Op op, double weight) {
    switch (op) {
      case Op.Unary unary -> add(unary.op().cost(), unary.operand().type(), weight);
      case Op.Binary binary -> add(binary.op().cost(), binary.left().type(), weight);
      case Op.Compare compare -> add(CostClass.SIMPLE, compare.left().type(), weight);
      case Op.Select select -> add(CostClass.SIMPLE, select.result().type(), weight);
      case Op.Fma fma -> add(CostClass.FLOAT, fma.result().type(), weight);
      case Op.Convert convert -> countConversion(convert, weight);
      case Op.Builtin builtin -> add(CostClass.TRANSCENDENTAL, builtin.result().type(), weight);
      case Op.Barrier barrier -> barriers += weight;
      default -> {}
    }
  }

  private void countConversion(Op.Convert convert, double weight) {
    Type from = convert.operand().type();
    Type to = convert.result().type();
    boolean floats = from.isFloat() || to.isFloat();
    boolean moves = from.bits() == to.bits() && from.isFloat() != to.isFloat();
    add(
        floats && !moves ? CostClass.FLOAT : CostClass.SIMPLE,
        from.bits() > to.bits() ? from : to,
        weight);
  }

  private void add(CostClass cost, Type type, double weight) {
    (type.bits() > 32 ? wide : narrow).merge(cost, weight, Double::sum);
  }

  void count(Touch touch) {
    double bytes = touch.bytes() * touch.weight();
    AddressSpace space = touch.root().space();
    if (touch.kind() == Touch.Kind.ATOMIC) {
      atomics += touch.weight();
    }
    if (space == AddressSpace.LOCAL || space == AddressSpace.PRIVATE) {
      onChip += bytes;
      return;
    }
    AccessClass how = classify(touch);
    if (touch.reads()) {
      read.merge(how, bytes, Double::sum);
    }
    if (touch.writes()) {
      written.merge(how, bytes, Double::sum);
    }
  }

  private static AccessClass classify(Touch touch) {
    Double step = step(touch.offset());
    if (step == null) {
      return AccessClass.GATHERED;
    }
    if (step == 0) {
      return AccessClass.UNIFORM;
    }
    return Math.abs(step) == touch.bytes() ? AccessClass.CONTIGUOUS : AccessClass.STRIDED;
  }

  /** By how much a form grows from lane to lane, roughly; null if there is no telling. */
  private static @Nullable Double step(Form form) {
    double sum = 0;
    for (int i = 0; i < form.terms.length; i++) {
      Double step = step(form.terms[i]);
      if (step == null) {
        return null;
      }
      sum += step * form.coefficients[i];
    }
    return sum;
  }

  private static @Nullable Double step(Term term) {
    if (!term.varies) {
      return 0.0;
    }
    return switch (term.kind) {
      case GLOBAL_ID, LOCAL_ID -> 1.0;
      // nearly always that of the form itself, but for the few lanes where it turns over
      case REMAINDER -> step(term.operands.getFirst());
      case QUOTIENT -> term.by >= 16 ? Double.valueOf(0) : null;
      case MINIMUM, MAXIMUM, CHOICE -> {
        Double first = step(term.operands.get(0));
        Double second = step(term.operands.get(1));
        if (first == null || second == null) {
          yield null;
        }
        yield Math.abs(first) > Math.abs(second) ? first : second;
      }
      case GROUP_ID, COUNTER, PRODUCT, OPAQUE -> null;
    };
  }

  WorkEstimate estimate(long footprint) {
    return new Counted(
        Map.copyOf(narrow),
        Map.copyOf(wide),
        Map.copyOf(read),
        Map.copyOf(written),
        onChip,
        atomics,
        barriers,
        footprint,
        estimated);
  }

  private record Counted(
      Map<CostClass, Double> narrow,
      Map<CostClass, Double> wide,
      Map<AccessClass, Double> read,
      Map<AccessClass, Double> written,
      double bytesOnChip,
      double atomics,
      double barriers,
      long footprint,
      boolean estimated)
      implements WorkEstimate {
    @Override
    public double operations(CostClass cost, boolean is64) {
      return (is64 ? wide : narrow).getOrDefault(cost, 0.0);
    }

    @Override
    public double operations() {
      return narrow.values().stream().mapToDouble(Double::doubleValue).sum()
          + wide.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public double bytesRead(AccessClass access) {
      return read.getOrDefault(access, 0.0);
    }

    @Override
    public double bytesWritten(AccessClass access) {
      return written.getOrDefault(access, 0.0);
    }
  }
}
