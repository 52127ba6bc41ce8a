package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code vloadn}, {@code vstoren} and the loads and stores of half values (section 6.12.7). */
final class VectorMemoryBuiltins {
  private VectorMemoryBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    for (int width : new int[] {2, 3, 4, 8, 16}) {
      load(table, "vload" + width, width, false, width);
      store(table, "vstore" + width, width, null, width);
    }
    for (int width : new int[] {1, 2, 3, 4, 8, 16}) {
      String suffix = width == 1 ? "" : Integer.toString(width);
      load(table, "vload_half" + suffix, width, true, width);
      load(table, "vloada_half" + suffix, width, true, width == 3 ? 4 : width);
      for (Rounding rounding : Rounding.values()) {
        String end = suffix + rounding.suffix();
        store(table, "vstore_half" + end, width, rounding, width);
        store(table, "vstorea_half" + end, width, rounding, width == 3 ? 4 : width);
      }
    }
  }

  private static void load(
      Map<String, Builtin> table, String name, int width, boolean half, int stride) {
    table.put(
        name,
        new Builtin(
            name,
            (typing, builtin, arguments, span) ->
                loadRule(typing, builtin, width, half, arguments, span),
            (lowering, call) -> emitLoad(lowering, call, width, half, stride),
            false));
  }

  /**
   * A row of the table.
   *
   * @param half how floats are rounded to half; null for a store of the values themselves
   */
  private static void store(
      Map<String, Builtin> table, String name, int width, @Nullable Rounding half, int stride) {
    table.put(
        name,
        new Builtin(
            name,
            (typing, builtin, arguments, span) ->
                storeRule(typing, builtin, width, half != null, arguments, span),
            (lowering, call) -> emitStore(lowering, call, width, half, stride),
            false));
  }

  private static boolean fitsPointer(Expr argument, boolean half) {
    return argument.type() instanceof CType.Pointer pointer
        && pointer.target().type() instanceof CType.Scalar scalar
        && (scalar.element() == ElementType.HALF || !half)
        && scalar.element() != ElementType.BOOL;
  }

  private static Expr loadRule(
      Typing typing, Builtin builtin, int width, boolean half, List<Expr> arguments, Span span) {
    if (arguments.size() != 2) {
      return BuiltinRules.wrongCount(typing, builtin, 2, arguments, span);
    }
    Expr pointer = arguments.get(1);
    if (!arguments.get(0).type().isInteger()) {
      return BuiltinRules.wrongType(typing, builtin, arguments.get(0), "an integer offset");
    }
    if (!fitsPointer(pointer, half)) {
      return BuiltinRules.wrongType(
          typing, builtin, pointer, half ? "a pointer to half" : "a pointer to scalars");
    }
    ElementType element =
        half ? ElementType.FLOAT : ((CType.Pointer) pointer.type()).target().type().lane();
    return new Expr.BuiltinCall(builtin, arguments, CType.of(element, width), span);
  }

  private static Expr storeRule(
      Typing typing, Builtin builtin, int width, boolean half, List<Expr> arguments, Span span) {
    if (arguments.size() != 3) {
      return BuiltinRules.wrongCount(typing, builtin, 3, arguments, span);
    }
    Expr value = arguments.get(0);
    Expr pointer = arguments.get(2);
    boolean writable =
        fitsPointer(pointer, half) && !((CType.Pointer) pointer.type()).target().constant();
    if (!writable) {
      return BuiltinRules.wrongType(
          typing, builtin, pointer, half ? "a pointer to half" : "a pointer to scalars");
    }
    if (!arguments.get(1).type().isInteger()) {
      return BuiltinRules.wrongType(typing, builtin, arguments.get(1), "an integer offset");
    }
    ElementType element =
        half
            ? value.type().elementOrNull() == ElementType.DOUBLE
                ? ElementType.DOUBLE
                : ElementType.FLOAT
            : ((CType.Pointer) pointer.type()).target().type().lane();
    CType wanted = CType.of(element, width);
    boolean scalarFits = width == 1 && value.type() instanceof CType.Scalar;
    if (!scalarFits && !value.type().equals(wanted)) {
      return BuiltinRules.wrongType(typing, builtin, value, "a " + wanted.text());
    }
    List<Expr> converted =
        List.of(typing.conversions().convert(value, wanted), arguments.get(1), pointer);
    return new Expr.BuiltinCall(builtin, converted, CType.VOID, span);
  }

  /** {@code pointer + offset * stride} elements. */
  private static Lowered.Pointer address(
      ExpressionLowering lowering, Expr.BuiltinCall call, Expr pointer, Expr index, long size) {
    Lowered.Pointer start = lowering.pointer(pointer);
    Value offset = lowering.scalar(index);
    ElementType element = index.type().lane();
    Code code = lowering.code().at(call.span());
    Value wide =
        code.convert(offset, element, element.signed() ? ElementType.LONG : ElementType.ULONG);
    Long known = Constants.integer(index);
    Value bytes = known != null ? code.constant(Type.I64, known * size) : code.scale(wide, size);
    return new Lowered.Pointer(start.objects(), start.tag(), code.addOffset(bytes, start.offset()));
  }

  private static Type stored(Expr pointer) {
    return ((CType.Pointer) pointer.type()).target().type().lane().type();
  }

  private static int alignment(Type type, int stride, Expr.BuiltinCall call) {
    boolean aligned = call.builtin().name().contains("a_half");
    return aligned ? type.bytes() * stride : type.bytes();
  }

  private static Lowered emitLoad(
      ExpressionLowering lowering, Expr.BuiltinCall call, int width, boolean half, int stride) {
    Expr pointer = call.arguments().get(1);
    Type type = stored(pointer);
    Lowered.Pointer at =
        address(lowering, call, pointer, call.arguments().get(0), (long) type.bytes() * stride);
    Code code = lowering.code();
    List<Value> loaded =
        lowering
            .function()
            .places()
            .withRoot(
                at,
                Collections.nCopies(width, type),
                root ->
                    code.at(call.span())
                        .builder()
                        .load(
                            PlaceLowering.access(
                                root, at.offset(), type, width, alignment(type, stride, call))),
                call.span());
    return new Lowered.Scalars(
        half
            ? loaded.stream()
                .map(v -> code.builder().convert(ConvertOp.F_EXTEND, Type.F32, v))
                .toList()
            : loaded);
  }

  private static Lowered emitStore(
      ExpressionLowering lowering,
      Expr.BuiltinCall call,
      int width,
      @Nullable Rounding half,
      int stride) {
    Expr pointer = call.arguments().get(2);
    Type type = stored(pointer);
    List<Value> values = lowering.scalars(call.arguments().get(0));
    Lowered.Pointer at =
        address(lowering, call, pointer, call.arguments().get(1), (long) type.bytes() * stride);
    Code code = lowering.code();
    List<Value> stored =
        half != null ? values.stream().map(v -> half.narrow(code, v, Type.F16)).toList() : values;
    lowering
        .function()
        .places()
        .withRoot(
            at,
            List.of(),
            root -> {
              Access access =
                  PlaceLowering.access(
                      root, at.offset(), type, width, alignment(type, stride, call));
              code.at(call.span()).builder().store(access, stored);
              return List.of();
            },
            call.span());
    return Lowered.NOTHING;
  }
}
