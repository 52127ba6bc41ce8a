package dev.heddle.compiler.ir;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints the textual form: the files that spans refer to, then the functions, one op a line,
 * regions indented. The same IR gives the same text, and {@link IrParser} reads it back.
 */
public final class IrPrinter {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.$]*");

  private final StringBuilder text = new StringBuilder();
  private final Map<String, Integer> files = new LinkedHashMap<>();
  private int depth;

  private IrPrinter() {}

  public static String print(Program program) {
    IrPrinter printer = new IrPrinter();
    for (Function function : program.functions()) {
      printer.function(function);
    }
    String texts =
        program.texts().stream()
            .map(text -> "text " + quoted(text) + "\n")
            .collect(Collectors.joining());
    return printer.fileTable() + texts + printer.text;
  }

  public static String print(Function function) {
    return print(new Program(List.of(function)));
  }

  /** One op on one line, without its regions and its span; for messages. */
  public static String line(Op op) {
    return results(op) + body(op);
  }

  private String fileTable() {
    return files.keySet().stream()
        .map(file -> "file " + quoted(file) + "\n")
        .collect(Collectors.joining());
  }

  private void function(Function function) {
    text.append('\n').append(function.kernel() ? "kernel " : "function ");
    text.append(name(function.name()));
    if (!function.results().isEmpty()) {
      text.append(" -> ");
      text.append(joined(function.results().stream().map(Type::text).toList()));
    }
    function
        .requiredLocalSize()
        .ifPresent(sizes -> text.append(" local ").append(joined(sizes.stream().toList())));
    endLine(function.span());
    depth++;
    function.parameters().forEach(parameter -> addLine(parameter(parameter)));
    function.objects().forEach(object -> addLine("object " + root(object)));
    depth--;
    addLine("{");
    region(function.body());
    addLine("}");
  }

  private static String parameter(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Scalar scalar ->
          "scalar " + name(scalar.name()) + " " + scalar.element().text() + " " + scalar.value();
      case Parameter.Pointer pointer ->
          "pointer "
              + name(pointer.name())
              + " "
              + pointer.element().text()
              + " "
              + pointer.width()
              + (pointer.readOnly() ? " readonly " : " ")
              + pointer.offset()
              + " "
              + root(pointer.root());
    };
  }

  private static String root(Root root) {
    String reference = reference(root);
    return switch (root) {
      case Root.Buffer buffer ->
          "buffer " + reference + " " + space(buffer.space()) + " " + buffer.parameter();
      case Root.LocalParameter local -> "local_parameter " + reference + " " + local.parameter();
      case Root.Formal formal ->
          "formal " + reference + " " + space(formal.space()) + " " + formal.parameter();
      case Root.Array array ->
          "array "
              + reference
              + " "
              + space(array.space())
              + " "
              + array.bytes()
              + " "
              + array.alignment();
      case Root.Table table ->
          "table "
              + reference
              + " "
              + table.alignment()
              + " \""
              + HexFormat.of().formatHex(table.content().toArray())
              + "\"";
    };
  }

  private void region(Region region) {
    depth++;
    for (Op op : region.ops()) {
      op(op);
    }
    addLine(terminator(region.terminator()));
    depth--;
  }

  private void op(Op op) {
    indent();
    text.append(line(op));
    switch (op) {
      case Op.If branch -> {
        text.append(" {");
        endLine(op.span());
        region(branch.thenRegion());
        addLine("} else {");
        region(branch.elseRegion());
        addLine("}");
      }
      case Op.Loop loop -> {
        text.append(" {");
        endLine(op.span());
        region(loop.body());
        addLine("}");
      }
      default -> endLine(op.span());
    }
  }

  private static String results(Op op) {
    return op.results().isEmpty() ? "" : declared(op.results()) + " = ";
  }

  private static String body(Op op) {
    return switch (op) {
      case Op.Constant constant -> "const " + constant(constant.result().type(), constant.bits());
      case Op.Unary unary -> unary.op().text() + " " + unary.operand();
      case Op.Binary binary -> binary.op().text() + " " + joined(op.operands());
      case Op.Compare compare -> compare.op().text() + " " + joined(op.operands());
      case Op.Fma fma -> "fma " + joined(op.operands());
      case Op.Select select -> "select " + joined(op.operands());
      case Op.Convert convert -> convert.op().text() + " " + convert.operand();
      case Op.Builtin builtin -> "builtin " + builtin.op().text() + " " + joined(op.operands());
      case Op.Query query -> "query " + query.op().text() + " " + query.dimension();
      case Op.Load load -> "load " + access(load.access());
      case Op.Store store -> "store " + access(store.access()) + ", " + joined(store.values());
      case Op.Atomic atomic ->
          "atomic "
              + atomic.op().text()
              + " "
              + access(atomic.access())
              + ", "
              + joined(atomic.values());
      case Op.Barrier barrier -> "barrier" + spaces(barrier.local(), barrier.global());
      case Op.Fence fence -> "fence" + spaces(fence.local(), fence.global());
      case Op.RootSize size -> "size " + reference(size.root());
      case Op.Call call -> "call " + name(call.callee()) + "(" + arguments(call) + ")";
      case Op.If branch -> "if " + branch.condition();
      case Op.Loop loop ->
          "loop "
              + loop.label()
              + " ("
              + declared(loop.body().parameters())
              + ") = ("
              + joined(loop.initial())
              + ")";
    };
  }

  private static String access(Access access) {
    return access.element().text()
        + (access.count() == 1 ? "" : " x" + access.count())
        + " "
        + place(access.root(), access.offset())
        + " align "
        + access.alignment()
        + (access.guard() == Access.Guard.PROVEN ? " proven" : "");
  }

  private static String arguments(Op.Call call) {
    List<String> shown = new ArrayList<>();
    for (Op.Argument argument : call.arguments()) {
      shown.add(
          switch (argument) {
            case Op.Argument.Scalar scalar -> scalar.value().toString();
            case Op.Argument.Pointer pointer -> place(pointer.root(), pointer.value());
          });
    }
    return joined(shown);
  }

  private static String terminator(Terminator terminator) {
    String keyword =
        switch (terminator) {
          case Terminator.Yield yield -> "yield";
          case Terminator.Break exit -> "break " + exit.label();
          case Terminator.Continue next -> "continue " + next.label();
          case Terminator.Return end -> "return";
        };
    return terminator.values().isEmpty() ? keyword : keyword + " " + joined(terminator.values());
  }

  /** Finite floats in decimal, which parses back to the same bits; other floats as bits. */
  private static String constant(Type type, long bits) {
    return switch (type) {
      case BOOL -> bits == 0 ? "false" : "true";
      case I8, I16, I32, I64 -> Long.toString(Arithmetic.signed(type, bits));
      case F16 -> hex(bits);
      case F32 -> {
        float value = Arithmetic.toFloat(bits);
        yield Float.isFinite(value) ? Float.toString(value) : hex(bits);
      }
      case F64 -> {
        double value = Arithmetic.toDouble(bits);
        yield Double.isFinite(value) ? Double.toString(value) : hex(bits);
      }
    };
  }

  private static String hex(long bits) {
    return "0x" + Long.toHexString(bits);
  }

  private static String place(Root root, Value offset) {
    return reference(root) + "[" + offset + "]";
  }

  private static String spaces(boolean local, boolean global) {
    return (local ? " local" : "") + (global ? " global" : "");
  }

  private static String space(AddressSpace space) {
    return space.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String declared(List<Value> values) {
    return joined(values.stream().map(v -> v + ":" + v.type().text()).toList());
  }

  private static String joined(List<?> items) {
    return items.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String reference(Root root) {
    return "&" + name(root.name());
  }

  private static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : quoted(name);
  }

  private static String quoted(String plain) {
    return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private void addLine(String line) {
    indent();
    text.append(line).append('\n');
  }

  private void indent() {
    text.append("  ".repeat(depth));
  }

  private void endLine(Span span) {
    if (!span.equals(Span.NONE)) {
      int file = files.computeIfAbsent(span.file(), unknown -> files.size());
      text.append(" @").append(file == 0 ? "" : file + "/");
      text.append(span.line()).append(':').append(span.column());
    }
    text.append('\n');
  }
}
