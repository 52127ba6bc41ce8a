package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.List;

/** Numbers values and labels densely, from 0, in program order. */
final class Renumber implements Pass {
  @Override
  public String name() {
    return "renumber";
  }

  @Override
  public Function run(Function function) {
    Copy copy = new Copy();
    List<Parameter> parameters = function.parameters().stream().map(copy::parameter).toList();
    Region body = copy.region(function.body());
    return new Function(
        function.name(),
        function.kernel(),
        parameters,
        function.objects(),
        function.results(),
        function.requiredLocalSize(),
        body,
        function.span());
  }

  private static final class Copy extends Cloner {
    Copy() {
      super(new IrBuilder());
    }

    Parameter parameter(Parameter old) {
      Value value = define(Numbering.value(old));
      return switch (old) {
        case Parameter.Scalar(var name, var element, var before) ->
            new Parameter.Scalar(name, element, value);
        case Parameter.Pointer(var name, var element, int width, var root, var before, var read) ->
            new Parameter.Pointer(name, element, width, root, value, read);
      };
    }
  }
}
