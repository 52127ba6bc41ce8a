package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Statement.Declare;
import dev.heddle.compiler.frontend.opencl.Statement.Part;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses types, declarators and declarations of variables (C99 section 6.7). */
final class DeclarationParser {
  private static final long MOST_BYTES = 64 << 20;
  private static final int MOST_POINTERS = 8;
  private static final int MOST_DIMENSIONS = 16;

  /** What stands before the declarators. */
  record Specifiers(
      Qualified type,
      boolean isTypedef,
      boolean kernel,
      Optional<List<Integer>> requiredLocalSize,
      Span span) {}

  /**
   * A name with its type.
   *
   * @param parameters for a function, whose result the type is; else null
   */
  record Declarator(String name, Span span, Qualified type, @Nullable List<Variable> parameters) {}

  private final Tokens tokens;
  private final Scopes scopes;
  private final Typing typing;
  private final ExpressionParser expressions;
  private final TypeParser types;
  private final Diagnostics diagnostics;

  DeclarationParser(
      Tokens tokens,
      Scopes scopes,
      Typing typing,
      ExpressionParser expressions,
      Diagnostics diagnostics) {
    this.tokens = tokens;
    this.scopes = scopes;
    this.typing = typing;
    this.expressions = expressions;
    this.diagnostics = diagnostics;
    this.types = new TypeParser(tokens, scopes, expressions, this, diagnostics);
  }

  boolean startsType(Token token) {
    return types.startsType(token);
  }

  Specifiers specifiers() {
    return types.specifiers();
  }

  /** type-name = specifiers abstract-declarator. */
  CType typeName() {
    Declarator declarator = declarator(specifiers().type());
    if (!declarator.name().isEmpty() || declarator.parameters() != null) {
      throw tokens.error(declarator.span(), "a type without a name is expected here");
    }
    return declarator.type().type();
  }

  /** declarator = { "*" qualifiers } ( name | "(" declarator ")" | nothing ) suffix. */
  Declarator declarator(Qualified base) {
    Qualified type = pointers(base);
    Attributes attributes = new Attributes(tokens, expressions, diagnostics);
    attributes.parse();
    Span span = tokens.span();
    if (tokens.is("(") && nested()) {
      return nestedDeclarator(type);
    }
    String name = "";
    if (tokens.peek().isIdentifier() && !Keywords.isKeyword(tokens.peek().text())) {
      name = tokens.next().text();
    }
    if (tokens.is("(") && !name.isEmpty()) {
      return new Declarator(name, span, type, parameters());
    }
    return new Declarator(name, span, arrays(type), null);
  }

  private Qualified pointers(Qualified base) {
    Qualified type = base;
    int count = 0;
    while (tokens.is("*")) {
      Span span = tokens.next().span();
      if (++count > MOST_POINTERS) {
        throw diagnostics.fatal(span, "a pointer of more than " + MOST_POINTERS + " levels");
      }
      type = pointerQualifiers(Qualified.of(new CType.Pointer(type)));
    }
    return type;
  }

  private Qualified pointerQualifiers(Qualified pointer) {
    Qualified type = pointer;
    while (true) {
      String word = tokens.peek().isIdentifier() ? tokens.peek().text() : "";
      AddressSpace space = Keywords.space(word);
      if (Keywords.isConst(word)) {
        type = type.asConstant();
      } else if (space != null) {
        type = type.in(space);
      } else if (!Keywords.isIgnored(word)) {
        return type;
      }
      tokens.next();
    }
  }

  private boolean nested() {
    Token inner = tokens.peek(1);
    return inner.is("*") || inner.is("(") || inner.isIdentifier() && !startsType(inner);
  }

  /** The part in parentheses applies last: the suffix behind it is read first. */
  private Declarator nestedDeclarator(Qualified base) {
    tokens.enter();
    Span span = tokens.span();
    int open = tokens.position();
    tokens.skipBalanced();
    if (tokens.is("(")) {
      throw tokens.error(span, "pointers to functions do not exist in OpenCL C");
    }
    Qualified type = arrays(base);
    int end = tokens.position();
    tokens.rewind(open + 1);
    Declarator inner = declarator(type);
    tokens.expect(")", "after the declarator");
    tokens.rewind(end);
    tokens.leave();
    return inner;
  }

  /** { "[" [ constant ] "]" }; only the first length may be left out. */
  private Qualified arrays(Qualified element) {
    List<Long> lengths = new ArrayList<>();
    Span span = tokens.span();
    while (tokens.is("[")) {
      Span bracket = tokens.next().span();
      while (Keywords.isConst(tokens.peek().text()) || Keywords.isIgnored(tokens.peek().text())) {
        tokens.next();
      }
      lengths.add(tokens.is("]") && lengths.isEmpty() ? -1L : length(bracket));
      tokens.expect("]", "after the length of the array");
      if (lengths.size() > MOST_DIMENSIONS) {
        throw diagnostics.fatal(
            bracket, "an array of more than " + MOST_DIMENSIONS + " dimensions");
      }
    }
    CType type = element.type();
    for (int i = lengths.size() - 1; i >= 0; i--) {
      type = new CType.Array(type, lengths.get(i));
      if (type.size() > MOST_BYTES || type.size() < 0) {
        diagnostics.error(span, "this array is larger than " + (MOST_BYTES >> 20) + " MiB");
        type = new CType.Array(element.type(), 1);
      }
    }
    if (!lengths.isEmpty() && element.type() instanceof CType.Void) {
      throw tokens.error(span, "there are no arrays of void");
    }
    return element.withType(type);
  }

