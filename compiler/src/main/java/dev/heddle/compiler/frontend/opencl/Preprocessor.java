package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Token.Kind;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs directives, expands macros, and hands on plain tokens of C. */
final class Preprocessor {
  private static final int DEEPEST_INCLUDE = 60;
  private static final int DEEPEST_CONDITIONAL = 1000;
  private static final int MOST_CHARACTERS = 16 << 20;
  private static final List<String> DIRECTIVES =
      List.of(
          "define", "undef", "include", "if", "ifdef", "ifndef", "elif", "else", "endif", "error",
          "warning", "line", "pragma");

  /** A file being read. */
  private static final class Input {
    final SourceFile file;
    final List<Token> tokens;
    final int conditionals;
    int at;
    int lineShift;
    String shownName;

    Input(SourceFile file, int conditionals) {
      this.file = file;
      this.tokens = Lexer.tokens(file);
      this.conditionals = conditionals;
      this.shownName = file.name();
    }

    Token peek() {
      return tokens.get(at);
    }

    /** The place of a token after {@code #line}. */
    Token placed(Token token) {
      boolean moved = lineShift != 0 || !shownName.equals(file.name());
      return moved ? token.withSpan(placed(token.span())) : token;
    }

    Span placed(Span span) {
      return new Span(shownName, Math.max(0, span.line() + lineShift), span.column());
    }
  }

  /** An {@code #if} that waits for its {@code #endif}. */
  private static final class Conditional {
    final Span opened;
    boolean taken;
    boolean elseSeen;

    Conditional(Span opened, boolean taken) {
      this.opened = opened;
      this.taken = taken;
    }
  }

  /** What is defined before the first line of every program. */
  private static final MacroTable PREDEFINED = predefined();

  private final Diagnostics diagnostics;
  private final FrontendOptions options;
  private final MacroTable macros;
  private final MacroExpander.Shared shared;
  private final Deque<Input> inputs = new ArrayDeque<>();
  private final Deque<Conditional> conditionals = new ArrayDeque<>();
  private final Set<String> onlyOnce = new HashSet<>();
  private boolean contract;
  private int characters;

  Preprocessor(Diagnostics diagnostics, FrontendOptions options) {
    this(diagnostics, options, new MacroTable(PREDEFINED));
  }

  private Preprocessor(Diagnostics diagnostics, FrontendOptions options, MacroTable macros) {
    this.diagnostics = diagnostics;
    this.options = options;
    this.macros = macros;
    this.shared = new MacroExpander.Shared(macros, diagnostics);
    this.contract = options.contract();
  }

  /** The tokens of the whole program; the last one is an {@code END}. */
  List<Token> run(List<SourceFile> sources) {
    defineOptions();
    List<Token> out = new ArrayList<>();
    Deque<Boolean> outer = new ArrayDeque<>();
    for (SourceFile source : sources) {
      enter(source);
      MacroExpander expander = new MacroExpander(shared, this::fileToken);
      for (Token t = expander.next(); !t.isEnd(); t = expander.next()) {
        accept(t, out, outer);
      }
      if (source == sources.getLast()) {
        out.add(inputs.getFirst().placed(inputs.getFirst().peek()));
      }
      inputs.pop();
    }
    return out;
  }

  /** The pragma FP_CONTRACT inside a block ends with it. */
  private void accept(Token token, List<Token> out, Deque<Boolean> outer) {
    if (token.kind() == Kind.BAD) {
      diagnostics.error(token.span(), token.text());
      return;
    }
    if (token.is("{")) {
      outer.push(contract);
    } else if (token.is("}") && !outer.isEmpty()) {
      contract = outer.pop();
    }
    out.add(token.withContract(contract));
  }

  private static MacroTable predefined() {
    MacroTable table = new MacroTable();
    new Preprocessor(new Diagnostics(), FrontendOptions.DEFAULT, table)
        .readDefinitions(new SourceFile("<predefined>", PredefinedMacros.TEXT), true);
    return table;
  }

  private void defineOptions() {
    for (String option : options.macros()) {
      SourceFile file = new SourceFile("-D " + option, "#define " + definition(option) + "\n");
      diagnostics.register(new SourceFile(file.name(), file.text()));
      readDefinitions(file, false);
    }
  }

