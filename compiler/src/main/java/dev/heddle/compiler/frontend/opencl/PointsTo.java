package dev.heddle.compiler.frontend.opencl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/**
 * Which objects each pointer variable of a function may point into, whatever the order of its
 * assignments. An object is named by its variable; a pointer parameter names what it points into.
 */
final class PointsTo {
  private record Flow(Expr from, Variable to) {}

  private final Map<Variable, Set<Variable>> objects = new HashMap<>();
  private final BiFunction<PointsTo, Expr.Call, Set<Variable>> returned;

  /**
   * @param returned the objects that the pointer returned by a call may point into, given what its
   *     arguments point into
   */
  PointsTo(FunctionSymbol function, BiFunction<PointsTo, Expr.Call, Set<Variable>> returned) {
    this.returned = returned;
    for (Variable parameter : function.parameters()) {
      if (parameter.type().isPointer()) {
        set(parameter).add(parameter);
      }
    }
    List<Flow> flows = new ArrayList<>();
    Statement body = Objects.requireNonNull(function.body());
    Walk.statements(body, s -> declared(s, flows));
    Walk.expressions(body, e -> assigned(e, flows));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Flow flow : flows) {
        changed |= set(flow.to()).addAll(of(flow.from()));
      }
    }
  }

  private Set<Variable> set(Variable variable) {
    return objects.computeIfAbsent(variable, v -> new LinkedHashSet<>());
  }

  private static void declared(Statement statement, List<Flow> flows) {
    if (statement instanceof Statement.Declare declare
        && declare.variable().type().isPointer()
        && declare.initial() != null) {
      declare.initial().forEach(p -> flows.add(new Flow(p.value(), declare.variable())));
    }
  }

  private static void assigned(Expr expr, List<Flow> flows) {
    if (expr instanceof Expr.Assign assign
        && assign.type().isPointer()
        && assign.target() instanceof Expr.VariableUse use) {
      flows.add(new Flow(assign.value(), use.variable()));
    }
  }

  /** The objects of a variable, ordered by their numbers. */
  List<Variable> of(Variable variable, ToIntFunction<Variable> number) {
    return set(variable).stream().sorted(Comparator.comparingInt(number)).toList();
  }

  /** The objects that the value of a pointer expression may point into. */
  Set<Variable> of(Expr pointer) {
    return switch (pointer) {
      case Expr.VariableUse use -> Set.copyOf(set(use.variable()));
      case Expr.AddressOf address -> ofPlace(address.place());
      case Expr.Decay decay -> ofPlace(decay.array());
      case Expr.PointerAdd add -> of(add.pointer());
      case Expr.Convert convert -> of(convert.operand());
      case Expr.Comma comma -> of(comma.right());
      case Expr.Assign assign -> of(assign.value());
      case Expr.PointerAssign assign -> of(assign.target());
      case Expr.Increment increment -> of(increment.target());
      case Expr.Conditional conditional -> {
        Set<Variable> both = new LinkedHashSet<>(of(conditional.ifTrue()));
        both.addAll(of(conditional.ifFalse()));
        yield both;
      }
      case Expr.Call call -> returned.apply(this, call);
      default -> Set.of();
    };
  }

  private Set<Variable> ofPlace(Expr place) {
    return switch (place) {
      case Expr.VariableUse use -> Set.of(use.variable());
      case Expr.Dereference dereference -> of(dereference.pointer());
      case Expr.Member member -> ofPlace(member.base());
      case Expr.Swizzle swizzle -> ofPlace(swizzle.base());
      case Expr.Compound compound -> Set.of(compound.variable());
      default -> Set.of();
    };
  }
}