  private long length(Span span) {
    Long length = expressions.constant("the length of an array");
    if (length == null) {
      return 1;
    }
    if (length <= 0 || length > MOST_BYTES) {
      diagnostics.error(
          span, "the length of an array is from 1 to " + MOST_BYTES + ", not " + length);
      return 1;
    }
    return length;
  }

  /** parameters = "(" [ "void" | parameter { "," parameter } ] ")". */
  private List<Variable> parameters() {
    tokens.expect("(", "before the parameters");
    List<Variable> result = new ArrayList<>();
    if (tokens.is("void") && tokens.peek(1).is(")")) {
      tokens.next();
    }
    while (!tokens.is(")")) {
      if (tokens.is("...")) {
        throw tokens.error(tokens.span(), "functions with '...' are not supported");
      }
      Specifiers specifiers = specifiers();
      Declarator declarator = declarator(specifiers.type());
      new Attributes(tokens, expressions, diagnostics).parse();
      result.add(parameter(declarator, result.size()));
      if (!tokens.accept(",")) {
        break;
      }
    }
    tokens.expect(")", "after the parameters");
    return result;
  }

  private Variable parameter(Declarator declarator, int index) {
    Qualified type = declarator.type();
    if (declarator.parameters() != null) {
      throw tokens.error(declarator.span(), "pointers to functions do not exist in OpenCL C");
    }
    if (type.type() instanceof CType.Array array) {
      type = Qualified.of(new CType.Pointer(type.withType(array.element())));
    }
    checkObject(type.type(), declarator.span());
    String name = declarator.name().isEmpty() ? "p" + index : declarator.name();
    return new Variable(name, type, Variable.Scope.PARAMETER, declarator.span());
  }

  /** Reports types that no variable or parameter can have. */
  private void checkObject(CType type, Span span) {
    CType inner = type;
    while (inner instanceof CType.Array array) {
      inner = array.element();
    }
    if (inner instanceof CType.Void) {
      diagnostics.error(span, "nothing can have the type void");
    } else if (inner instanceof CType.Opaque opaque) {
      diagnostics.error(
          span, opaque.name() + " is not supported yet (images and samplers are missing)");
    } else if (inner instanceof CType.Struct struct && !struct.isComplete()) {
      diagnostics.error(span, struct.text() + " is declared without its members");
    }
  }

  /** initialiser = assignment | string | "{" [ item { "," item } [ "," ] ] "}". */
  private Initialiser initialiser() {
    if (tokens.peek().kind() == Token.Kind.STRING) {
      Span span = tokens.span();
      return new Initialiser.Text(new Bytes(expressions.stringBytes()), span);
    }
    if (!tokens.is("{")) {
      return new Initialiser.Value(expressions.assignment());
    }
    tokens.enter();
    Span span = tokens.next().span();
    List<Initialiser.Item> items = new ArrayList<>();
    while (!tokens.is("}")) {
      items.add(item());
      if (!tokens.accept(",")) {
        break;
      }
    }
    tokens.expect("}", "after the values");
    tokens.leave();
    return new Initialiser.Braced(items, span);
  }

  /** item = { "." name | "[" constant "]" } [ "=" ] initialiser. */
  private Initialiser.Item item() {
    List<Initialiser.Designator> designators = new ArrayList<>();
    while (tokens.is(".") || tokens.is("[")) {
      Span span = tokens.span();
      if (tokens.next().is(".")) {
        designators.add(new Initialiser.Designator(tokens.next().text(), 0, span));
      } else {
        Long index = expressions.constant("a designator");
        tokens.expect("]", "after the designator");
        boolean fits = index != null && index >= 0 && index < MOST_BYTES;
        if (index != null && !fits) {
          diagnostics.error(span, "no array has an element of the number " + index);
        }
        designators.add(new Initialiser.Designator(null, fits ? index : 0, span));
      }
    }
    if (!designators.isEmpty()) {
      tokens.expect("=", "after the designator");
    }
    return new Initialiser.Item(designators, initialiser());
  }

  /** A compound literal: an unnamed variable with an initialiser. */
  Expr compoundLiteral(CType type, Span span) {
    Initialisers.Laid laid = new Initialisers(typing, diagnostics).lay(type, initialiser());
    checkObject(laid.type(), span);
    Variable variable =
        new Variable("literal", Qualified.of(laid.type()), Variable.Scope.BLOCK, span);
    return new Expr.Compound(variable, new Declare(variable, laid.parts(), span), span);
  }

