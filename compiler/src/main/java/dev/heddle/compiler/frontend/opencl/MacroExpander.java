package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Token.HideSet;
import dev.heddle.compiler.frontend.opencl.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Expands macros in a stream of tokens, with hide sets: a token that came out of a macro's
 * expansion is never expanded by that macro again (Prosser's algorithm, which the C standard's text
 * describes).
 */
final class MacroExpander {
  /** Tokens that expansions may produce in one compilation, and their depth in arguments. */
  private static final int MOST_EXPANDED = 4_000_000;

  private static final int DEEPEST = 100;

  /** What all expanders of one compilation share. */
  static final class Shared {
    final MacroTable macros;
    final Diagnostics diagnostics;
    int expanded;

    Shared(MacroTable macros, Diagnostics diagnostics) {
      this.macros = macros;
      this.diagnostics = diagnostics;
    }
  }

  private final Shared shared;
  private final Supplier<Token> source;
  private final int depth;
  private final Deque<Token> pending = new ArrayDeque<>();

  MacroExpander(Shared shared, Supplier<Token> source) {
    this(shared, source, 0);
  }

  private MacroExpander(Shared shared, Supplier<Token> source, int depth) {
    this.shared = shared;
    this.source = source;
    this.depth = depth;
  }

  /** Expands a list on its own, as an argument or a directive's line. */
  static List<Token> expand(Shared shared, List<Token> tokens) {
    return expand(shared, tokens, 0);
  }

  private static List<Token> expand(Shared shared, List<Token> tokens, int depth) {
    if (tokens.isEmpty()) {
      return tokens;
    }
    Token last = tokens.getLast();
    Token end = new Token(Kind.END, "", last.span(), true, false);
    MacroExpander expander = new MacroExpander(shared, () -> end, depth);
    expander.pending.addAll(tokens);
    List<Token> result = new ArrayList<>();
    for (Token t = expander.next(); !t.isEnd(); t = expander.next()) {
      result.add(t);
    }
    return result;
  }

  /** The next token that no macro replaces. */
  Token next() {
    while (true) {
      Token token = raw();
      if (!token.isIdentifier() || token.hides(token.text())) {
        return token;
      }
      Token special = shared.macros.special(token);
      if (special != null) {
        return special;
      }
      Macro macro = shared.macros.find(token.text());
      if (macro == null || !tryExpand(macro, token)) {
        return token;
      }
    }
  }

  private Token raw() {
    Token waiting = pending.poll();
    return waiting != null ? waiting : source.get();
  }

  private boolean tryExpand(Macro macro, Token use) {
    if (!macro.functionLike()) {
      HideSet hidden = new HideSet(macro.name(), use.hidden());
      pushBack(new Substitution(macro, List.of(), List.of(), use).run(), hidden, use);
      return true;
    }
    Token open = raw();
    if (!open.is("(")) {
      pending.push(open);
      return false;
    }
    List<List<Token>> arguments = new ArrayList<>();
    Token close = collect(macro, use, arguments);
    if (close == null || !fits(macro, use, arguments)) {
      return true;
    }
    HideSet common = HideSet.intersection(use.hidden(), close.hidden());
    List<Token> body = new Substitution(macro, arguments, expanded(macro, arguments), use).run();
    pushBack(body, new HideSet(macro.name(), common), use);
    return true;
  }

  /** Each argument fully expanded, where the body asks for it so. */
  private List<List<Token>> expanded(Macro macro, List<List<Token>> arguments) {
    if (depth >= DEEPEST) {
      throw shared.diagnostics.fatal(
          macro.span(), "macro arguments nest deeper than " + DEEPEST + " levels");
    }
    return arguments.stream().map(a -> expand(shared, a, depth + 1)).toList();
  }

  private void pushBack(List<Token> body, HideSet hidden, Token use) {
    count(body.size() + 1, use);
    for (int i = body.size() - 1; i >= 0; i--) {
      Token token = body.get(i);
      pending.push(token.withHidden(HideSet.union(token.hidden(), hidden)));
    }
  }

  private void count(int tokens, Token use) {
    shared.expanded += tokens;
    if (shared.expanded > MOST_EXPANDED) {
      throw shared.diagnostics.fatal(
          use.span(),
          "macros expand to more than "
              + MOST_EXPANDED
              + " tokens; '"
              + use.text()
              + "' grew last");
    }
  }

  /** Reads arguments up to the closing parenthesis and returns that; null if it is missing. */
  private @Nullable Token collect(Macro macro, Token use, List<List<Token>> arguments) {
    List<Token> current = new ArrayList<>();
    int nesting = 0;
    while (true) {
      Token token = raw();
      if (token.isEnd()) {
        pending.push(token);
        shared.diagnostics.error(
            use.span(), "the arguments of macro '" + macro.name() + "' have no closing ')'");
        return null;
      }
      boolean rest = macro.variadic() && arguments.size() >= macro.parameters().size() - 1;
      if (nesting == 0 && token.is(")")) {
        arguments.add(current);
        return token;
      }
      if (nesting == 0 && token.is(",") && !rest) {
        arguments.add(current);
        current = new ArrayList<>();
        continue;
      }
      nesting += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      current.add(token);
      count(1, use);
    }
  }