  /** {@code NAME=VALUE} as the text after {@code #define}; {@code NAME} alone is 1. */
  private static String definition(String option) {
    String flat = option.replace('\n', ' ').replace('\r', ' ').strip();
    int open = flat.indexOf('(');
    int equals = flat.indexOf('=');
    if (open >= 0 && (equals < 0 || open < equals)) {
      int close = flat.indexOf(')', open);
      equals = close < 0 ? -1 : flat.indexOf('=', close);
    }
    return equals < 0 ? flat + " 1" : flat.substring(0, equals) + " " + flat.substring(equals + 1);
  }

  private void readDefinitions(SourceFile file, boolean predefined) {
    Input input = new Input(file, 0);
    while (!input.peek().isEnd()) {
      input.at += 2;
      define(line(input), input.tokens.get(input.at - 1).span(), predefined);
    }
  }

  private void enter(SourceFile file) {
    characters += file.text().length();
    if (characters > MOST_CHARACTERS) {
      throw diagnostics.fatal(
          new Span(file.name(), 1, 1),
          "the sources with their includes are larger than " + (MOST_CHARACTERS >> 20) + " MiB");
    }
    diagnostics.register(file);
    inputs.push(new Input(file, conditionals.size()));
  }

  /** The next token outside directives; an {@code END} where the outermost file ends. */
  private Token fileToken() {
    while (true) {
      Input input = inputs.getFirst();
      Token token = input.peek();
      if (token.isEnd()) {
        closeConditionals(input);
        if (inputs.size() == 1) {
          return token;
        }
        inputs.pop();
      } else {
        input.at++;
        if (!(token.startOfLine() && token.is("#"))) {
          return input.placed(token).withContract(contract);
        }
        directive(input);
      }
    }
  }

  private void closeConditionals(Input input) {
    while (conditionals.size() > input.conditionals) {
      diagnostics.error(conditionals.pop().opened, "this conditional has no #endif");
    }
  }

  /** The rest of the line, without its end. */
  private List<Token> line(Input input) {
    List<Token> rest = new ArrayList<>();
    while (!input.peek().isEnd() && !input.peek().startOfLine()) {
      rest.add(input.placed(input.peek()));
      input.at++;
    }
    return rest;
  }

  private void directive(Input input) {
    Token head = input.peek();
    if (head.isEnd() || head.startOfLine()) {
      return;
    }
    Span span = input.placed(head.span());
    input.at++;
    switch (head.text()) {
      case "define" -> define(line(input), span, false);
      case "undef" -> undefine(line(input), span);
      case "include" -> include(input, line(input), span);
      case "if" -> open(input, span, condition(line(input), span));
      case "ifdef" -> open(input, span, nameIsDefined(line(input), span));
      case "ifndef" -> open(input, span, !nameIsDefined(line(input), span));
      case "elif", "else" -> otherwise(input, head.text(), span);
      case "endif" -> close(input, span);
      case "error" -> diagnostics.error(span, "#error " + spell(line(input)));
      case "warning" -> diagnostics.warning(span, "#warning " + spell(line(input)));
      case "line" -> renumber(input, line(input), span);
      case "pragma" -> pragma(input, line(input));
      default -> {
        line(input);
        unknown(head, span);
      }
    }
  }

  private void unknown(Token head, Span span) {
    boolean lineMarker = head.kind() == Kind.NUMBER;
    if (!lineMarker) {
      String hint = Suggestions.didYouMean(head.text(), DIRECTIVES);
      diagnostics.error(span, "unknown directive '#" + head.text() + "'" + hint);
    }
  }

  private static String spell(List<Token> tokens) {
    return tokens.stream().map(Token::text).collect(Collectors.joining(" "));
  }

  // #define