  /** Declares a typedef. */
  void typedef(Declarator declarator) {
    if (declarator.parameters() != null) {
      throw tokens.error(declarator.span(), "types of functions do not exist in OpenCL C");
    }
    requireName(declarator);
    scopes.declare(declarator.name(), new Symbol.TypeName(declarator.type()));
  }

  private void requireName(Declarator declarator) {
    if (declarator.name().isEmpty()) {
      throw tokens.missing("a name");
    }
  }

  /** Declares a variable and reads its initialiser. */
  Declare variable(Declarator declarator) {
    requireName(declarator);
    boolean file = scopes.atFileScope();
    Variable variable =
        new Variable(
            declarator.name(),
            declarator.type(),
            file ? Variable.Scope.FILE : Variable.Scope.BLOCK,
            declarator.span());
    new Attributes(tokens, expressions, diagnostics).parse();
    if (scopes.findHere(variable.name()) != null) {
      diagnostics.error(variable.span(), "'" + variable.name() + "' is declared twice here");
    }
    scopes.declare(variable.name(), new Symbol.Object(variable));
    List<Part> initial = null;
    if (tokens.accept("=")) {
      Initialiser initialiser = initialiser();
      if (variable.type() instanceof CType.Array array
          && initialiser instanceof Initialiser.Value value
          && value.expression() instanceof Expr.Compound compound) {
        variable.complete(array.length() < 0 ? compound.type() : array);
        initial = compound.declaration().initial();
      } else {
        Initialisers.Laid laid =
            new Initialisers(typing, diagnostics).lay(variable.type(), initialiser);
        variable.complete(laid.type());
        initial = laid.parts();
      }
      noteConstant(variable, initial);
    }
    check(variable, initial != null);
    return settle(new Declare(variable, initial, variable.span()));
  }

  /** A {@code const int} of a block may be the length of an array, as Clang has it. */
  private static void noteConstant(Variable variable, @Nullable List<Part> initial) {
    boolean number = variable.qualified().constant() && variable.type().isInteger();
    boolean inBlock = variable.scope() == Variable.Scope.BLOCK;
    if (number && inBlock && initial != null && initial.size() == 1) {
      variable.setConstant(Constants.evaluate(initial.getFirst().value()));
    }
  }

  private void check(Variable variable, boolean initialised) {
    checkObject(variable.type(), variable.span());
    Qualified type = variable.qualified();
    if (type.type().size() > MOST_BYTES) {
      diagnostics.error(
          variable.span(),
          "'" + variable.name() + "' is larger than " + (MOST_BYTES >> 20) + " MiB");
    }
    if (type.type() instanceof CType.Array array && array.length() < 0) {
      diagnostics.error(variable.span(), "the length of '" + variable.name() + "' is missing");
      variable.complete(new CType.Array(array.element(), 1));
    }
    if (type.space() == AddressSpace.LOCAL && initialised) {
      diagnostics.error(
          variable.span(),
          "a __local variable cannot be initialised; assign to it, then use a barrier");
    }
    if (type.space() == AddressSpace.LOCAL && variable.scope() == Variable.Scope.FILE) {
      diagnostics.error(variable.span(), "a __local variable belongs inside a kernel");
    }
    if (type.space() == AddressSpace.GLOBAL) {
      diagnostics.error(
          variable.span(),
          "a variable cannot lie in __global memory; only a pointer can point there");
    }
    if (holdsPointer(type)) {
      diagnostics.error(
          variable.span(),
          "a pointer in memory is not supported: arrays of pointers and __local pointers");
    }
  }

  private static boolean holdsPointer(Qualified type) {
    CType inner = type.type();
    boolean array = inner instanceof CType.Array;
    while (inner instanceof CType.Array a) {
      inner = a.element();
    }
    return inner.isPointer() && (array || type.space() == AddressSpace.LOCAL);
  }

  /** Gives constants of file scope, and constant arrays, their content. */
  private Declare settle(Declare declare) {
    Variable variable = declare.variable();
    boolean file = variable.scope() == Variable.Scope.FILE;
    boolean constant =
        variable.qualified().constant() || variable.qualified().space() == AddressSpace.CONSTANT;
    boolean array = constant && variable.type() instanceof CType.Array;
    if (file && !constant) {
      diagnostics.warning(
          variable.span(),
          "'" + variable.name() + "' is not __constant; it is taken as a constant");
    }
    if (file && declare.initial() == null && !diagnostics.hasErrors()) {
      diagnostics.error(
          variable.span(), "the constant '" + variable.name() + "' needs an initialiser");
    }
    if ((file || array || variable.qualified().space() == AddressSpace.CONSTANT)
        && declare.initial() != null) {
      boolean mustBe = file || variable.qualified().space() == AddressSpace.CONSTANT;
      ConstantContent.settle(variable, declare.initial(), mustBe ? diagnostics : null);
    }
    return declare;
  }
}
