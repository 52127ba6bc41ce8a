package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A typed statement. */
sealed interface Statement {
  Span span();

  record Block(List<Statement> statements, Span span) implements Statement {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  record Expression(Expr expression, Span span) implements Statement {}

  /**
   * A variable comes into being.
   *
   * @param initial what its parts are set to, in order; null if it has no initialiser
   */
  record Declare(Variable variable, @Nullable List<Part> initial, Span span) implements Statement {}

  /** One part of an initialiser: {@code value}, of type {@code type}, goes to that byte offset. */
  record Part(long offset, CType type, Expr value) {}

  record If(Expr condition, Statement thenBranch, @Nullable Statement elseBranch, Span span)
      implements Statement {}

  /**
   * {@code for}, {@code while} and {@code do}.
   *
   * @param testFirst false for {@code do}
   */
  record Loop(
      @Nullable Expr condition, boolean testFirst, @Nullable Expr step, Statement body, Span span)
      implements Statement {}

  record Switch(Expr selector, List<Group> groups, Span span) implements Statement {}

  /**
   * The statements behind one or more labels, up to the next label.
   *
   * @param labels values, already in the selector's type
   * @param isDefault whether {@code default} is among them
   */
  record Group(List<Long> labels, boolean isDefault, List<Statement> statements, Span span) {}

  /** A label of {@code goto}; only in what the parser makes, as {@link Goto}. */
  record Label(String name, Span span) implements Statement {}

  record Goto(String name, Span span) implements Statement {}

  /**
   * Statements that {@link Jump}s inside refer to; {@link LabelBlocks} makes them of labels.
   *
   * @param loop whether a jump starts the body again; else it leaves it. The end of the body leaves
   *     it either way
   */
  record Enclosure(int id, boolean loop, Block body, Span span) implements Statement {}

  /** Starts the enclosing {@link Enclosure} of that number again, or leaves it. */
  record Jump(int enclosure, Span span) implements Statement {}

  record Break(Span span) implements Statement {}

  record Continue(Span span) implements Statement {}

  record Return(@Nullable Expr value, Span span) implements Statement {}
}
