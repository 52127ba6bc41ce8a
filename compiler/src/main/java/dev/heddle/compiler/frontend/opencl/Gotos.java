package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Replaces the gotos of a function by {@link Statement.Enclosure}s and jumps out of them. A jump
 * into a nested statement goes to a label before it, with a number that tells the statement where
 * to go on (Erosa and Hendren, "Taming control flow", 1994); what then remains are jumps to labels
 * of the same or an outer block, which {@link LabelBlocks} encloses.
 */
final class Gotos {
  private final Variable entry;
  private final Map<String, Integer> numbers = new HashMap<>();
  private int fresh;

  private Gotos(Span span) {
    entry = new Variable("entry", Qualified.of(CType.INT), Variable.Scope.BLOCK, span);
  }

  /** The same function body without gotos and labels; reports labels that are not there. */
  static Statement.Block structure(Statement.Block body, Diagnostics diagnostics) {
    Set<String> labels = new LinkedHashSet<>();
    List<Statement.Goto> jumps = new ArrayList<>();
    Walk.statements(body, s -> note(s, labels, jumps, diagnostics));
    for (Statement.Goto jump : jumps) {
      if (!labels.contains(jump.name())) {
        String hint = Suggestions.didYouMean(jump.name(), labels);
        diagnostics.error(
            jump.span(), "this function has no label '%s'%s".formatted(jump.name(), hint));
      }
    }
    if (labels.isEmpty() || diagnostics.hasErrors()) {
      return body;
    }
    return new Gotos(body.span()).function(body);
  }

  private static void note(
      Statement statement,
      Set<String> labels,
      List<Statement.Goto> jumps,
      Diagnostics diagnostics) {
    switch (statement) {
      case Statement.Label label -> {
        if (!labels.add(label.name())) {
          diagnostics.error(label.span(), "there is already a label '" + label.name() + "'");
        }
      }
      case Statement.Goto jump -> jumps.add(jump);
      default -> {}
    }
  }

