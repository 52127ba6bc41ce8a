package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.ModuleText.Kernel;
import dev.heddle.testkit.ptx.ModuleText.Parameter;
import dev.heddle.testkit.ptx.ModuleText.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The file level of PTX: directives, variables and the heads of kernels (ISA chapter 11). */
final class PtxParser {
  private static final Set<String> LINKING =
      Set.of(".visible", ".extern", ".weak", ".common", ".entry", ".func");

  private final TokenReader in;
  private final List<Variable> variables = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();

  private PtxParser(String text) {
    this.in = new TokenReader(Lexer.tokens(text));
  }

  static ModuleText parse(String text) {
    return new PtxParser(text).module();
  }

  /** version target address_size { variable | kernel | debug directive } */
  private ModuleText module() {
    in.expect(".version");
    String version = in.expect(Token.Kind.NUMBER).text();
    in.expect(".target");
    List<String> targets = in.list(() -> in.expect(Token.Kind.WORD).text());
    in.expect(".address_size");
    Token size = in.expect(Token.Kind.NUMBER);
    if (!size.is("64")) {
      throw new PtxException(size.line(), "only 64-bit addresses are known");
    }
    while (!in.at(Token.Kind.END)) {
      topLevel();
    }
    return new ModuleText(
        version, targets.getFirst(), List.copyOf(variables), List.copyOf(kernels));
  }

  private void topLevel() {
    if (in.at(".file")) {
      file(in);
      return;
    }
    boolean external = false;
    while (LINKING.contains(in.peek().text())) {
      Token word = in.next();
      external |= word.is(".extern");
      if (word.is(".entry")) {
        kernels.add(kernel());
        return;
      }
      if (word.is(".func")) {
        throw new PtxException(word.line(), "device functions are not known");
      }
    }
    variables.addAll(VariableParser.parse(in, external));
  }

  /** .file index "name" [, time, size] */
  static void file(TokenReader in) {
    in.expect(".file");
    in.wholeNumber();
    in.expect(Token.Kind.STRING);
    while (in.take(",")) {
      in.expect(Token.Kind.NUMBER);
    }
  }

  private Kernel kernel() {
    Token name = in.expect(Token.Kind.WORD);
    List<Parameter> parameters = parameters();
    List<Integer> required = List.of();
    int most = 0;
    while (!in.at("{")) {
      Token directive = in.next();
      switch (directive.text()) {
        case ".reqntid" -> required = in.list(in::wholeNumber);
        case ".maxntid" -> most = in.list(in::wholeNumber).stream().reduce(1, (a, b) -> a * b);
        case ".minnctapersm", ".maxnreg" -> in.wholeNumber();
        default ->
            throw new PtxException(directive.line(), "unknown directive " + directive.text());
      }
    }
    BodyParser body = new BodyParser(in);
    body.parse();
    List<Variable> seen = new ArrayList<>(body.variables());
    seen.addAll(variables);
    return new Kernel(
        name.text(),
        name.line(),
        parameters,
        body.registers(),
        List.copyOf(seen),
        body.statements(),
        body.labels(),
        required,
        most);
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    if (!in.take("(") || in.take(")")) {
      return parameters;
    }
    int offset = 0;
    do {
      Parameter parameter = parameter(offset);
      parameters.add(parameter);
      offset = parameter.offset() + parameter.bytes();
    } while (in.take(","));
    in.expect(")");
    return parameters;
  }

  /** .param [.align n] type [.ptr [space] [.align n]] name [[n]] */
  private Parameter parameter(int end) {
    in.expect(".param");
    int alignment = in.take(".align") ? in.wholeNumber() : 0;
    PtxType type = VariableParser.type(in.expect(Token.Kind.WORD));
    if (in.take(".ptr")) {
      while (in.at(".global") || in.at(".const") || in.at(".shared") || in.at(".local")) {
        in.next();
      }
      if (in.take(".align")) {
        in.wholeNumber();
      }
    }
    Token name = in.expect(Token.Kind.WORD);
    int count = 1;
    if (in.take("[")) {
      count = in.wholeNumber();
      in.expect("]");
    }
    int unit = Math.max(alignment, type.bytes());
    int offset = (end + unit - 1) / unit * unit;
    return new Parameter(name.text(), type, offset, count * type.bytes());
  }
}
