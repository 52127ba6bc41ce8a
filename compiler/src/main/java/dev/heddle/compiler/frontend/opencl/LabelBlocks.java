package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Encloses the parts of a block between its labels, so that jumps to the labels leave an enclosure
 * (forward) or start one again (backward). Where that is not possible, because a jump goes into the
 * middle of a loop made of labels, a variable holds the number of the part to go on with.
 */
final class LabelBlocks {
  /** The statements from one label to the next; the first part has no label. */
  private record Part(String label, List<Statement> statements, Span span) {}

  /** An enclosure to be made around some parts, both ends included. */
  private static final class Range {
    final int label;
    final boolean loop;
    final int id;
    int first;
    int last;

    Range(int label, boolean loop, int id, int first, int last) {
      this.label = label;
      this.loop = loop;
      this.id = id;
      this.first = first;
      this.last = last;
    }
  }

  private final Gotos gotos;
  private final List<Part> parts;
  private final Span span;
  private final List<Range> ranges = new ArrayList<>();

  private LabelBlocks(Gotos gotos, List<Part> parts, Span span) {
    this.gotos = gotos;
    this.parts = parts;
    this.span = span;
  }

  /** The same block without labels among its statements. */
  static Statement.Block enclose(Statement.Block block, Gotos gotos) {
    Set<String> wanted = new LinkedHashSet<>();
    block.statements().forEach(s -> wanted.addAll(Gotos.targetsIn(s)));
    List<Part> parts = parts(block, wanted);
    if (parts.size() == 1) {
      return new Statement.Block(parts.getFirst().statements(), block.span());
    }
    List<Statement> declared = new ArrayList<>();
    List<Part> bare = parts.stream().map(p -> hoist(p, declared)).toList();
    declared.addAll(new LabelBlocks(gotos, bare, block.span()).enclosed());
    return new Statement.Block(declared, block.span());
  }

  private static List<Part> parts(Statement.Block block, Set<String> wanted) {
    List<Part> parts = new ArrayList<>();
    List<Statement> current = new ArrayList<>();
    parts.add(new Part("", current, block.span()));
    for (Statement statement : block.statements()) {
      if (!(statement instanceof Statement.Label label)) {
        current.add(statement);
      } else if (wanted.contains(label.name())) {
        current = new ArrayList<>();
        parts.add(new Part(label.name(), current, label.span()));
      }
    }
    return parts;
  }

