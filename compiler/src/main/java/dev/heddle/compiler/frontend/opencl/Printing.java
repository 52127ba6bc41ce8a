package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.print.PrintBuffer;
import dev.heddle.compiler.print.PrintFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code printf}: a call writes its arguments into the work-item's slot of a {@link PrintBuffer}
 * that the runtime adds, so that every device prints by plain stores and the text comes in order.
 */
final class Printing {
  private static final Builtin PRINTF =
      new Builtin(
          "printf", (typing, builtin, a, span) -> new Expr.Invalid(span), Printing::emit, false);

  private static final long OVERFLOW = 0x8000_0000L;
  private static final int DIMENSIONS = 3;
  private static final int WORD = 4;

  private final List<String> texts = new ArrayList<>();

  /** Formats and other strings, by their numbers. */
  List<String> texts() {
    return texts;
  }

  int text(String text) {
    int known = texts.indexOf(text);
    if (known >= 0) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /** A call; an argument that is a string is given as the literal of its number. */
  Expr call(Typing typing, String format, List<Expr> arguments, List<Boolean> strings, Span span) {
    List<PrintFormat.Conversion> conversions;
    try {
      conversions = PrintFormat.parse(format).conversions();
    } catch (IllegalArgumentException e) {
      return typing.mistake(span, String.valueOf(e.getMessage()));
    }
    if (arguments.size() != conversions.size()) {
      return typing.mistake(
          span,
          "this format prints %d value%s, but %d %s given"
              .formatted(
                  conversions.size(),
                  conversions.size() == 1 ? "" : "s",
                  arguments.size(),
                  arguments.size() == 1 ? "is" : "are"));
    }
    List<Expr> converted = new ArrayList<>();
    converted.add(new Expr.Literal(CType.INT, text(format), span));
    for (int i = 0; i < arguments.size(); i++) {
      converted.add(convert(typing, conversions.get(i), arguments.get(i), strings.get(i)));
    }
    if (converted.stream().anyMatch(e -> e.type().isInvalid())) {
      return new Expr.Invalid(span);
    }
    return recordBytes(converted) > PrintBuffer.LARGEST_RECORD
        ? typing.mistake(
            span, "this prints more than " + PrintBuffer.LARGEST_RECORD + " bytes at once")
        : new Expr.BuiltinCall(PRINTF, converted, CType.INT, span);
  }

  private static Expr convert(
      Typing typing, PrintFormat.Conversion conversion, Expr argument, boolean string) {
    Expr value = typing.conversions().rvalue(argument);
    CType kept = CType.of(conversion.kept(), conversion.components());
    if (value.type().isInvalid() || string && conversion.letter() == 's') {
      return value;
    }
    boolean pointer = conversion.letter() == 'p' && value.type().isPointer();
    boolean fits =
        conversion.letter() != 's'
            && value.type().elementOrNull() != null
            && value.type().components() == conversion.components();
    if (pointer) {
      return value;
    }
    return fits && !string
        ? typing.conversions().convert(value, kept)
        : typing.mistake(
            value.span(),
            "'%%%s%s' does not print %s"
                .formatted(
                    conversion.components() > 1 ? "v" + conversion.components() : "",
                    conversion.letter(),
                    string ? "a string" : value.type().text()));
  }

  private static int bytes(Expr argument) {
    return argument.type().isPointer()
        ? Long.BYTES
        : argument.type().lane().type().bytes() * argument.type().components();
  }

  private static int recordBytes(List<Expr> arguments) {
    return arguments.stream().mapToInt(Printing::bytes).sum();
  }

  /** Gives the functions that print, or call one that does, the buffer and the size of a slot. */
  static void addParameters(Iterable<FunctionSymbol> functions) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (FunctionSymbol function : functions) {
        boolean calls = function.calls().keySet().stream().anyMatch(FunctionSymbol::prints);
        changed |= calls && !function.prints();
        if (calls) {
          function.setPrints();
        }
      }
    }
    for (FunctionSymbol function : functions) {
      if (function.prints()) {
        List<Variable> all = new ArrayList<>(function.parameters());
        Qualified word = Qualified.of(CType.UINT).in(AddressSpace.GLOBAL);
        all.add(hidden(PrintBuffer.BUFFER, new CType.Pointer(word), function));
        all.add(hidden(PrintBuffer.SLOT, CType.UINT, function));
        function.rename(all);
      }
    }
  }

  private static Variable hidden(String name, CType type, FunctionSymbol function) {
    return new Variable(name, Qualified.of(type), Variable.Scope.PARAMETER, function.span());
  }

  /** What {@link #addParameters} gave the function being lowered, to be passed on. */
  static List<Expr> passedOn(FunctionSymbol from, Span span) {
    List<Variable> all = from.parameters();
    return List.of(
        new Expr.VariableUse(all.get(all.size() - 2), span),
        new Expr.VariableUse(all.getLast(), span));
  }

  private static Lowered emit(ExpressionLowering lowering, Expr.BuiltinCall call) {
    List<Value> words = new ArrayList<>();
    Code code = lowering.code();
    words.add(
        code.at(call.span())
            .constant(Type.I32, ((Expr.Literal) call.arguments().getFirst()).bits() + 1));
    for (Expr argument : call.arguments().subList(1, call.arguments().size())) {
      if (argument.type().isPointer()) {
        words.add(lowering.pointer(argument).offset());
      } else {
        words.addAll(lowering.scalars(argument));
      }
    }
    List<Expr> hidden = passedOn(lowering.function().symbol(), call.span());
    Lowered.Pointer buffer = lowering.pointer(hidden.getFirst());
    Value slot = lowering.scalar(hidden.getLast());
    code.at(call.span());
    lowering
        .function()
        .places()
        .withRoot(
            buffer,
            List.of(),
            root -> {
              write(code, root, buffer.offset(), slot, words, call.span());
              return List.of();
            },
            call.span());
    return Lowered.of(code.at(call.span()).zero(Type.I32));
  }

  /** The number of the work-item among all, the first dimension running fastest. */
  private static Value linearId(Code code) {
    Value id = position(code, DIMENSIONS - 1);
    for (int d = DIMENSIONS - 2; d >= 0; d--) {
      Value rows = code.binary(BinaryOp.MUL, id, code.builder().query(QueryOp.GLOBAL_SIZE, d));
      id = code.binary(BinaryOp.ADD, rows, position(code, d));
    }
    return id;
  }

  private static Value position(Code code, int dimension) {
    IrBuilder builder = code.builder();
    return code.binary(
        BinaryOp.SUB,
        builder.query(QueryOp.GLOBAL_ID, dimension),
        builder.query(QueryOp.GLOBAL_OFFSET, dimension));
  }

  private static void write(
      Code code, Root root, Value start, Value slot, List<Value> words, Span span) {
    IrBuilder builder = code.builder();
    int size = words.stream().mapToInt(w -> w.type().bytes()).sum();
    Value wide = builder.convert(ConvertOp.ZEXT, Type.I64, slot);
    Value base = code.addOffset(code.binary(BinaryOp.MUL, linearId(code), wide), start);
    Value used = builder.load(PlaceLowering.access(root, base, Type.I32, 1, WORD)).getFirst();
    Value header = code.constant(Type.I32, PrintBuffer.HEADER + size);
    Value room = code.binary(BinaryOp.SUB, slot, header);
    Value fits = code.compare(CompareOp.ULE, used, room);
    // what is below the room always lies within the slot, which keeps slots apart
    Value at = builder.convert(ConvertOp.ZEXT, Type.I64, code.binary(BinaryOp.UMIN, used, room));
    Value place = code.addOffset(code.binary(BinaryOp.ADD, base, at), PrintBuffer.HEADER);
    builder.open(List.of());
    for (Value word : words) {
      builder.store(PlaceLowering.access(root, place, word.type(), 1, WORD), List.of(word));
      place = code.addOffset(place, word.type().bytes());
    }
    Value next = code.binary(BinaryOp.ADD, used, code.constant(Type.I32, size));
    builder.store(PlaceLowering.access(root, base, Type.I32, 1, WORD), List.of(next));
    Region written = builder.close(new Terminator.Yield(List.of()));
    builder.open(List.of());
    Value full = code.binary(BinaryOp.OR, used, code.constant(Type.I32, OVERFLOW));
    builder.store(PlaceLowering.access(root, base, Type.I32, 1, WORD), List.of(full));
    Region dropped = builder.close(new Terminator.Yield(List.of()));
    builder.add(new Op.If(List.of(), fits, written, dropped, span));
  }
}
