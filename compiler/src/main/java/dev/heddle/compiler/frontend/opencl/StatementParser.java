package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.DeclarationParser.Specifiers;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses statements (C99 section 6.8). */
final class StatementParser {
  private static final int MOST_ELSE_IFS = 1000;

  /** Values that {@code case a ... b} of GNU C may have. */
  private static final long WIDEST_RANGE = 1024;

  private final Tokens tokens;
  private final Scopes scopes;
  private final Typing typing;
  private final ExpressionParser expressions;
  private final DeclarationParser declarations;
  private final Diagnostics diagnostics;
  private @Nullable FunctionSymbol function;
  private int scopeDepth;
  private int loops;
  private int switches;
  private Deque<SwitchLabels> openSwitches = new ArrayDeque<>();

  private int switchCount;
  private int elseIfs;
  private boolean hasLabels;

  StatementParser(
      Tokens tokens,
      Scopes scopes,
      Typing typing,
      ExpressionParser expressions,
      DeclarationParser declarations,
      Diagnostics diagnostics) {
    this.tokens = tokens;
    this.scopes = scopes;
    this.typing = typing;
    this.expressions = expressions;
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  private void enterScope() {
    scopes.enter();
    scopeDepth++;
  }

  private void leaveScope() {
    scopes.leave();
    scopeDepth--;
  }

  /** Forgets the function being parsed, after an error in it that ended it. */
  void leaveFunction() {
    unwind(0);
    function = null;
    expressions.inside(null);
    loops = 0;
    switches = 0;
    openSwitches = new ArrayDeque<>();
    hasLabels = false;
  }

  private void unwind(int depth) {
    while (scopeDepth > depth) {
      leaveScope();
    }
  }

  Statement.Block functionBody(FunctionSymbol defined) {
    function = defined;
    expressions.inside(defined);
    enterScope();
    for (Variable parameter : defined.parameters()) {
      if (scopes.findHere(parameter.name()) != null) {
        diagnostics.error(parameter.span(), "there are two parameters '" + parameter.name() + "'");
      }
      scopes.declare(parameter.name(), new Symbol.Object(parameter));
    }
    Statement.Block block = block();
    Statement.Block structured = hasLabels ? Gotos.structure(block, diagnostics) : block;
    leaveFunction();
    return structured;
  }

  /** block = "{" { declaration | statement } "}". */
  private Statement.Block block() {
    Span span = tokens.expect("{", "to open the block").span();
    tokens.enter();
    enterScope();
    List<Statement> statements = new ArrayList<>();
    while (!tokens.is("}")) {
      if (tokens.peek().isEnd()) {
        throw tokens.error(span, "this block has no closing '}'");
      }
      recovering(statements);
    }
    tokens.next();
    leaveScope();
    tokens.leave();
    return new Statement.Block(statements, span);
  }

  private void recovering(List<Statement> statements) {
    int from = tokens.position();
    int depth = tokens.depth();
    int scope = scopeDepth;
    int outerLoops = loops;
    int outerSwitches = switches;
    Deque<SwitchLabels> outerLabels = new ArrayDeque<>(openSwitches);
    try {
      item(statements);
    } catch (Tokens.SyntaxError reported) {
      tokens.restoreDepth(depth);
      unwind(scope);
      loops = outerLoops;
      switches = outerSwitches;
      openSwitches = outerLabels;
      if (tokens.peek().isEnd()) {
        throw reported;
      }
      tokens.skipStatement(from);
    }
  }

  /** item = label | declaration | statement. */
  private void item(List<Statement> statements) {
    if (atLabel()) {
      statements.add(label());
    } else if (tokens.is("case") || tokens.is("default")) {
      statements.addAll(nestedCase());
    } else if (startsDeclaration()) {
      declaration(statements);
    } else {
      statements.add(statement());
    }
  }

  /** declaration = specifiers [ declarator [ "=" initialiser ] { "," ... } ] ";". */
  private void declaration(List<Statement> statements) {
    Specifiers specifiers = declarations.specifiers();
    if (tokens.accept(";")) {
      return;
    }
    do {
      DeclarationParser.Declarator declarator = declarations.declarator(specifiers.type());
      if (specifiers.isTypedef()) {
        declarations.typedef(declarator);
      } else if (declarator.parameters() == null) {
        statements.add(declarations.variable(declarator));
      } else {
        throw tokens.error(declarator.span(), "a function is declared outside of functions");
      }
    } while (tokens.accept(","));
    tokens.semicolon("after the declaration");
  }

  /** Also an unknown word before a name: a type that is misspelt. */
  private boolean startsDeclaration() {
    Token token = tokens.peek();
    if (declarations.startsType(token)) {
      return !isStatementAttribute();
    }
    return token.isIdentifier()
        && !Keywords.isKeyword(token.text())
        && scopes.find(token.text()) == null
        && tokens.peek(1).isIdentifier()
        && !tokens.peek(1).startOfLine();
  }

  /** label = name ":". */
  private boolean atLabel() {
    Token token = tokens.peek();
    return token.isIdentifier() && tokens.peek(1).is(":") && !Keywords.isKeyword(token.text());
  }

  private Statement label() {
    Token name = tokens.next();
    tokens.next();
    hasLabels = true;
    return new Statement.Label(name.text(), name.span());
  }

  /** An attribute before a statement is a hint, such as how often to unroll a loop. */
  private boolean isStatementAttribute() {
    if (!tokens.is("__attribute__")) {
      return false;
    }
    int start = tokens.position();
    new Attributes(tokens, expressions, diagnostics).parse();
    boolean statement = !declarations.startsType(tokens.peek());
    tokens.rewind(start);
    return statement;
  }

  private Statement statement() {
    tokens.enter();
    Statement result = plainStatement();
    tokens.leave();
    return result;
  }

  /** statement = block | ";" | if | for | while | do | switch | jump | expression ";". */
  private Statement plainStatement() {
    Token token = tokens.peek();
    Span span = token.span();
    if (token.is("{")) {
      return block();
    }
    if (token.kind() != Token.Kind.IDENTIFIER) {
      return expressionStatement();
    }
    return switch (token.text()) {
      case "if" -> conditional();
      case "for" -> forLoop();
      case "while" -> whileLoop();
      case "do" -> doLoop();
      case "switch" -> switchStatement();
      case "break" -> jump(new Statement.Break(span), loops + switches > 0);
      case "continue" -> jump(new Statement.Continue(span), loops > 0);
      case "return" -> returnStatement();
      case "goto" -> gotoStatement();
      case "case", "default" -> {
        List<Statement> labelled = new ArrayList<>(nestedCase());
        labelled.add(statement());
        yield new Statement.Block(labelled, span);
      }
      case "__attribute__" -> {
        new Attributes(tokens, expressions, diagnostics).parse();
        yield statement();
      }
      case "else" -> throw tokens.error(span, "this 'else' belongs to no 'if'");
      case "asm", "__asm__", "__asm" ->
          throw tokens.error(span, "inline assembly is not supported");
      default -> labelOrExpression();
    };
  }

  /** goto = "goto" name ";". */
  private Statement gotoStatement() {
    tokens.next();
    if (!tokens.peek().isIdentifier()) {
      throw tokens.missing("a label");
    }
    Token name = tokens.next();
    tokens.semicolon("after 'goto'");
    hasLabels = true;
    return new Statement.Goto(name.text(), name.span());
  }

  private Statement labelOrExpression() {
    Span span = tokens.span();
    if (atLabel()) {
      return new Statement.Block(List.of(label(), statement()), span);
    }
    return expressionStatement();
  }

  private Statement expressionStatement() {
    Span span = tokens.span();
    if (tokens.accept(";")) {
      return new Statement.Block(List.of(), span);
    }
    Expr expression = expressions.expression();
    tokens.semicolon("after this statement");
    return new Statement.Expression(expression, span);
  }

  private Expr condition() {
    tokens.expect("(", "before the condition");
    Expr condition = typing.condition(expressions.expression());
    tokens.expect(")", "after the condition");
    return condition;
  }

  /** if = "if" "(" expression ")" statement [ "else" statement ]. */
  private Statement conditional() {
    Span span = tokens.next().span();
    Expr condition = condition();
    Statement thenBranch = scoped();
    if (!tokens.accept("else")) {
      return new Statement.If(condition, thenBranch, null, span);
    }
    // a chain of these is long, not deep
    Statement elseBranch = tokens.is("if") && ++elseIfs < MOST_ELSE_IFS ? conditional() : scoped();
    elseIfs = 0;
    return new Statement.If(condition, thenBranch, elseBranch, span);
  }

  /** A statement with a scope of its own. */
  private Statement scoped() {
    if (declarations.startsType(tokens.peek()) && !tokens.peek(1).is(":")) {
      throw tokens.error(tokens.span(), "a declaration needs a block here: put it in { }");
    }
    enterScope();
    Statement result = statement();
    leaveScope();
    return result;
  }

  private Statement loopBody() {
    loops++;
    Statement body = scoped();
    loops--;
    return body;
  }

  /** for = "for" "(" ( declaration | [ expression ] ";" ) [ expression ] ";" [ ... ] ")" body. */
  private Statement forLoop() {
    Span span = tokens.next().span();
    enterScope();
    tokens.expect("(", "after 'for'");
    List<Statement> statements = new ArrayList<>();
    if (declarations.startsType(tokens.peek())) {
      declaration(statements);
    } else if (!tokens.accept(";")) {
      Span start = tokens.span();
      statements.add(new Statement.Expression(expressions.expression(), start));
      tokens.expect(";", "after the start of the loop");
    }
    Expr condition = null;
    if (!tokens.is(";")) {
      condition = typing.condition(expressions.expression());
    }
    tokens.expect(";", "after the condition of the loop");
    Expr step = tokens.is(")") ? null : expressions.expression();
    tokens.expect(")", "after the step of the loop");
    statements.add(new Statement.Loop(condition, true, step, loopBody(), span));
    leaveScope();
    return statements.size() == 1 ? statements.getFirst() : new Statement.Block(statements, span);
  }

  /** while = "while" "(" expression ")" statement. */
  private Statement whileLoop() {
    Span span = tokens.next().span();
    Expr condition = condition();
    return new Statement.Loop(condition, true, null, loopBody(), span);
  }

  /** do = "do" statement "while" "(" expression ")" ";". */
  private Statement doLoop() {
    Span span = tokens.next().span();
    Statement body = loopBody();
    tokens.expect("while", "after the body of 'do'");
    Expr condition = condition();
    tokens.semicolon("after the condition of 'do'");
    return new Statement.Loop(condition, false, null, body, span);
  }

  private Statement jump(Statement statement, boolean allowed) {
    Token word = tokens.next();
    if (!allowed) {
      String where = word.is("break") ? "a loop or switch" : "a loop";
      diagnostics.error(word.span(), "'" + word.text() + "' belongs inside " + where);
    }
    tokens.semicolon("after '" + word.text() + "'");
    return allowed ? statement : new Statement.Block(List.of(), word.span());
  }

  private Statement returnStatement() {
    Span span = tokens.next().span();
    Expr value = tokens.is(";") ? null : expressions.expression();
    tokens.semicolon("after 'return'");
    if (function == null) {
      return new Statement.Return(null, span);
    }
    CType result = function.result();
    if (value == null) {
      if (!(result instanceof CType.Void)) {
        diagnostics.error(
            span, "'" + function.name() + "' returns " + result.text() + "; a value is missing");
      }
      return new Statement.Return(null, span);
    }
    if (result instanceof CType.Void) {
      if (!(value.type() instanceof CType.Void) && !value.type().isInvalid()) {
        diagnostics.error(span, "'" + function.name() + "' returns void, so no value fits here");
      }
      return new Statement.Block(
          List.of(new Statement.Expression(value, span), new Statement.Return(null, span)), span);
    }
    return new Statement.Return(typing.conversions().implicit(value, result, "returned"), span);
  }

  /** The labels of a switch that is being read. */
  private static final class SwitchLabels {
    final Expr selector;
    final String name;
    final Set<Long> seen = new HashSet<>();
    final List<SwitchJumps.Case> nested = new ArrayList<>();
    @Nullable String nestedDefault;
    boolean defaultSeen;

    SwitchLabels(Expr selector, String name) {
      this.selector = selector;
      this.name = name;
    }
  }

  /** switch = "switch" "(" expression ")" ( "{" { label | item } "}" | statement ). */
  private Statement switchStatement() {
    Span span = tokens.next().span();
    tokens.expect("(", "after 'switch'");
    Expr selector = selector();
    tokens.expect(")", "after the value of 'switch'");
    SwitchLabels labels = new SwitchLabels(selector, "case" + switchCount++);
    tokens.enter();
    enterScope();
    switches++;
    openSwitches.push(labels);
    List<Statement.Group> groups = groups(labels);
    openSwitches.pop();
    switches--;
    leaveScope();
    tokens.leave();
    Statement.Switch choice = new Statement.Switch(selector, groups, span);
    boolean jumps = !labels.nested.isEmpty() || labels.nestedDefault != null;
    return jumps && !selector.type().isInvalid()
        ? SwitchJumps.of(choice, labels.nested, labels.nestedDefault, labels.name)
        : choice;
  }

  /** A label inside a statement of a switch: a place to jump to. */
  private List<Statement> nestedCase() {
    Token word = tokens.peek();
    SwitchLabels labels = openSwitches.peek();
    if (labels == null) {
      throw tokens.error(word.span(), "'" + word.text() + "' belongs inside a switch");
    }
    List<Long> values = new ArrayList<>();
    boolean isDefault = labels(labels, values);
    String name = labels.name + "@" + switchCount++;
    values.forEach(value -> labels.nested.add(new SwitchJumps.Case(value, name)));
    labels.nestedDefault = isDefault ? name : labels.nestedDefault;
    hasLabels = true;
    return List.of(new Statement.Label(name, word.span()));
  }

  private Expr selector() {
    Span span = tokens.span();
    Expr value = typing.conversions().promote(expressions.expression());
    return value.type().isInteger() || value.type().isInvalid()
        ? value
        : typing.mistake(span, "a switch needs an integer, this is " + value.type().text());
  }

  private List<Statement.Group> groups(SwitchLabels switchLabels) {
    List<Statement.Group> groups = new ArrayList<>();
    Span open = tokens.span();
    if (!tokens.accept("{")) {
      Statement only = statement();
      return List.of(new Statement.Group(List.of(), false, List.of(only), open));
    }
    while (!tokens.is("}")) {
      Span span = tokens.span();
      List<Long> labels = new ArrayList<>();
      boolean isDefault = labels(switchLabels, labels);
      List<Statement> statements = new ArrayList<>();
      while (!tokens.is("case") && !tokens.is("default") && !tokens.is("}")) {
        if (tokens.peek().isEnd()) {
          throw tokens.error(open, "this block has no closing '}'");
        }
        recovering(statements);
      }
      groups.add(new Statement.Group(labels, isDefault, statements, span));
    }
    tokens.next();
    return groups;
  }

  /** { "case" constant ":" | "default" ":" }; true if default is among them. */
  private boolean labels(SwitchLabels known, List<Long> labels) {
    boolean isDefault = false;
    while (tokens.is("case") || tokens.is("default")) {
      Span span = tokens.span();
      if (tokens.next().is("default")) {
        isDefault = true;
        if (known.defaultSeen) {
          diagnostics.error(span, "this switch has a second 'default'");
        }
        known.defaultSeen = true;
      } else {
        addLabel(known, labels, span);
      }
      tokens.expect(":", "after the label");
    }
    return isDefault;
  }

  private void addLabel(SwitchLabels known, List<Long> labels, Span span) {
    Long first = expressions.constant("a label of a switch");
    boolean range = tokens.accept("...");
    Long last = range ? expressions.constant("a label of a switch") : first;
    ElementType element = known.selector.type().elementOrNull();
    if (first == null || last == null || element == null) {
      return;
    }
    if (last < first || Long.compareUnsigned(last - first, WIDEST_RANGE) >= 0) {
      diagnostics.error(
          span, "a range of labels has 1 to " + WIDEST_RANGE + " values, from the lower one on");
      return;
    }
    for (long value = first; value <= last; value++) {
      long bits = Arithmetic.truncate(element.type(), value);
      labels.add(bits);
      if (!known.seen.add(bits)) {
        diagnostics.error(span, "this switch has two labels of the value " + value);
      }
    }
  }
}