  private void define(List<Token> line, Span span, boolean predefined) {
    if (line.isEmpty() || !line.getFirst().isIdentifier()) {
      diagnostics.error(span, "#define needs the name of a macro");
      return;
    }
    Token name = line.getFirst();
    if (name.text().equals("defined") || MacroTable.isSpecial(name.text())) {
      diagnostics.error(name.span(), "'" + name.text() + "' cannot be defined");
      return;
    }
    boolean functionLike = line.size() > 1 && line.get(1).is("(") && !line.get(1).spaceBefore();
    Macro macro =
        functionLike
            ? functionLike(line, span, predefined)
            : new Macro(
                name.text(),
                false,
                List.of(),
                false,
                List.copyOf(line.subList(1, line.size())),
                span,
                predefined);
    if (macro != null && checkPaste(macro)) {
      Macro before = macros.define(macro);
      if (before != null && !before.predefined() && !before.sameAs(macro)) {
        diagnostics.warning(
            span,
            "macro '%s' is defined anew; it was defined differently at %s"
                .formatted(macro.name(), before.span()));
      }
    }
  }

  private boolean checkPaste(Macro macro) {
    List<Token> body = macro.body();
    if (!body.isEmpty() && (body.getFirst().is("##") || body.getLast().is("##"))) {
      diagnostics.error(macro.span(), "'##' cannot stand at the start or end of a macro");
      return false;
    }
    return true;
  }

  /** macro = name "(" [ name { "," name } [ "," "..." ] | "..." ] ")" body. */
  private @Nullable Macro functionLike(List<Token> line, Span span, boolean predefined) {
    List<String> parameters = new ArrayList<>();
    boolean variadic = false;
    int i = 2;
    while (i < line.size() && !line.get(i).is(")")) {
      Token token = line.get(i);
      if (token.is("...")) {
        parameters.add("__VA_ARGS__");
        variadic = true;
      } else if (token.isIdentifier() && !variadic) {
        parameters.add(token.text());
        if (i + 1 < line.size() && line.get(i + 1).is("...")) {
          variadic = true;
          i++;
        }
      } else {
        diagnostics.error(token.span(), token.describe() + " cannot be a macro parameter");
        return null;
      }
      i++;
      if (i < line.size() && line.get(i).is(",")) {
        i++;
      } else {
        break;
      }
    }
    if (i >= line.size() || !line.get(i).is(")")) {
      diagnostics.error(span, "the parameters of this macro have no closing ')'");
      return null;
    }
    List<Token> body = List.copyOf(line.subList(i + 1, line.size()));
    String name = line.getFirst().text();
    return new Macro(name, true, List.copyOf(parameters), variadic, body, span, predefined);
  }

  private void undefine(List<Token> line, Span span) {
    if (line.isEmpty() || !line.getFirst().isIdentifier()) {
      diagnostics.error(span, "#undef needs the name of a macro");
      return;
    }
    macros.undefine(line.getFirst().text());
  }

  // conditionals

  private boolean nameIsDefined(List<Token> line, Span span) {
    if (line.isEmpty() || !line.getFirst().isIdentifier()) {
      diagnostics.error(span, "the name of a macro is missing here");
      return false;
    }
    return macros.isDefined(line.getFirst().text());
  }

  private boolean condition(List<Token> line, Span span) {
    return new ConditionEvaluator(shared, line, span).holds();
  }

  private void open(Input input, Span span, boolean taken) {
    if (conditionals.size() >= DEEPEST_CONDITIONAL) {
      throw diagnostics.fatal(
          span, "conditionals nest deeper than " + DEEPEST_CONDITIONAL + " levels");
    }
    conditionals.push(new Conditional(span, taken));
    if (!taken) {
      skipGroup(input);
    }
  }

  /** A group that was taken ends here: skip the others. */
  private void otherwise(Input input, String word, Span span) {
    line(input);
    Conditional open = innermost(input);
    if (open == null) {
      diagnostics.error(span, "#" + word + " without #if");
      return;
    }
    noteElse(open, word, span);
    skipGroup(input);
  }

  private void noteElse(Conditional open, String word, Span span) {
    if (open.elseSeen) {
      diagnostics.error(span, "#" + word + " after #else");
    }
    open.elseSeen |= word.equals("else");
  }

  private @Nullable Conditional innermost(Input input) {
    return conditionals.size() > input.conditionals ? conditionals.getFirst() : null;
  }

  private void close(Input input, Span span) {
    line(input);
    if (innermost(input) == null) {
      diagnostics.error(span, "#endif without #if");
      return;
    }
    conditionals.pop();
  }

