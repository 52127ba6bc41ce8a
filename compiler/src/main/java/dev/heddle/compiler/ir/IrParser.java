package dev.heddle.compiler.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the textual form that {@link IrPrinter} prints. What it reads is not verified. */
public final class IrParser {
  private static final Map<String, Type> TYPES = table(Type.values(), Type::text);
  private static final Map<String, ElementType> ELEMENTS =
      table(ElementType.values(), ElementType::text);
  private static final Map<String, UnaryOp> UNARY = table(UnaryOp.values(), UnaryOp::text);
  private static final Map<String, BinaryOp> BINARY = table(BinaryOp.values(), BinaryOp::text);
  private static final Map<String, CompareOp> COMPARE = table(CompareOp.values(), CompareOp::text);
  private static final Map<String, ConvertOp> CONVERT = table(ConvertOp.values(), ConvertOp::text);
  private static final Map<String, BuiltinOp> BUILTIN = table(BuiltinOp.values(), BuiltinOp::text);
  private static final Map<String, QueryOp> QUERY = table(QueryOp.values(), QueryOp::text);
  private static final Map<String, AtomicOp> ATOMIC = table(AtomicOp.values(), AtomicOp::text);

  private final TextCursor cursor;
  private final List<String> files = new ArrayList<>();
  private final Map<Integer, Value> values = new HashMap<>();
  private final Map<String, Root> roots = new HashMap<>();

  private IrParser(String text) {
    cursor = new TextCursor(text);
  }

  /**
   * @throws IllegalArgumentException with the line, if the text is not in that form
   */
  public static Program parse(String text) {
    return new IrParser(text).program();
  }

  private static <E> Map<String, E> table(E[] rows, java.util.function.Function<E, String> text) {
    return Arrays.stream(rows).collect(Collectors.toUnmodifiableMap(text, row -> row));
  }

  // program: ("file" STRING EOL)* ("text" STRING EOL)* function*
  private Program program() {
    while (cursor.tryTake("file")) {
      files.add(cursor.takeName());
      cursor.expectEndOfLine();
    }
    List<String> texts = new ArrayList<>();
    while (cursor.tryTake("text")) {
      texts.add(cursor.takeName());
      cursor.expectEndOfLine();
    }
    List<Function> functions = new ArrayList<>();
    while (!cursor.atEnd()) {
      functions.add(function());
    }
    return new Program(functions, texts);
  }

  // function: ("kernel" | "function") NAME ("->" types)? ("local" n, n, n)? span EOL
  //           parameter* object* "{" EOL region "}" EOL
  private Function function() {
    values.clear();
    roots.clear();
    boolean kernel = cursor.tryTake("kernel");
    if (!kernel) {
      cursor.expect("function");
    }
    String name = cursor.takeName();
    List<Type> results = cursor.tryTake("->") ? cursor.takeList(this::type) : List.of();
    Optional<List<Integer>> local =
        cursor.tryTake("local") ? Optional.of(cursor.takeList(cursor::takeInt)) : Optional.empty();
    Span span = endOfLine();
    List<Parameter> parameters = new ArrayList<>();
    while (cursor.at("scalar") || cursor.at("pointer")) {
      parameters.add(parameter());
    }
    List<Root> objects = new ArrayList<>();
    while (cursor.tryTake("object")) {
      objects.add(root());
      cursor.expectEndOfLine();
    }
    cursor.expect("{");
    cursor.expectEndOfLine();
    Region body = region(List.of());
    cursor.expect("}");
    cursor.expectEndOfLine();
    return new Function(name, kernel, parameters, objects, results, local, body, span);
  }

  // parameter: "scalar" NAME element value EOL
  //          | "pointer" NAME element WIDTH "readonly"? offset root EOL
  private Parameter parameter() {
    boolean scalar = cursor.take().equals("scalar");
    String name = cursor.takeName();
    ElementType element = row(ELEMENTS, "element type");
    Parameter parameter;
    if (scalar) {
      parameter = new Parameter.Scalar(name, element, define(valueNumber(), element.type()));
    } else {
      int width = cursor.takeInt();
      boolean readOnly = cursor.tryTake("readonly");
      Value offset = define(valueNumber(), Type.I64);
      parameter = new Parameter.Pointer(name, element, width, root(), offset, readOnly);
    }
    cursor.expectEndOfLine();
    return parameter;
  }

  private Root root() {
    String kind = cursor.take();
    String name = cursor.takeName('&');
    Root root =
        switch (kind) {
          case "buffer" -> new Root.Buffer(name, space(), cursor.takeInt());
          case "local_parameter" -> new Root.LocalParameter(name, cursor.takeInt());
          case "formal" -> new Root.Formal(name, space(), cursor.takeInt());
          case "array" -> new Root.Array(name, space(), cursor.takeLong(), cursor.takeInt());
          case "table" -> {
            int alignment = cursor.takeInt();
            byte[] content = HexFormat.of().parseHex(cursor.takeName());
            yield new Root.Table(name, new Bytes(content), alignment);
          }
          default -> throw cursor.error("no kind of root: '" + kind + "'");
        };
    roots.put(name, root);
    return root;
  }

