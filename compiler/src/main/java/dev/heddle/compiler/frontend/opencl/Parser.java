package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.DeclarationParser.Declarator;
import dev.heddle.compiler.frontend.opencl.DeclarationParser.Specifiers;
import dev.heddle.compiler.ir.AddressSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Parses a translation unit: the definitions of functions and the constants of file scope. */
final class Parser {
  private final Tokens tokens;
  private final Diagnostics diagnostics;
  private final Scopes scopes = new Scopes();
  private final ExpressionParser expressions;
  private final DeclarationParser declarations;
  private final StatementParser statements;
  private final Map<String, FunctionSymbol> functions = new LinkedHashMap<>();

  private Parser(List<Token> input, Diagnostics diagnostics) {
    this.tokens = new Tokens(input, diagnostics);
    this.diagnostics = diagnostics;
    Typing typing = new Typing(diagnostics);
    this.expressions = new ExpressionParser(tokens, scopes, typing, diagnostics);
    this.declarations = new DeclarationParser(tokens, scopes, typing, expressions, diagnostics);
    expressions.connect(declarations);
    this.statements =
        new StatementParser(tokens, scopes, typing, expressions, declarations, diagnostics);
  }

  /** Parses a whole program. */
  static Unit parse(List<Token> input, Diagnostics diagnostics) {
    return new Parser(input, diagnostics).unit();
  }

  /** unit = { ";" | declaration | function }. */
  private Unit unit() {
    while (!tokens.peek().isEnd()) {
      int from = tokens.position();
      int depth = tokens.depth();
      try {
        if (!tokens.accept(";")) {
          external();
        }
      } catch (Tokens.SyntaxError reported) {
        tokens.restoreDepth(depth);
        statements.leaveFunction();
        tokens.skipDeclaration(from);
      }
    }
    Printing.addParameters(functions.values());
    return new Unit(List.copyOf(functions.values()), expressions.texts());
  }

  /** external = specifiers ( ";" | declarator ( body | { "," declarator } ";" ) ). */
  private void external() {
    Specifiers specifiers = declarations.specifiers();
    if (tokens.accept(";")) {
      return;
    }
    do {
      Declarator declarator = declarations.declarator(specifiers.type());
      Attributes attributes = new Attributes(tokens, expressions, diagnostics);
      attributes.parse();
      if (specifiers.isTypedef()) {
        declarations.typedef(declarator);
      } else if (declarator.parameters() == null) {
        declarations.variable(declarator);
      } else {
        FunctionSymbol function = function(specifiers, attributes, declarator);
        if (tokens.is("{")) {
          define(function, declarator);
          return;
        }
      }
    } while (tokens.accept(","));
    tokens.semicolon("after the declaration");
  }

  private FunctionSymbol function(
      Specifiers specifiers, Attributes attributes, Declarator declarator) {
    FunctionSymbol known = functions.get(declarator.name());
    FunctionSymbol function =
        known != null && sameSignature(known, declarator)
            ? known
            : new FunctionSymbol(
                declarator.name(),
                declarator.type().type(),
                Objects.requireNonNull(declarator.parameters()),
                declarator.span());
    if (known != null && known != function) {
      diagnostics.error(
          declarator.span(),
          "'%s' was declared differently at %s".formatted(known.name(), known.span()));
    } else if (known == null && scopes.findHere(declarator.name()) != null) {
      diagnostics.error(declarator.span(), "'" + declarator.name() + "' is declared twice here");
    }
    functions.putIfAbsent(declarator.name(), function);
    scopes.declare(declarator.name(), new Symbol.Callable(function));
    var size =
        attributes.requiredLocalSize().isPresent()
            ? attributes.requiredLocalSize()
            : specifiers.requiredLocalSize();
    function.declare(specifiers.kernel(), size);
    if (specifiers.kernel()) {
      checkKernel(function);
    }
    checkResult(function);
    return function;
  }

  private static boolean sameSignature(FunctionSymbol known, Declarator declarator) {
    List<Variable> parameters = declarator.parameters();
    if (parameters == null) {
      return false;
    }
    boolean same =
        known.result().equals(declarator.type().type())
            && known.parameters().size() == parameters.size();
    for (int i = 0; same && i < parameters.size(); i++) {
      same = known.parameters().get(i).type().equals(parameters.get(i).type());
    }
    return same;
  }

  private void checkResult(FunctionSymbol function) {
    if (function.result() instanceof CType.Opaque || function.result() instanceof CType.Array) {
      diagnostics.error(function.span(), "a function cannot return " + function.result().text());
    }
  }

  private void checkKernel(FunctionSymbol kernel) {
    if (!(kernel.result() instanceof CType.Void)) {
      diagnostics.error(kernel.span(), "a kernel returns void, not " + kernel.result().text());
    }
    for (Variable parameter : kernel.parameters()) {
      switch (parameter.type()) {
        case CType.Pointer pointer -> checkKernelPointer(parameter, pointer);
        default -> {}
      }
    }
  }

  private void checkKernelPointer(Variable parameter, CType.Pointer pointer) {
    if (pointer.target().type().isPointer()) {
      diagnostics.error(parameter.span(), "a kernel parameter cannot be a pointer to a pointer");
    } else if (pointer.target().space() == AddressSpace.PRIVATE) {
      diagnostics.error(
          parameter.span(),
          "the pointer '%s' of a kernel needs __global, __constant or __local"
              .formatted(parameter.name()));
    }
  }

  private void define(FunctionSymbol function, Declarator declarator) {
    if (function.body() != null) {
      diagnostics.error(declarator.span(), "'" + function.name() + "' is defined twice");
    }
    function.rename(Objects.requireNonNull(declarator.parameters()));
    function.define(statements.functionBody(function));
  }
}