  private Statement.Block function(Statement.Block body) {
    Statement.Block open = (Statement.Block) withoutSwitches(body);
    Statement.Block done = process(open);
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.Declare(entry, null, body.span()));
    statements.addAll(done.statements());
    return new Statement.Block(statements, body.span());
  }

  private String freshLabel(String what) {
    return what + "@" + fresh++;
  }

  // switches with labels inside

  /** A switch that labels stand in becomes jumps itself. */
  private Statement withoutSwitches(Statement statement) {
    Statement inner = mapChildren(statement, this::withoutSwitches);
    return inner instanceof Statement.Switch choice && !labelsIn(choice).isEmpty()
        ? SwitchJumps.of(choice, List.of(), null, freshLabel("switch"))
        : inner;
  }

  private static Statement mapChildren(Statement statement, UnaryOperator<Statement> map) {
    return switch (statement) {
      case Statement.Block block ->
          new Statement.Block(block.statements().stream().map(map).toList(), block.span());
      case Statement.If branch ->
          new Statement.If(
              branch.condition(),
              map.apply(branch.thenBranch()),
              branch.elseBranch() == null ? null : map.apply(branch.elseBranch()),
              branch.span());
      case Statement.Loop loop ->
          new Statement.Loop(
              loop.condition(), loop.testFirst(), loop.step(), map.apply(loop.body()), loop.span());
      case Statement.Switch choice ->
          new Statement.Switch(
              choice.selector(),
              choice.groups().stream()
                  .map(
                      g ->
                          new Statement.Group(
                              g.labels(),
                              g.isDefault(),
                              g.statements().stream().map(map).toList(),
                              g.span()))
                  .toList(),
              choice.span());
      case Statement.Enclosure enclosure ->
          new Statement.Enclosure(
              enclosure.id(),
              enclosure.loop(),
              (Statement.Block) map.apply(enclosure.body()),
              enclosure.span());
      case Statement.Expression _,
          Statement.Declare _,
          Statement.Label _,
          Statement.Goto _,
          Statement.Jump _,
          Statement.Break _,
          Statement.Continue _,
          Statement.Return _ ->
          statement;
    };
  }

  /** Replaces statements of one kind below, where {@code change} gives another one. */
  static Statement rewrite(Statement statement, UnaryOperator<Statement> change) {
    return change.apply(mapChildren(statement, child -> rewrite(child, change)));
  }

  static Set<String> labelsIn(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    Walk.statements(
        statement,
        s -> {
          if (s instanceof Statement.Label label) {
            names.add(label.name());
          }
        });
    return names;
  }

  static Set<String> targetsIn(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    Walk.statements(
        statement,
        s -> {
          if (s instanceof Statement.Goto jump) {
            names.add(jump.name());
          }
        });
    return names;
  }

  // jumps into statements

  private Statement.Block process(Statement.Block block) {
    List<Statement> children = inward(block.statements());
    List<Statement> processed = children.stream().map(this::processChild).toList();
    return LabelBlocks.enclose(new Statement.Block(processed, block.span()), this);
  }

  private Statement processChild(Statement child) {
    if (labelsIn(child).isEmpty() || child instanceof Statement.Label) {
      return child;
    }
    return child instanceof Statement.Block block
        ? process(block)
        : mapChildren(child, c -> processChild(asBlock(c)));
  }

  private static Statement.Block asBlock(Statement statement) {
    return statement instanceof Statement.Block block
        ? block
        : new Statement.Block(List.of(statement), statement.span());
  }

  /** Jumps from one child to a label nested in another go to a label before that one. */
  private List<Statement> inward(List<Statement> children) {
    List<Statement> result = new ArrayList<>(children);
    Map<Integer, Statement> before = new HashMap<>();
    for (int i = 0; i < children.size(); i++) {
      Set<String> entered = enteredFromOutside(children, i);
      if (entered.isEmpty()) {
        continue;
      }
      Statement.Label label = new Statement.Label(freshLabel("into"), children.get(i).span());
      before.put(i, label);
      for (int k = 0; k < result.size(); k++) {
        Statement child = result.get(k);
        result.set(k, k == i ? enter(child, entered) : redirect(child, entered, label.name()));
      }
    }
    List<Statement> labelled = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      if (before.containsKey(i)) {
        labelled.add(before.get(i));
      }
      labelled.add(result.get(i));
    }
    return labelled;
  }

  /** Labels nested in one child that others jump to. */
  private static Set<String> enteredFromOutside(List<Statement> children, int index) {
    if (children.get(index) instanceof Statement.Label) {
      return Set.of();
    }
    Set<String> nested = labelsIn(children.get(index));
    Set<String> wanted = new LinkedHashSet<>();
    for (int k = 0; k < children.size() && !nested.isEmpty(); k++) {
      if (k != index) {
        wanted.addAll(targetsIn(children.get(k)));
      }
    }
    return common(nested, wanted);
  }

  private Statement redirect(Statement from, Set<String> labels, String before) {
    return rewrite(
        from,
        s ->
            s instanceof Statement.Goto jump && labels.contains(jump.name())
                ? new Statement.Block(
                    List.of(
                        set(number(jump.name()), jump.span()),
                        new Statement.Goto(before, jump.span())),
                    jump.span())
                : s);
  }

  private int number(String label) {
    return numbers.computeIfAbsent(label, l -> numbers.size() + 1);
  }

  private Statement set(int value, Span span) {
    return assign(entry, value, span);
  }

  static Statement assign(Variable variable, int value, Span span) {
    Expr target = new Expr.VariableUse(variable, span);
    return new Statement.Expression(
        new Expr.Assign(target, new Expr.Literal(CType.INT, value, span), span), span);
  }

  static Expr equal(Variable variable, int value, Span span) {
    return new Expr.Comparison(
        Expr.Relation.EQUAL,
        new Expr.VariableUse(variable, span),
        new Expr.Literal(CType.INT, value, span),
        CType.INT,
        span);
  }

  private Expr entersAt(Set<String> labels, Span span) {
    Expr any = null;
    for (String label : labels) {
      Expr here = equal(entry, number(label), span);
      any = any == null ? here : new Expr.Logical(false, any, here, CType.INT, span);
    }
    return any == null ? new Expr.Literal(CType.INT, 0, span) : any;
  }

  private static Set<String> common(Set<String> wanted, Set<String> there) {
    Set<String> both = new LinkedHashSet<>(wanted);
    both.retainAll(there);
    return both;
  }

  /** The statement, so that it goes on at the label whose number is in the entry variable. */
  private Statement enter(Statement statement, Set<String> labels) {
    return switch (statement) {
      case Statement.Block block -> enterBlock(block, labels);
      case Statement.If branch -> enterIf(branch, labels);
      case Statement.Loop loop -> {
        Expr entered = entersAt(labels, loop.span());
        Expr condition =
            loop.condition() == null || !loop.testFirst()
                ? loop.condition()
                : new Expr.Logical(false, entered, loop.condition(), CType.INT, loop.span());
        Statement body = enter(asBlock(loop.body()), labels);
        yield new Statement.Loop(condition, loop.testFirst(), loop.step(), body, loop.span());
      }
      default -> throw new IllegalStateException("no labels can be inside " + statement);
    };
  }

  private Statement enterIf(Statement.If branch, Set<String> labels) {
    Span span = branch.span();
    Set<String> inThen = common(labels, labelsIn(branch.thenBranch()));
    Set<String> inElse = new LinkedHashSet<>(labels);
    inElse.removeAll(inThen);
    Expr notElse = new Expr.Not(entersAt(inElse, span), CType.INT, span);
    Expr asked = new Expr.Logical(true, notElse, branch.condition(), CType.INT, span);
    Expr condition = new Expr.Logical(false, entersAt(inThen, span), asked, CType.INT, span);
    Statement thenBranch =
        inThen.isEmpty() ? branch.thenBranch() : enter(asBlock(branch.thenBranch()), inThen);
    Statement elseBranch =
        inElse.isEmpty() || branch.elseBranch() == null
            ? branch.elseBranch()
            : enter(asBlock(branch.elseBranch()), inElse);
    return new Statement.If(condition, thenBranch, elseBranch, span);
  }

  private Statement enterBlock(Statement.Block block, Set<String> labels) {
    List<Statement> start = new ArrayList<>();
    List<Statement> rest = new ArrayList<>();
    for (Statement child : block.statements()) {
      Set<String> here = common(labels, labelsIn(child));
      Span span = child.span();
      if (child instanceof Statement.Label label && !here.isEmpty()) {
        Statement go =
            new Statement.Block(
                List.of(set(0, span), new Statement.Goto(label.name(), span)), span);
        start.add(new Statement.If(entersAt(here, span), go, null, span));
        rest.add(child);
      } else if (!here.isEmpty()) {
        String before = freshLabel("into");
        Statement go = new Statement.Goto(before, span);
        start.add(new Statement.If(entersAt(here, span), go, null, span));
        rest.add(new Statement.Label(before, span));
        rest.add(enter(child, here));
      } else {
        rest.add(child);
      }
    }
    start.addAll(rest);
    return new Statement.Block(start, block.span());
  }

  /** A number for an enclosure that no other has. */
  int freshEnclosure() {
    return fresh++;
  }
}
