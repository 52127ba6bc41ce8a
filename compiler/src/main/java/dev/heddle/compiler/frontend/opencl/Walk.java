package dev.heddle.compiler.frontend.opencl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits the expressions below a statement or an expression. */
final class Walk {
  private Walk() {}

  static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.Literal _, Expr.Null _, Expr.VariableUse _, Expr.Invalid _ -> List.of();
      case Expr.Unary e -> List.of(e.operand());
      case Expr.Not e -> List.of(e.operand());
      case Expr.Binary e -> List.of(e.left(), e.right());
      case Expr.Comparison e -> List.of(e.left(), e.right());
      case Expr.PointerComparison e -> List.of(e.left(), e.right());
      case Expr.Logical e -> List.of(e.left(), e.right());
      case Expr.Conditional e -> List.of(e.condition(), e.ifTrue(), e.ifFalse());
      case Expr.Comma e -> List.of(e.left(), e.right());
      case Expr.Assign e -> List.of(e.target(), e.value());
      case Expr.CompoundAssign e -> List.of(e.target(), e.value());
      case Expr.PointerAssign e -> List.of(e.target(), e.index());
      case Expr.Increment e -> List.of(e.target());
      case Expr.Convert e -> List.of(e.operand());
      case Expr.Dereference e -> List.of(e.pointer());
      case Expr.Member e -> List.of(e.base());
      case Expr.Swizzle e -> List.of(e.base());
      case Expr.VectorLiteral e -> e.parts();
      case Expr.AddressOf e -> List.of(e.place());
      case Expr.Decay e -> List.of(e.array());
      case Expr.PointerAdd e -> List.of(e.pointer(), e.index());
      case Expr.PointerDifference e -> List.of(e.left(), e.right());
      case Expr.Call e -> e.arguments();
      case Expr.BuiltinCall e -> e.arguments();
      case Expr.Compound e -> values(e.declaration());
    };
  }

  private static List<Expr> values(Statement.Declare declare) {
    return declare.initial() == null
        ? List.of()
        : declare.initial().stream().map(Statement.Part::value).toList();
  }

  /** Visits an expression and all below it. */
  static void each(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    for (Expr child : children(expr)) {
      each(child, visitor);
    }
  }

  /** Visits a statement and all below it. */
  static void statements(@Nullable Statement statement, Consumer<Statement> visitor) {
    if (statement == null) {
      return;
    }
    visitor.accept(statement);
    switch (statement) {
      case Statement.Block block -> block.statements().forEach(s -> statements(s, visitor));
      case Statement.If branch -> {
        statements(branch.thenBranch(), visitor);
        statements(branch.elseBranch(), visitor);
      }
      case Statement.Loop loop -> statements(loop.body(), visitor);
      case Statement.Switch choice ->
          choice.groups().forEach(g -> g.statements().forEach(s -> statements(s, visitor)));
      case Statement.Enclosure enclosure -> statements(enclosure.body(), visitor);
      case Statement.Expression _,
          Statement.Declare _,
          Statement.Label _,
          Statement.Goto _,
          Statement.Jump _,
          Statement.Break _,
          Statement.Continue _,
          Statement.Return _ -> {}
    }
  }

  /** The expressions that stand directly in a statement. */
  static List<Expr> expressions(Statement statement) {
    List<@Nullable Expr> all = new ArrayList<>();
    switch (statement) {
      case Statement.Expression expression -> all.add(expression.expression());
      case Statement.Declare declare -> all.addAll(values(declare));
      case Statement.If branch -> all.add(branch.condition());
      case Statement.Loop loop -> {
        all.add(loop.condition());
        all.add(loop.step());
      }
      case Statement.Switch choice -> all.add(choice.selector());
      case Statement.Return result -> all.add(result.value());
      case Statement.Block _,
          Statement.Enclosure _,
          Statement.Label _,
          Statement.Goto _,
          Statement.Jump _,
          Statement.Break _,
          Statement.Continue _ -> {}
    }
    all.removeIf(e -> e == null);
    return List.copyOf(all);
  }

  /** Visits every expression below a statement. */
  static void expressions(Statement statement, Consumer<Expr> visitor) {
    statements(statement, s -> expressions(s).forEach(e -> each(e, visitor)));
  }

  /** The variables that something below the statement assigns to. */
  static Set<Variable> assigned(Statement statement) {
    Set<Variable> result = new LinkedHashSet<>();
    expressions(statement, e -> noteAssigned(e, result));
    return result;
  }

  private static void noteAssigned(Expr expr, Set<Variable> result) {
    Expr target =
        switch (expr) {
          case Expr.Assign e -> e.target();
          case Expr.CompoundAssign e -> e.target();
          case Expr.PointerAssign e -> e.target();
          case Expr.Increment e -> e.target();
          default -> null;
        };
    while (target instanceof Expr.Swizzle swizzle) {
      target = swizzle.base();
    }
    if (target instanceof Expr.VariableUse use) {
      result.add(use.variable());
    }
  }

  /** Whether a {@code continue} below belongs to the loop whose body this is. */
  static boolean continues(Statement body) {
    return switch (body) {
      case Statement.Continue _ -> true;
      case Statement.Block block -> block.statements().stream().anyMatch(Walk::continues);
      case Statement.Enclosure enclosure -> continues(enclosure.body());
      case Statement.If branch ->
          continues(branch.thenBranch())
              || branch.elseBranch() != null && continues(branch.elseBranch());
      case Statement.Switch choice ->
          choice.groups().stream().anyMatch(g -> g.statements().stream().anyMatch(Walk::continues));
      default -> false;
    };
  }

  /** Whether a {@code break} below belongs to the loop or switch around this. */
  static boolean breaks(Statement body) {
    return switch (body) {
      case Statement.Break _ -> true;
      case Statement.Block block -> block.statements().stream().anyMatch(Walk::breaks);
      case Statement.Enclosure enclosure -> breaks(enclosure.body());
      case Statement.If branch ->
          breaks(branch.thenBranch()) || branch.elseBranch() != null && breaks(branch.elseBranch());
      default -> false;
    };
  }
}