  /** Skips lines up to the group of the innermost conditional that is to be read, or its end. */
  private void skipGroup(Input input) {
    Conditional open = conditionals.getFirst();
    int nesting = 0;
    while (!input.peek().isEnd()) {
      Token hash = input.peek();
      input.at++;
      Token word = input.peek();
      if (!(hash.startOfLine() && hash.is("#")) || word.startOfLine() || word.isEnd()) {
        continue;
      }
      switch (word.text()) {
        case "if", "ifdef", "ifndef" -> nesting++;
        case "endif" -> {
          if (nesting-- == 0) {
            input.at++;
            close(input, input.placed(word.span()));
            return;
          }
        }
        case "else", "elif" -> {
          if (nesting == 0 && startsGroup(input, open, word)) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  private boolean startsGroup(Input input, Conditional open, Token word) {
    Span span = input.placed(word.span());
    input.at++;
    List<Token> rest = line(input);
    noteElse(open, word.text(), span);
    boolean starts = !open.taken && (word.is("else") || condition(rest, span));
    open.taken |= starts;
    return starts;
  }

  // #include, #line, #pragma

  private void include(Input input, List<Token> line, Span span) {
    List<Token> expanded =
        !line.isEmpty() && line.getFirst().isIdentifier()
            ? MacroExpander.expand(shared, line)
            : line;
    Token first = expanded.isEmpty() ? null : expanded.getFirst();
    if (first != null && first.kind() == Kind.STRING) {
      enter(first.text().substring(1, first.text().length() - 1), input, false, span);
    } else if (first != null && first.is("<") && expanded.getLast().is(">")) {
      enter(joined(expanded.subList(1, expanded.size() - 1)), input, true, span);
    } else {
      diagnostics.error(span, "#include needs \"FILE\" or <FILE>");
    }
  }

  private static String joined(List<Token> tokens) {
    StringBuilder name = new StringBuilder();
    for (Token token : tokens) {
      name.append(token.spaceBefore() && !name.isEmpty() ? " " : "").append(token.text());
    }
    return name.toString();
  }

  private void enter(String header, Input input, boolean angled, Span span) {
    if (inputs.size() > DEEPEST_INCLUDE) {
      throw diagnostics.fatal(
          span,
          "includes nest deeper than %d levels: '%s' seems to include itself"
              .formatted(DEEPEST_INCLUDE, header));
    }
    switch (options.includes().resolve(header, input.file.name(), angled)) {
      case IncludeResolver.Answer.Found found -> {
        if (!onlyOnce.contains(found.file().name())) {
          enter(found.file());
        }
      }
      case IncludeResolver.Answer.Refused refused ->
          // what it would declare is missing from here on: more errors would say nothing
          throw diagnostics.fatal(span, "cannot include '" + header + "': " + refused.reason());
    }
  }

  private void renumber(Input input, List<Token> line, Span span) {
    List<Token> expanded = MacroExpander.expand(shared, line);
    String digits = expanded.isEmpty() ? "" : expanded.getFirst().text();
    if (!digits.matches("[0-9]{1,9}")) {
      diagnostics.error(span, "#line needs a line number");
      return;
    }
    int physical = span.line() - input.lineShift;
    input.lineShift = Integer.parseInt(digits) - physical - 1;
    if (expanded.size() > 1 && expanded.get(1).kind() == Kind.STRING) {
      String text = expanded.get(1).text();
      input.shownName = text.substring(1, text.length() - 1);
    }
    diagnostics.alias(input.shownName, input.lineShift, input.file.name());
  }

  private void pragma(Input input, List<Token> line) {
    String words = spell(line);
    switch (words) {
      case "once" -> onlyOnce.add(input.file.name());
      case "OPENCL FP_CONTRACT ON", "STDC FP_CONTRACT ON" -> contract = true;
      case "OPENCL FP_CONTRACT OFF", "STDC FP_CONTRACT OFF" -> contract = false;
      case "OPENCL FP_CONTRACT DEFAULT", "STDC FP_CONTRACT DEFAULT" ->
          contract = options.contract();
      default -> {}
    }
  }
}