  private AddressSpace space() {
    return AddressSpace.valueOf(cursor.take().toUpperCase(Locale.ROOT));
  }

  // region: (op EOL)* terminator EOL
  private Region region(List<Value> parameters) {
    List<Op> ops = new ArrayList<>();
    while (true) {
      Optional<Terminator> terminator = terminator();
      if (terminator.isPresent()) {
        cursor.expectEndOfLine();
        return new Region(parameters, ops, terminator.get());
      }
      ops.add(op());
    }
  }

  private Optional<Terminator> terminator() {
    if (cursor.tryTake("yield")) {
      return Optional.of(new Terminator.Yield(operandsUpToEnd()));
    }
    if (cursor.tryTake("return")) {
      return Optional.of(new Terminator.Return(operandsUpToEnd()));
    }
    if (cursor.tryTake("break")) {
      return Optional.of(new Terminator.Break(cursor.takeInt(), operandsUpToEnd()));
    }
    if (cursor.tryTake("continue")) {
      return Optional.of(new Terminator.Continue(cursor.takeInt(), operandsUpToEnd()));
    }
    return Optional.empty();
  }

  // op: (results "=")? keyword ... span
  private Op op() {
    List<Value> results = List.of();
    if (cursor.peek().startsWith("%")) {
      results = cursor.takeList(this::declaration);
      cursor.expect("=");
    }
    String keyword = cursor.take();
    return switch (keyword) {
      case "if" -> branch(results);
      case "loop" -> loop(results);
      case "load" -> new Op.Load(results, access(), endOfLine());
      case "store" -> new Op.Store(access(), operandsAfterComma(), endOfLine());
      case "barrier" -> new Op.Barrier(flag("local"), flag("global"), endOfLine());
      case "fence" -> new Op.Fence(flag("local"), flag("global"), endOfLine());
      case "call" -> call(results);
      default -> single(one(results), keyword);
    };
  }

  private Op single(Value result, String keyword) {
    return switch (keyword) {
      case "const" -> new Op.Constant(result, constant(result.type()), endOfLine());
      case "fma" -> {
        List<Value> operands = operands(3);
        yield new Op.Fma(result, operands.get(0), operands.get(1), operands.get(2), endOfLine());
      }
      case "select" -> {
        List<Value> operands = operands(3);
        yield new Op.Select(result, operands.get(0), operands.get(1), operands.get(2), endOfLine());
      }
      case "builtin" ->
          new Op.Builtin(result, row(BUILTIN, "builtin"), operandsUpToEnd(), endOfLine());
      case "query" -> new Op.Query(result, row(QUERY, "query"), cursor.takeInt(), endOfLine());
      case "size" -> new Op.RootSize(result, rootReference(), endOfLine());
      case "atomic" ->
          new Op.Atomic(
              result, row(ATOMIC, "atomic operator"), access(), operandsAfterComma(), endOfLine());
      default -> operator(result, keyword);
    };
  }

  private Op operator(Value result, String keyword) {
    UnaryOp unary = UNARY.get(keyword);
    if (unary != null) {
      return new Op.Unary(result, unary, operand(), endOfLine());
    }
    ConvertOp convert = CONVERT.get(keyword);
    if (convert != null) {
      return new Op.Convert(result, convert, operand(), endOfLine());
    }
    BinaryOp binary = BINARY.get(keyword);
    if (binary != null) {
      List<Value> operands = operands(2);
      return new Op.Binary(result, binary, operands.get(0), operands.get(1), endOfLine());
    }
    CompareOp compare = COMPARE.get(keyword);
    if (compare != null) {
      List<Value> operands = operands(2);
      return new Op.Compare(result, compare, operands.get(0), operands.get(1), endOfLine());
    }
    throw cursor.error("no such operation: '" + keyword + "'");
  }

  // if: "if" value "{" span EOL region "}" "else" "{" EOL region "}" EOL
  private Op branch(List<Value> results) {
    Value condition = operand();
    cursor.expect("{");
    Span span = endOfLine();
    Region thenRegion = region(List.of());
    cursor.expect("}");
    cursor.expect("else");
    cursor.expect("{");
    cursor.expectEndOfLine();
    Region elseRegion = region(List.of());
    cursor.expect("}");
    cursor.expectEndOfLine();
    return new Op.If(results, condition, thenRegion, elseRegion, span);
  }

