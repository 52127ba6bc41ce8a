package dev.heddle.compiler.verify;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks one function: scopes, regions and signature here, single ops in {@link OpCheck}. */
final class FunctionCheck {
  private final Function function;
  private final List<String> problems = new ArrayList<>();
  private final Set<Integer> defined = new HashSet<>();
  private final Map<Integer, Value> visible = new HashMap<>();
  private final Set<Integer> labels = new HashSet<>();
  private final Deque<Op.Loop> enclosing = new ArrayDeque<>();
  private final Map<String, Root> roots = new HashMap<>();
  private final OpCheck opCheck;
  private String place = "";

  FunctionCheck(Function function, Optional<Program> program) {
    this.function = function;
    this.opCheck = new OpCheck(program, roots, this::report);
  }

  List<String> problems() {
    signature();
    require(function.body().parameters().isEmpty(), "the body of a function has no parameters");
    region(function.body());
    require(
        function.body().terminator() instanceof Terminator.Return,
        "the body of a function ends in a return");
    return problems;
  }

  private void signature() {
    place = "signature";
    for (int i = 0; i < function.parameters().size(); i++) {
      switch (function.parameters().get(i)) {
        case Parameter.Scalar scalar -> define(scalar.value());
        case Parameter.Pointer pointer -> pointer(pointer, i);
      }
    }
    for (Root object : function.objects()) {
      require(
          object instanceof Root.Array || object instanceof Root.Table,
          "object " + object.name() + " is neither an array nor a table");
      declare(object);
    }
    if (function.kernel()) {
      require(function.results().isEmpty(), "a kernel returns nothing");
    }
    function.requiredLocalSize().ifPresent(this::requiredLocalSize);
  }

  private void requiredLocalSize(List<Integer> sizes) {
    require(
        sizes.size() == 3 && sizes.stream().allMatch(size -> size > 0),
        "a required local size has three positive numbers");
    require(function.kernel(), "only a kernel has a required local size");
  }

  private void pointer(Parameter.Pointer pointer, int position) {
    Root root = pointer.root();
    boolean fits =
        switch (root) {
          case Root.Buffer buffer -> function.kernel() && buffer.parameter() == position;
          case Root.LocalParameter local -> function.kernel() && local.parameter() == position;
          case Root.Formal formal -> !function.kernel() && formal.parameter() == position;
          case Root.Array array -> false;
          case Root.Table table -> false;
        };
    require(
        fits,
        "pointer parameter "
            + pointer.name()
            + " has the root "
            + root
            + ": a kernel's is a buffer or a local parameter, a helper's is formal, each with its"
            + " position");
    require(pointer.width() > 0, "pointer parameter " + pointer.name() + " has no width");
    declare(root);
    define(pointer.offset());
  }

  private void declare(Root root) {
    require(roots.put(root.name(), root) == null, "there are two roots named " + root.name());
  }

  private void region(Region region) {
    List<Value> local = new ArrayList<>();
    region.parameters().forEach(value -> defineIn(local, value));
    for (Op op : region.ops()) {
      op(op);
      op.results().forEach(value -> defineIn(local, value));
    }
    place = "terminator " + region.terminator();
    uses(region.terminator().values());
    terminator(region.terminator());
    local.forEach(value -> visible.remove(value.id()));
  }

  private void op(Op op) {
    place = "'" + IrPrinter.line(op) + "'";
    if (!op.span().equals(Span.NONE)) {
      place += " at " + op.span();
    }
    uses(op.operands());
    opCheck.check(op);
    switch (op) {
      case Op.If branch -> {
        String ifPlace = place;
        arm(branch, branch.thenRegion());
        place = ifPlace;
        arm(branch, branch.elseRegion());
        place = ifPlace;
      }
      case Op.Loop loop -> loop(loop);
      default -> {}
    }
  }

  private void arm(Op.If branch, Region arm) {
    require(arm.parameters().isEmpty(), "an arm of an if has no parameters");
    if (arm.terminator() instanceof Terminator.Yield yield) {
      types("yield and results of the if", yield.values(), branch.results());
    }
    region(arm);
  }

  private void loop(Op.Loop loop) {
    String loopPlace = place;
    require(labels.add(loop.label()), "there is another loop with label " + loop.label());
    types("initial values and parameters", loop.initial(), loop.body().parameters());
    require(
        !(loop.body().terminator() instanceof Terminator.Yield),
        "the body of a loop does not end in a yield");
    enclosing.push(loop);
    region(loop.body());
    enclosing.pop();
    place = loopPlace;
  }

  private void terminator(Terminator terminator) {
    switch (terminator) {
      // what may yield is checked where the region's owner is known
      case Terminator.Yield yield -> {}
      case Terminator.Break exit ->
          target(exit.label())
              .ifPresent(loop -> types("break and results", exit.values(), loop.results()));
      case Terminator.Continue next ->
          target(next.label())
              .ifPresent(
                  loop ->
                      types("continue and parameters", next.values(), loop.body().parameters()));
      case Terminator.Return end ->
          require(
              end.values().stream().map(Value::type).toList().equals(function.results()),
              "returns values of other types than the function's results " + function.results());
    }
  }

  private Optional<Op.Loop> target(int label) {
    Optional<Op.Loop> target = enclosing.stream().filter(loop -> loop.label() == label).findFirst();
    require(target.isPresent(), "no enclosing loop has label " + label);
    return target;
  }

  private void types(String what, List<Value> given, List<Value> wanted) {
    List<Type> givenTypes = given.stream().map(Value::type).toList();
    List<Type> wantedTypes = wanted.stream().map(Value::type).toList();
    require(
        givenTypes.equals(wantedTypes), what + " differ: " + givenTypes + " and " + wantedTypes);
  }

  private void uses(List<Value> values) {
    for (Value value : values) {
      Value definition = visible.get(value.id());
      if (definition == null) {
        report("uses " + value + ", which no op before it in an enclosing region defines");
      } else {
        require(
            definition.equals(value),
            "uses " + value + " as " + value.type() + ", it is " + definition.type());
      }
    }
  }

  private void defineIn(List<Value> local, Value value) {
    define(value);
    local.add(value);
  }

  private void define(Value value) {
    require(defined.add(value.id()), "defines " + value + " a second time");
    visible.put(value.id(), value);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      report(rule);
    }
  }

  private void report(String rule) {
    problems.add(function.name() + ": " + place + ": " + Objects.requireNonNull(rule));
  }
}
