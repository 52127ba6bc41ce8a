package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpLaunch.Argument;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts arguments into slots, and memory behind the roots. */
final class Bindings {
  private final Function kernel;
  private final int items;
  private final boolean track;
  private final Map<Root, Binding> bindings = new HashMap<>();

  /**
   * @param items of a full group
   * @param track whether to know which bytes of local and private memory were written
   */
  Bindings(Function kernel, int items, boolean track) {
    this.kernel = kernel;
    this.items = items;
    this.track = track;
  }

  Map<Root, Binding> bind(List<Argument> arguments, Slots slots) {
    if (arguments.size() != kernel.parameters().size()) {
      throw new InterpreterException(
          kernel.name()
              + " takes "
              + kernel.parameters().size()
              + " arguments, not "
              + arguments.size());
    }
    for (int i = 0; i < arguments.size(); i++) {
      switch (kernel.parameters().get(i)) {
        case Parameter.Scalar scalar -> slots.fill(scalar.value(), bits(scalar, arguments.get(i)));
        case Parameter.Pointer pointer -> {
          slots.fill(pointer.offset(), 0);
          bindings.put(pointer.root(), pointed(pointer, arguments.get(i)));
        }
      }
    }
    kernel.objects().forEach(object -> bindings.put(object, object(object)));
    return bindings;
  }

  private static long bits(Parameter.Scalar parameter, Argument argument) {
    if (argument instanceof InterpLaunch.Scalar scalar) {
      return Arithmetic.truncate(parameter.value().type(), scalar.bits());
    }
    throw misfit(parameter, argument);
  }

  private Binding pointed(Parameter.Pointer parameter, Argument argument) {
    boolean local = parameter.root() instanceof Root.LocalParameter;
    return switch (argument) {
      case InterpLaunch.Local size when local ->
          Binding.local(parameter.root(), size.bytes(), track);
      case InterpLaunch.Buffer buffer when !local ->
          Binding.shared(parameter.root(), buffer.memory());
      case InterpLaunch.Null none when !local ->
          Binding.shared(parameter.root(), new ArrayMemory(0));
      default -> throw misfit(parameter, argument);
    };
  }

  private Binding object(Root root) {
    return switch (root) {
      case Root.Table table -> Binding.shared(table, new ArrayMemory(table.content().toArray()));
      case Root.Array array ->
          switch (array.space()) {
            case LOCAL -> Binding.local(array, array.bytes(), track);
            case PRIVATE -> Binding.ofEachItem(array, array.bytes(), items, track);
            case GLOBAL, CONSTANT -> throw new IllegalStateException(array.toString());
          };
      case Root.Buffer buffer -> throw new InterpreterException("object " + buffer);
      case Root.LocalParameter local -> throw new InterpreterException("object " + local);
      case Root.Formal formal -> throw new InterpreterException("object " + formal);
    };
  }

  private static InterpreterException misfit(Parameter parameter, Argument argument) {
    return new InterpreterException(
        "an argument of kind "
            + argument.getClass().getSimpleName()
            + " does not fit parameter "
            + parameter.name());
  }
}