  // loop: "loop" LABEL "(" declarations ")" "=" "(" values ")" "{" span EOL region "}" EOL
  private Op loop(List<Value> results) {
    int label = cursor.takeInt();
    List<Value> parameters = parenthesised(this::declaration);
    cursor.expect("=");
    List<Value> initial = parenthesised(this::operand);
    cursor.expect("{");
    Span span = endOfLine();
    Region body = region(parameters);
    cursor.expect("}");
    cursor.expectEndOfLine();
    return new Op.Loop(results, label, initial, body, span);
  }

  private Op call(List<Value> results) {
    String callee = cursor.takeName();
    List<Op.Argument> arguments = parenthesised(this::argument);
    return new Op.Call(results, callee, arguments, endOfLine());
  }

  private Op.Argument argument() {
    if (!cursor.peek().startsWith("&")) {
      return new Op.Argument.Scalar(operand());
    }
    Root root = rootReference();
    return new Op.Argument.Pointer(root, offset());
  }

  // access: type ("x" COUNT)? "&" root "[" value "]" "align" N "proven"?
  private Access access() {
    Type element = type();
    int count = 1;
    if (cursor.peek().startsWith("x")) {
      count = Integer.parseInt(cursor.take().substring(1));
    }
    Root root = rootReference();
    Value offset = offset();
    cursor.expect("align");
    int alignment = cursor.takeInt();
    Access.Guard guard = cursor.tryTake("proven") ? Access.Guard.PROVEN : Access.Guard.CHECKED;
    return new Access(root, offset, element, count, alignment, guard);
  }

  private Value offset() {
    cursor.expect("[");
    Value offset = operand();
    cursor.expect("]");
    return offset;
  }

  private long constant(Type type) {
    String token = cursor.take();
    if (token.startsWith("0x")) {
      return Long.parseUnsignedLong(token.substring(2), 16);
    }
    return switch (type) {
      case BOOL -> token.equals("true") ? 1 : 0;
      case I8, I16, I32, I64 -> Long.parseLong(token);
      case F32 -> Float.floatToRawIntBits(Float.parseFloat(token));
      case F64 -> Double.doubleToRawLongBits(Double.parseDouble(token));
      case F16 -> throw cursor.error("a half is written as its bits, found '" + token + "'");
    };
  }

  private boolean flag(String word) {
    return cursor.tryTake(word);
  }

  private Type type() {
    return row(TYPES, "type");
  }

  private <E> E row(Map<String, E> table, String what) {
    String token = cursor.take();
    E row = table.get(token);
    if (row == null) {
      throw cursor.error("no such " + what + ": '" + token + "'");
    }
    return row;
  }

  private Root rootReference() {
    String name = cursor.takeName('&');
    Root root = roots.get(name);
    if (root == null) {
      throw cursor.error("root '" + name + "' is not declared");
    }
    return root;
  }

  private Value declaration() {
    int number = valueNumber();
    cursor.expect(":");
    return define(number, type());
  }

  private Value define(int number, Type type) {
    Value value = new Value(number, type);
    values.put(number, value);
    return value;
  }

  private Value operand() {
    int number = valueNumber();
    Value value = values.get(number);
    if (value == null) {
      throw cursor.error("value %" + number + " is not defined");
    }
    return value;
  }

  private int valueNumber() {
    String name = cursor.takeName('%');
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      throw cursor.error("no value: '%" + name + "'");
    }
  }

  private List<Value> operands(int count) {
    List<Value> operands = cursor.takeList(this::operand);
    if (operands.size() != count) {
      throw cursor.error("expected " + count + " operands, found " + operands.size());
    }
    return operands;
  }

  private List<Value> operandsAfterComma() {
    cursor.expect(",");
    return cursor.takeList(this::operand);
  }

  private List<Value> operandsUpToEnd() {
    return cursor.peek().startsWith("%") ? cursor.takeList(this::operand) : List.of();
  }

  private <T> List<T> parenthesised(Supplier<T> item) {
    cursor.expect("(");
    List<T> items = cursor.at(")") ? List.of() : cursor.takeList(item);
    cursor.expect(")");
    return items;
  }

  private Value one(List<Value> results) {
    if (results.size() != 1) {
      throw cursor.error("expected one result, found " + results.size());
    }
    return results.getFirst();
  }

  // span: ("@" (FILE "/")? LINE ":" COLUMN)? EOL
  private Span endOfLine() {
    Span span = Span.NONE;
    if (cursor.tryTake("@")) {
      int first = cursor.takeInt();
      int file = 0;
      if (cursor.tryTake("/")) {
        file = first;
        first = cursor.takeInt();
      }
      cursor.expect(":");
      span = new Span(file(file), first, cursor.takeInt());
    }
    cursor.expectEndOfLine();
    return span;
  }

  private String file(int number) {
    if (number < 0 || number >= files.size()) {
      throw cursor.error("no file number " + number);
    }
    return files.get(number);
  }
}
