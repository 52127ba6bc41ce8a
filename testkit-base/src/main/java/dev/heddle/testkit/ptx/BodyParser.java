package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.ModuleText.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of a kernel. */
final class BodyParser {
  private final TokenReader in;
  private final Registers registers = new Registers();
  private final List<Variable> variables = new ArrayList<>();
  private final List<Statement> statements = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private int sourceLine;

  BodyParser(TokenReader in) {
    this.in = in;
  }

  int registers() {
    return registers.slots();
  }

  List<Variable> variables() {
    return variables;
  }

  List<Statement> statements() {
    return statements;
  }

  Map<String, Integer> labels() {
    return labels;
  }

  /** <code>{ { declaration | label : | instruction | block } }</code> */
  void parse() {
    in.expect("{");
    registers.open();
    while (!in.take("}")) {
      statement();
    }
    registers.close();
  }

  private void statement() {
    Token first = in.peek();
    switch (first.text()) {
      case "{" -> parse();
      case ".reg" -> registerDeclaration();
      case ".shared", ".local" -> variables.addAll(VariableParser.parse(in, false));
      case ".loc" -> location();
      case ".file" -> PtxParser.file(in);
      case ".pragma" -> pragma();
      default -> {
        if (first.kind() == Token.Kind.WORD && in.followedBy(":")) {
          label();
        } else {
          instruction();
        }
      }
    }
  }

  /** .reg type name [&lt;n&gt;] { , ... } ; */
  private void registerDeclaration() {
    in.expect(".reg");
    PtxType type = VariableParser.type(in.expect(Token.Kind.WORD));
    do {
      Token name = in.expect(Token.Kind.WORD);
      int count = 0;
      if (in.take("<")) {
        count = in.wholeNumber();
        in.expect(">");
      }
      registers.declare(name, type, count);
    } while (in.take(","));
    in.expect(";");
  }

  /** .loc file line column [, function_name label [+ n], inlined_at file line column] */
  private void location() {
    in.expect(".loc");
    in.wholeNumber();
    sourceLine = in.wholeNumber();
    in.wholeNumber();
    if (in.at(",")) {
      throw new PtxException(in.peek().line(), "inlined locations are not known");
    }
  }

  private void pragma() {
    in.expect(".pragma");
    in.list(() -> in.expect(Token.Kind.STRING));
    in.expect(";");
  }

  private void label() {
    Token name = in.next();
    in.expect(":");
    if (labels.put(name.text(), statements.size()) != null) {
      throw new PtxException(name.line(), "label " + name.text() + " stands twice");
    }
  }

  /** [@[!]p] opcode [operand { , operand }] ; */
  private void instruction() {
    int start = in.mark();
    Statement.@Nullable Guard guard = in.take("@") ? guard() : null;
    Token opcode = in.expect(Token.Kind.WORD);
    if (opcode.text().startsWith(".")) {
      throw new PtxException(opcode.line(), "unknown directive " + opcode.text());
    }
    List<Operand> operands = in.at(";") ? List.of() : in.list(this::operand);
    in.expect(";");
    int end = in.mark();
    statements.add(
        new Statement(
            opcode.line(),
            sourceLine,
            guard,
            List.of(opcode.text().split("\\.")),
            operands,
            () -> in.text(start, end)));
  }

  private Statement.Guard guard() {
    boolean negated = in.take("!");
    Token name = in.expect(Token.Kind.WORD);
    if (resolve(name) instanceof Operand.Register register && register.type() == PtxType.PRED) {
      return new Statement.Guard(register, negated);
    }
    throw new PtxException(name.line(), name.text() + " is no predicate");
  }

  private Operand operand() {
    if (in.take("!")) {
      return new Operand.Not(resolve(in.expect(Token.Kind.WORD)));
    }
    if (in.take("{")) {
      List<Operand> parts = in.list(this::operand);
      in.expect("}");
      return new Operand.Vector(parts);
    }
    if (in.take("[")) {
      Operand inside = place();
      in.expect("]");
      return inside;
    }
    if (in.at(Token.Kind.NUMBER) || in.at("-")) {
      return number();
    }
    Operand first = resolve(in.expect(Token.Kind.WORD));
    if (in.take("|")) {
      return new Operand.Pair(first, resolve(in.expect(Token.Kind.WORD)));
    }
    if (first instanceof Operand.Name name && (in.at("+") || in.at("-"))) {
      return new Operand.Name(name.name(), offset());
    }
    return first;
  }

  private Operand number() {
    boolean negative = in.take("-");
    return Literals.operand(in.expect(Token.Kind.NUMBER), negative);
  }

  private Operand place() {
    if (in.at(Token.Kind.NUMBER)) {
      return new Operand.Address(number(), 0);
    }
    Operand base = resolve(in.expect(Token.Kind.WORD));
    return new Operand.Address(base, offset());
  }

  /** ISA 6.4.1: a constant of 32 bits with its sign; {@code +-8} is written by compilers. */
  private long offset() {
    if (!in.at("+") && !in.at("-")) {
      return 0;
    }
    boolean negative = in.next().is("-");
    if (in.take("-")) {
      negative = !negative;
    }
    Token number = in.expect(Token.Kind.NUMBER);
    long offset = negative ? -Literals.whole(number) : Literals.whole(number);
    if (offset != (int) offset) {
      throw new PtxException(number.line(), "an address offset beyond 32 bits");
    }
    return offset;
  }

  private Operand resolve(Token word) {
    return registers
        .find(word.text())
        .<Operand>map(register -> register)
        .orElseGet(() -> new Operand.Name(word.text(), 0));
  }
}
