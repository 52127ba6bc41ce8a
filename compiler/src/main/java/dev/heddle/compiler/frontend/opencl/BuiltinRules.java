package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The typing rules and the component-wise lowering that families of builtins share. */
final class BuiltinRules {
  private BuiltinRules() {}

  /** One component of a function that works on each component alone. */
  @FunctionalInterface
  interface Component {
    /**
     * @param element the type of the first argument's components
     */
    Value emit(Code code, ElementType element, List<Value> arguments);
  }

  /** Lowers each component alone; scalar arguments beside vectors serve all components. */
  static Builtin.Emit each(Component component) {
    return (lowering, call) -> {
      List<List<Value>> arguments = new ArrayList<>();
      int width = 1;
      for (Expr argument : call.arguments()) {
        arguments.add(lowering.scalars(argument));
        width = Math.max(width, arguments.getLast().size());
      }
      ElementType element = call.arguments().getFirst().type().lane();
      lowering.code().at(call.span());
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        int at = i;
        List<Value> own = arguments.stream().map(a -> a.get(a.size() == 1 ? 0 : at)).toList();
        results.add(component.emit(lowering.code(), element, own));
      }
      return new Lowered.Scalars(results);
    };
  }

  static Expr wrongCount(Typing typing, Builtin builtin, int wanted, List<Expr> given, Span span) {
    return typing.mistake(
        span,
        "'%s' takes %d argument%s, but %d %s given"
            .formatted(
                builtin.name(),
                wanted,
                wanted == 1 ? "" : "s",
                given.size(),
                given.size() == 1 ? "is" : "are"));
  }

  static Expr wrongType(Typing typing, Builtin builtin, Expr argument, String wanted) {
    return typing.mistake(
        argument.span(),
        "'%s' takes %s here, not %s".formatted(builtin.name(), wanted, argument.type().text()));
  }

  /** All arguments brought to one type, and the result type that follows from it. */
  static Builtin.Rule same(
      int count, UnaryOperator<@Nullable ElementType> element, UnaryOperator<CType> result) {
    return (typing, builtin, arguments, span) -> {
      if (arguments.size() != count) {
        return wrongCount(typing, builtin, count, arguments, span);
      }
      CType common = common(typing, builtin, arguments, element);
      if (common == null) {
        return new Expr.Invalid(span);
      }
      List<Expr> converted =
          arguments.stream().map(a -> typing.conversions().convert(a, common)).toList();
      return new Expr.BuiltinCall(builtin, converted, result.apply(common), span);
    };
  }

  /** The one type for all arguments: the vector type if there is one, the highest element type. */
  private static @Nullable CType common(
      Typing typing,
      Builtin builtin,
      List<Expr> arguments,
      UnaryOperator<@Nullable ElementType> allowed) {
    int width = 1;
    ElementType element = null;
    for (Expr argument : arguments) {
      ElementType own = argument.type().elementOrNull();
      if (own == null || own == ElementType.HALF) {
        wrongType(typing, builtin, argument, "a scalar or vector");
        return null;
      }
      boolean wider = argument.type().components() > width;
      if (wider && width > 1
          || argument.type().components() > 1
              && !wider
              && width > 1
              && argument.type().components() != width) {
        wrongType(typing, builtin, argument, "vectors of one size");
        return null;
      }
      // a vector decides the element type; scalars beside it are converted to it
      if (wider) {
        element = own;
        width = argument.type().components();
      } else if (argument.type().components() == width) {
        element = element == null ? own : higher(element, own);
      }
    }
    ElementType fit = allowed.apply(element);
    if (fit == null) {
      String wanted =
          allowed.apply(ElementType.FLOAT) != null ? "floating-point values" : "integers";
      wrongType(typing, builtin, arguments.getFirst(), wanted);
      return null;
    }
    return CType.of(fit, width);
  }

  private static ElementType higher(ElementType a, ElementType b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** A float type; integers become float. */
  static @Nullable ElementType real(@Nullable ElementType element) {
    return element == null || !element.type().isFloat() ? ElementType.FLOAT : element;
  }

  static @Nullable ElementType integer(@Nullable ElementType element) {
    boolean fits = element != null && !element.type().isFloat();
    return fits ? element == ElementType.BOOL ? ElementType.INT : element : null;
  }

  static @Nullable ElementType number(@Nullable ElementType element) {
    return element == ElementType.BOOL ? ElementType.INT : element;
  }

  /** Functions of {@code count} floating-point arguments of one type. */
  static Builtin.Rule reals(int count) {
    return same(count, BuiltinRules::real, type -> type);
  }

  static Builtin.Rule integers(int count) {
    return same(count, BuiltinRules::integer, type -> type);
  }

  static Builtin.Rule numbers(int count) {
    return same(count, BuiltinRules::number, type -> type);
  }

  /** Tests of floating-point values: an int, or a vector of -1 and 0. */
  static Builtin.Rule realTests(int count) {
    return same(count, BuiltinRules::real, BuiltinRules::testResult);
  }

  static CType testResult(CType argument) {
    return argument instanceof CType.Vector vector
        ? new CType.Vector(signedOf(vector.element()), vector.width())
        : CType.INT;
  }

  static ElementType signedOf(ElementType element) {
    return switch (element.type()) {
      case BOOL, I8 -> ElementType.CHAR;
      case I16, F16 -> ElementType.SHORT;
      case I32, F32 -> ElementType.INT;
      case I64, F64 -> ElementType.LONG;
    };
  }

  static ElementType unsignedOf(ElementType element) {
    return switch (element.type()) {
      case BOOL, I8 -> ElementType.UCHAR;
      case I16, F16 -> ElementType.USHORT;
      case I32, F32 -> ElementType.UINT;
      case I64, F64 -> ElementType.ULONG;
    };
  }

  static CType unsigned(CType type) {
    ElementType element = type.lane();
    return CType.of(unsignedOf(element), type.components());
  }

  /** A floating-point value and an integer for each of its components, or one for all. */
  static Builtin.Rule realAndInteger() {
    return (typing, builtin, arguments, span) -> {
      if (arguments.size() != 2) {
        return wrongCount(typing, builtin, 2, arguments, span);
      }
      CType type = common(typing, builtin, arguments.subList(0, 1), BuiltinRules::real);
      Expr count = arguments.get(1);
      if (type == null) {
        return new Expr.Invalid(span);
      }
      boolean fits =
          integer(count.type().elementOrNull()) != null
              && (count.type().components() == 1 || count.type().components() == type.components());
      if (!fits) {
        return wrongType(typing, builtin, count, "an integer");
      }
      Expr number =
          typing.conversions().convert(count, CType.of(ElementType.INT, count.type().components()));
      Expr value = typing.conversions().convert(arguments.getFirst(), type);
      return new Expr.BuiltinCall(builtin, List.of(value, number), type, span);
    };
  }

  /** Floating-point values of one type and a pointer to where a second result goes. */
  static Builtin.Rule realsAndPlace(int count, boolean integerPlace) {
    return (typing, builtin, arguments, span) -> {
      if (arguments.size() != count + 1) {
        return wrongCount(typing, builtin, count + 1, arguments, span);
      }
      List<Expr> values = arguments.subList(0, count);
      CType type = common(typing, builtin, values, BuiltinRules::real);
      if (type == null) {
        return new Expr.Invalid(span);
      }
      CType wanted = integerPlace ? CType.of(ElementType.INT, type.components()) : type;
      Expr place = arguments.get(count);
      boolean fits =
          place.type() instanceof CType.Pointer pointer
              && pointer.target().type().equals(wanted)
              && !pointer.target().constant();
      if (!fits) {
        return wrongType(typing, builtin, place, "a pointer to " + wanted.text());
      }
      List<Expr> converted = new ArrayList<>();
      values.forEach(value -> converted.add(typing.conversions().convert(value, type)));
      converted.add(place);
      return new Expr.BuiltinCall(builtin, converted, type, span);
    };
  }
}