  /** A variable may be used behind the label after its declaration: it is declared before all. */
  private static Part hoist(Part part, List<Statement> declared) {
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : part.statements()) {
      if (!(statement instanceof Statement.Declare declare) || declare.variable().inMemory()) {
        statements.add(statement);
        continue;
      }
      declared.add(new Statement.Declare(declare.variable(), null, declare.span()));
      if (declare.initial() != null && !declare.initial().isEmpty()) {
        Expr target = new Expr.VariableUse(declare.variable(), declare.span());
        Expr value = declare.initial().getFirst().value();
        statements.add(
            new Statement.Expression(
                new Expr.Assign(target, value, declare.span()), declare.span()));
      }
    }
    return new Part(part.label(), statements, part.span());
  }

  private List<Statement> enclosed() {
    for (int i = 1; i < parts.size(); i++) {
      addRanges(i);
    }
    return nest() ? emit(0, parts.size() - 1, sorted(), 0) : dispatch();
  }

  private void addRanges(int label) {
    int firstJump = -1;
    int lastJump = -1;
    for (int i = 0; i < parts.size(); i++) {
      for (Statement statement : parts.get(i).statements()) {
        if (Gotos.targetsIn(statement).contains(parts.get(label).label())) {
          firstJump = firstJump < 0 ? i : firstJump;
          lastJump = i;
        }
      }
    }
    if (firstJump >= 0 && firstJump < label) {
      ranges.add(new Range(label, false, gotos.freshEnclosure(), firstJump, label - 1));
    }
    if (lastJump >= label) {
      ranges.add(new Range(label, true, gotos.freshEnclosure(), label, lastJump));
    }
  }

  /** Widens ranges until none cross; false if a jump goes into the middle of a loop. */
  private boolean nest() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Range a : ranges) {
        for (Range b : ranges) {
          boolean cross = a.first < b.first && b.first <= a.last && a.last < b.last;
          if (cross && !a.loop && b.loop) {
            return false;
          }
          if (cross) {
            // a loop may end later, and what is left by a jump may begin earlier
            a.last = a.loop && b.loop ? b.last : a.last;
            b.first = b.loop ? b.first : a.first;
            changed = true;
          }
        }
      }
    }
    return true;
  }

  /** Outer ranges before inner ones; a block around a loop over the same parts. */
  private List<Range> sorted() {
    return ranges.stream()
        .sorted(
            Comparator.comparingInt((Range r) -> r.first)
                .thenComparingInt(r -> -r.last)
                .thenComparing(r -> r.loop))
        .toList();
  }

  private List<Statement> emit(int first, int last, List<Range> sorted, int from) {
    List<Statement> result = new ArrayList<>();
    int part = first;
    int next = from;
    while (part <= last) {
      Range range = next < sorted.size() ? sorted.get(next) : null;
      if (range == null || range.first > part) {
        parts.get(part).statements().forEach(s -> result.add(jumps(s)));
        part++;
        continue;
      }
      int end = next + 1;
      while (end < sorted.size() && sorted.get(end).first <= range.last) {
        end++;
      }
      List<Statement> body = emit(range.first, range.last, sorted.subList(0, end), next + 1);
      Span place = parts.get(range.label).span();
      result.add(
          new Statement.Enclosure(range.id, range.loop, new Statement.Block(body, place), place));
      part = range.last + 1;
      next = end;
    }
    return result;
  }

  /** Gotos as jumps. A forward jump leaves the block before its label, any other starts a loop. */
  private Statement jumps(Statement statement) {
    Map<String, Integer> loops = new HashMap<>();
    Map<String, Integer> blocks = new HashMap<>();
    for (Range range : ranges) {
      (range.loop ? loops : blocks).put(parts.get(range.label).label(), range.id);
    }
    int part = partOf(statement);
    return Gotos.rewrite(
        statement,
        s -> {
          if (!(s instanceof Statement.Goto jump)) {
            return s;
          }
          boolean backward = indexOf(jump.name()) >= 0 && indexOf(jump.name()) <= part;
          Integer id = (backward ? loops : blocks).get(jump.name());
          return id == null ? s : new Statement.Jump(id, jump.span());
        });
  }

  private int partOf(Statement statement) {
    for (int i = 0; i < parts.size(); i++) {
      for (Statement here : parts.get(i).statements()) {
        if (here == statement) {
          return i;
        }
      }
    }
    throw new IllegalStateException("a statement of no part");
  }

  private int indexOf(String label) {
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).label().equals(label)) {
        return i;
      }
    }
    return -1;
  }

  private List<Statement> dispatch() {
    Variable state = new Variable("state", Qualified.of(CType.INT), Variable.Scope.BLOCK, span);
    int id = gotos.freshEnclosure();
    List<Statement> body = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<Statement> statements =
          parts.get(i).statements().stream().map(s -> dispatched(s, state, id)).toList();
      Expr reached =
          new Expr.Comparison(
              Expr.Relation.LESS_EQUAL,
              new Expr.VariableUse(state, span),
              new Expr.Literal(CType.INT, i, span),
              CType.INT,
              span);
      body.add(new Statement.If(reached, new Statement.Block(statements, span), null, span));
    }
    return List.of(
        new Statement.Declare(state, null, span),
        new Statement.Enclosure(id, true, new Statement.Block(body, span), span));
  }

  private Statement dispatched(Statement statement, Variable state, int id) {
    return Gotos.rewrite(
        statement,
        s ->
            s instanceof Statement.Goto jump && indexOf(jump.name()) >= 0
                ? new Statement.Block(
                    List.of(
                        Gotos.assign(state, indexOf(jump.name()), span),
                        new Statement.Jump(id, jump.span())),
                    jump.span())
                : s);
  }
}
