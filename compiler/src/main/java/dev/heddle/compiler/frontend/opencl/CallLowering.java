package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Lowers calls of the program's own functions. */
final class CallLowering {
  private final ExpressionLowering expressions;
  private final FunctionLowering function;
  private final Code code;

  CallLowering(ExpressionLowering expressions) {
    this.expressions = expressions;
    this.function = expressions.function();
    this.code = expressions.code();
  }

  Lowered call(Expr.Call call) {
    ProgramLowering.Lowering callee = function.program().callee(call.function());
    List<Lowered> arguments = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      arguments.add(argument(argument));
    }
    if (call.function().prints()) {
      Printing.passedOn(function.symbol(), call.span())
          .forEach(hidden -> arguments.add(expressions.value(hidden)));
    }
    code.at(call.span());
    Lowered.Pointer result = null;
    if (call.type() instanceof CType.Struct) {
      result = function.places().temporary(call.type(), "result", call.span());
      arguments.add(result);
    }
    List<Value> values = withRoots(call, callee, arguments, 0, List.of());
    return switch (call.type()) {
      case CType.Struct struct -> new Lowered.Aggregate(Objects.requireNonNull(result), struct);
      case CType.Pointer _ -> returned(call, callee, arguments, values.getFirst());
      case CType.Void _ -> Lowered.NOTHING;
      default -> new Lowered.Scalars(values);
    };
  }

  private Lowered argument(Expr argument) {
    Lowered value = expressions.value(argument);
    return value instanceof Lowered.Aggregate aggregate
        ? function.places().copyOf(aggregate, argument.span())
        : value;
  }

  /** Settles one argument after the other; a pointer with several objects splits the call. */
  private List<Value> withRoots(
      Expr.Call call,
      ProgramLowering.Lowering callee,
      List<Lowered> arguments,
      int index,
      List<Op.Argument> done) {
    if (index == arguments.size()) {
      return emit(call, callee, done);
    }
    List<Op.Argument> next = new ArrayList<>(done);
    if (!(arguments.get(index) instanceof Lowered.Pointer pointer)) {
      Lowered.Scalars scalars = (Lowered.Scalars) arguments.get(index);
      scalars.values().forEach(v -> next.add(new Op.Argument.Scalar(v)));
      return withRoots(call, callee, arguments, index + 1, next);
    }
    if (pointer.objects().isEmpty()) {
      next.add(new Op.Argument.Pointer(noObject(call.span()), pointer.offset()));
      return withRoots(call, callee, arguments, index + 1, next);
    }
    return function
        .places()
        .withRoot(
            pointer,
            callee.function().results(),
            root -> {
              List<Op.Argument> chosen = new ArrayList<>(next);
              chosen.add(new Op.Argument.Pointer(root, pointer.offset()));
              return withRoots(call, callee, arguments, index + 1, chosen);
            },
            call.span());
  }

  /** What a null pointer points into: an object without bytes. */
  private Root noObject(Span span) {
    return function.root(
        new Variable(
            "null", Qualified.of(new CType.Array(CType.UCHAR, 0)), Variable.Scope.BLOCK, span));
  }

  private List<Value> emit(
      Expr.Call call, ProgramLowering.Lowering callee, List<Op.Argument> arguments) {
    code.at(call.span());
    List<Value> results =
        callee.function().results().stream().map(t -> code.builder().fresh(t)).toList();
    code.builder().add(new Op.Call(results, callee.function().name(), arguments, call.span()));
    return results;
  }

  /** The caller's object that a returned pointer points into. */
  private Lowered returned(
      Expr.Call call, ProgramLowering.Lowering callee, List<Lowered> arguments, Value offset) {
    Set<Variable> objects = new LinkedHashSet<>();
    Value tag = null;
    for (Variable object : callee.returnedObjects()) {
      int index = call.function().parameters().indexOf(object);
      if (index < 0) {
        objects.add(object);
      } else {
        Lowered.Pointer argument = (Lowered.Pointer) arguments.get(index);
        objects.addAll(argument.objects());
        tag = argument.tag();
      }
    }
    if (callee.returnedObjects().size() > 1 || objects.stream().anyMatch(this::isOthers)) {
      function
          .diagnostics()
          .error(
              call.span(),
              "'%s' returns a pointer into one of several objects, or into its own; return an"
                      .formatted(call.function().name())
                  + " index instead");
      return new Lowered.Pointer(
          List.of(), null, code.constant(Type.I64, PlaceLowering.NULL_OFFSET));
    }
    return new Lowered.Pointer(List.copyOf(objects), objects.size() > 1 ? tag : null, offset);
  }

  /** Whether an object belongs to the callee alone. */
  private boolean isOthers(Variable object) {
    return object.content() == null && !function.knows(object);
  }
}
