package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Statement.Group;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A switch as comparisons and gotos, for what groups cannot express: labels inside statements. */
final class SwitchJumps {
  /** A case label somewhere below the body of a switch. */
  record Case(long value, String label) {}

  private SwitchJumps() {}

  /**
   * The jumps.
   *
   * @param nested the labels that stand inside statements
   * @param nestedDefault where {@code default} stands inside a statement; null if it does not
   */
  static Statement of(
      Statement.Switch choice, List<Case> nested, @Nullable String nestedDefault, String name) {
    Span span = choice.span();
    Expr selector = choice.selector();
    List<Case> cases = new ArrayList<>(nested);
    List<Statement> body = new ArrayList<>();
    String otherwise = nestedDefault;
    int count = 0;
    for (Group group : choice.groups()) {
      String label = name + "." + count++;
      body.add(new Statement.Label(label, group.span()));
      group.labels().forEach(value -> cases.add(new Case(value, label)));
      otherwise = group.isDefault() ? label : otherwise;
      body.addAll(group.statements());
    }
    String end = name + ".end";
    Variable value =
        new Variable("selector", Qualified.of(selector.type()), Variable.Scope.BLOCK, span);
    List<Statement> all = new ArrayList<>();
    Statement.Part initial = new Statement.Part(0, selector.type(), selector);
    all.add(new Statement.Declare(value, List.of(initial), span));
    Statement choose = new Statement.Goto(otherwise == null ? end : otherwise, span);
    for (Case label : cases.reversed()) {
      Expr equal =
          new Expr.Comparison(
              Expr.Relation.EQUAL,
              new Expr.VariableUse(value, span),
              new Expr.Literal((CType.Scalar) selector.type(), label.value(), span),
              CType.INT,
              span);
      choose = new Statement.If(equal, new Statement.Goto(label.label(), span), choose, span);
    }
    all.add(choose);
    for (Statement statement : body) {
      all.add(withoutBreaks(statement, end));
    }
    all.add(new Statement.Label(end, span));
    return new Statement.Block(all, span);
  }

  /** A break that belongs to the switch becomes a jump to its end. */
  private static Statement withoutBreaks(Statement statement, String end) {
    return switch (statement) {
      case Statement.Break jump -> new Statement.Goto(end, jump.span());
      case Statement.Block block ->
          new Statement.Block(
              block.statements().stream().map(s -> withoutBreaks(s, end)).toList(), block.span());
      case Statement.If branch ->
          new Statement.If(
              branch.condition(),
              withoutBreaks(branch.thenBranch(), end),
              branch.elseBranch() == null ? null : withoutBreaks(branch.elseBranch(), end),
              branch.span());
      default -> statement;
    };
  }
}