  private boolean fits(Macro macro, Token use, List<List<Token>> arguments) {
    int wanted = macro.parameters().size();
    if (wanted == 0 && arguments.size() == 1 && arguments.getFirst().isEmpty()) {
      arguments.clear();
    }
    if (macro.variadic() && arguments.size() == wanted - 1) {
      arguments.add(List.of());
    }
    if (arguments.size() == wanted) {
      return true;
    }
    shared.diagnostics.error(
        use.span(),
        "macro '%s' takes %d argument%s, but %d %s given"
            .formatted(
                macro.name(),
                wanted,
                wanted == 1 ? "" : "s",
                arguments.size(),
                arguments.size() == 1 ? "is" : "are"));
    return false;
  }

  /** Replaces parameters, {@code #} and {@code ##} in the body of one use of a macro. */
  private final class Substitution {
    private final Macro macro;
    private final List<List<Token>> arguments;
    private final List<List<Token>> expanded;
    private final Token use;
    private final List<Token> out = new ArrayList<>();

    Substitution(Macro macro, List<List<Token>> arguments, List<List<Token>> expanded, Token use) {
      this.macro = macro;
      this.arguments = arguments;
      this.expanded = expanded;
      this.use = use;
    }

    List<Token> run() {
      List<Token> body = macro.body();
      for (int i = 0; i < body.size(); i++) {
        Token token = body.get(i);
        boolean space = i == 0 ? use.spaceBefore() : token.spaceBefore();
        if (token.is("##") && i > 0 && i + 1 < body.size()) {
          pasteNext(body.get(++i));
        } else if (token.is("#") && macro.functionLike() && parameter(body, i + 1) >= 0) {
          out.add(stringify(arguments.get(parameter(body, ++i)), space));
        } else if (parameter(body, i) >= 0) {
          boolean pasted = i + 1 < body.size() && body.get(i + 1).is("##");
          insert((pasted ? arguments : expanded).get(parameter(body, i)), space, pasted);
        } else {
          out.add(token.at(use.span(), space));
        }
      }
      out.removeIf(t -> t.kind() == Kind.END);
      return out;
    }

    private int parameter(List<Token> body, int i) {
      return i < body.size() && body.get(i).isIdentifier()
          ? macro.parameters().indexOf(body.get(i).text())
          : -1;
    }

    /** An empty argument beside a {@code ##} leaves a mark, so that the paste finds it. */
    private void insert(List<Token> argument, boolean space, boolean pasted) {
      if (argument.isEmpty() && pasted) {
        out.add(new Token(Kind.END, "", use.span(), false, space));
      }
      for (int k = 0; k < argument.size(); k++) {
        Token token = argument.get(k);
        out.add(token.at(token.span(), k == 0 ? space : token.spaceBefore()));
      }
    }

    private void pasteNext(Token right) {
      int index = macro.parameters().indexOf(right.text());
      boolean variable = index >= 0 && right.isIdentifier();
      List<Token> rights = variable ? arguments.get(index) : List.of(right.at(use.span(), false));
      boolean rest = variable && macro.variadic() && index == macro.parameters().size() - 1;
      if (rest && !out.isEmpty() && out.getLast().is(",")) {
        commaBeforeRest(rights);
        return;
      }
      if (rights.isEmpty()) {
        return;
      }
      Token left = out.isEmpty() ? null : out.removeLast();
      Token first = rights.getFirst();
      out.add(left == null || left.kind() == Kind.END ? first : paste(left, first));
      for (Token token : rights.subList(1, rights.size())) {
        out.add(token.at(token.span(), token.spaceBefore()));
      }
    }

    /** GNU: {@code , ## __VA_ARGS__} drops the comma where there is nothing more. */
    private void commaBeforeRest(List<Token> rest) {
      if (rest.isEmpty()) {
        out.removeLast();
      } else {
        insert(MacroExpander.expand(shared, rest, depth + 1), true, false);
      }
    }

    private Token paste(Token left, Token right) {
      String joined = left.text() + right.text();
      List<Token> again = Lexer.tokens(new SourceFile(use.span().file(), joined));
      if (again.size() != 2 || again.getFirst().kind() == Kind.BAD) {
        shared.diagnostics.error(
            use.span(), "'##' in macro '" + macro.name() + "' makes '" + joined + "', no token");
        return left;
      }
      HideSet hidden = HideSet.intersection(left.hidden(), right.hidden());
      return again.getFirst().at(use.span(), left.spaceBefore()).withHidden(hidden);
    }

    private Token stringify(List<Token> argument, boolean space) {
      StringBuilder text = new StringBuilder("\"");
      for (Token token : argument) {
        if (token.spaceBefore() && text.length() > 1) {
          text.append(' ');
        }
        boolean literal = token.kind() == Kind.STRING || token.kind() == Kind.CHARACTER;
        text.append(
            literal ? token.text().replace("\\", "\\\\").replace("\"", "\\\"") : token.text());
      }
      return new Token(Kind.STRING, text.append('"').toString(), use.span(), false, space);
    }
  }
}
