package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds regions and keeps the environment right across them: what two arms leave in a variable
 * becomes a result of their {@link Op.If}, what a loop assigns becomes its parameters and results.
 */
final class ControlFlow {
  /** How a variable is handed over: the objects of a pointer that needs a tag, else none. */
  private record Shape(CType type, List<Variable> objects) {
    boolean tagged() {
      return objects.size() > 1;
    }

    List<Type> types() {
      if (!type.isPointer()) {
        return FunctionLowering.scalarTypes(type);
      }
      return tagged() ? List.of(Type.I32, Type.I64) : List.of(Type.I64);
    }
  }

  /** A loop, or a block to break out of, that encloses the code being lowered. */
  static final class Target {
    private final int label;
    private final Map<Variable, Shape> shapes;
    private boolean left;

    Target(int label, Map<Variable, Shape> shapes) {
      this.label = label;
      this.shapes = shapes;
    }

    int label() {
      return label;
    }
  }

  private record Arm(Region region, Environment environment, @Nullable Terminator end) {}

  private final FunctionLowering function;
  private final Code code;
  private final IrBuilder builder;
  private Environment environment = new Environment();
  private @Nullable Terminator end;

  ControlFlow(FunctionLowering function) {
    this.function = function;
    this.code = function.code();
    this.builder = code.builder();
  }

  Environment environment() {
    return environment;
  }

  /** How the region being built ends; null while control can still reach its end. */
  @Nullable Terminator end() {
    return end;
  }

  void terminate(Terminator terminator) {
    end = terminator;
  }

  boolean unreachable() {
    return end != null;
  }

  List<Value> returnZeros() {
    return FunctionLowering.resultTypes(function.symbol().result()).stream()
        .map(code::zero)
        .toList();
  }

  // two arms

  private Arm arm(Environment start, Runnable body) {
    Environment saved = environment;
    environment = start.layer();
    builder.open(List.of());
    body.run();
    Region region = builder.close(end != null ? end : new Terminator.Yield(List.of()));
    Arm arm = new Arm(region, environment, end);
    environment = saved;
    end = null;
    return arm;
  }

  /** If; where the first arm does not fall through, the second goes on in this region. */
  void branch(Value condition, Runnable thenBody, Runnable elseBody, Span span) {
    Environment before = environment;
    Arm thenArm = arm(before, thenBody);
    if (thenArm.end() != null) {
      Region nothing = emptyRegion();
      builder.add(new Op.If(List.of(), condition, thenArm.region(), nothing, span));
      elseBody.run();
      return;
    }
    Arm elseArm = arm(before, elseBody);
    join(condition, thenArm, elseArm, span);
  }

  private Region emptyRegion() {
    builder.open(List.of());
    return builder.close(new Terminator.Yield(List.of()));
  }

  private void join(Value condition, Arm thenArm, Arm elseArm, Span span) {
    boolean elseEnds = elseArm.end() != null;
    Environment other = elseEnds ? environment : elseArm.environment();
    Set<Variable> changed = new LinkedHashSet<>(thenArm.environment().changed());
    changed.addAll(elseEnds ? Set.of() : other.changed());
    Map<Variable, Shape> shapes = new LinkedHashMap<>();
    for (Variable variable : environment.those(changed)) {
      Lowered a = thenArm.environment().get(variable);
      Lowered b = other.get(variable);
      if (a.equals(b)) {
        environment.put(variable, a);
      } else {
        shapes.put(variable, elseEnds ? shape(variable, a, a) : shape(variable, a, b));
      }
    }
    Region thenRegion = yielding(thenArm, shapes);
    Region elseRegion = elseEnds ? elseArm.region() : yielding(elseArm, shapes);
    List<Value> results = fresh(shapes);
    builder.add(new Op.If(results, condition, thenRegion, elseRegion, span));
    unflatten(shapes, results);
  }

  private Shape shape(Variable variable, Lowered a, Lowered b) {
    Set<Variable> objects = new LinkedHashSet<>();
    if (a instanceof Lowered.Pointer p && b instanceof Lowered.Pointer q) {
      objects.addAll(p.objects());
      objects.addAll(q.objects());
    }
    return new Shape(
        variable.type(),
        objects.stream().sorted(java.util.Comparator.comparingInt(function::number)).toList());
  }

  /** The arm's region again, ending with the values of the variables. */
  private Region yielding(Arm arm, Map<Variable, Shape> shapes) {
    if (shapes.isEmpty()) {
      return arm.region();
    }
    builder.open(List.of());
    arm.region().ops().forEach(builder::add);
    return builder.close(new Terminator.Yield(flatten(shapes, arm.environment())));
  }

  private List<Value> fresh(Map<Variable, Shape> shapes) {
    return shapes.values().stream().flatMap(s -> s.types().stream()).map(builder::fresh).toList();
  }

  private List<Value> flatten(Map<Variable, Shape> shapes, Environment from) {
    List<Value> values = new ArrayList<>();
    shapes.forEach((variable, shape) -> flatten(shape, from.get(variable), values));
    return values;
  }

  private void flatten(Shape shape, Lowered value, List<Value> out) {
    switch (value) {
      case Lowered.Scalars scalars -> out.addAll(scalars.values());
      case Lowered.Pointer pointer -> {
        if (shape.tagged()) {
          out.add(tag(pointer));
        }
        out.add(pointer.offset());
      }
      case Lowered.Aggregate _, Lowered.Nothing _ ->
          throw new IllegalStateException("no value for a variable: " + value);
    }
  }

  /** The number of the object that a pointer points into, as a value. */
  Value tag(Lowered.Pointer pointer) {
    if (pointer.tag() != null) {
      return pointer.tag();
    }
    int number = pointer.objects().isEmpty() ? 0 : function.number(pointer.objects().getFirst());
    return code.constant(Type.I32, number);
  }

  private void unflatten(Map<Variable, Shape> shapes, List<Value> values) {
    int at = 0;
    for (Map.Entry<Variable, Shape> entry : shapes.entrySet()) {
      Shape shape = entry.getValue();
      int count = shape.types().size();
      List<Value> own = values.subList(at, at + count);
      at += count;
      Lowered value =
          shape.type().isPointer()
              ? new Lowered.Pointer(
                  shape.objects(), shape.tagged() ? own.getFirst() : null, own.getLast())
              : new Lowered.Scalars(own);
      environment.put(entry.getKey(), value);
    }
  }

  /** The value of one of two expressions. */
  Lowered choose(
      Value condition, CType type, Supplier<Lowered> ifTrue, Supplier<Lowered> ifFalse, Span span) {
    Variable chosen = new Variable("?", Qualified.of(type), Variable.Scope.BLOCK, span);
    environment.put(chosen, Lowered.NOTHING);
    branch(
        condition,
        () -> environment.put(chosen, ifTrue.get()),
        () -> environment.put(chosen, ifFalse.get()),
        span);
    Lowered result = environment.get(chosen);
    environment.remove(chosen);
    return result;
  }

  // loops

  private Map<Variable, Shape> carried(Set<Variable> assigned) {
    Map<Variable, Shape> shapes = new LinkedHashMap<>();
    for (Variable variable : environment.those(assigned)) {
      List<Variable> objects =
          variable.type().isPointer() ? function.objectsOf(variable) : List.of();
      shapes.put(variable, new Shape(variable.type(), objects));
    }
    return shapes;
  }

  /** What the body of a loop is made of. */
  interface Body {
    /**
     * Lowers one trip, up to where the next one starts.
     *
     * @param loop the loop itself, to leave or to continue
     */
    void lower(Target loop);
  }

  /** A loop whose body assigns the given variables, among others of its own. */
  void loop(Set<Variable> assigned, Body body, Span span) {
    Target target = new Target(builder.freshLabel(), carried(assigned));
    List<Value> initial = flatten(target.shapes, environment);
    List<Value> parameters = fresh(target.shapes);
    Environment outer = environment;
    environment = outer.layer();
    unflatten(target.shapes, parameters);
    builder.open(parameters);
    body.lower(target);
    if (end == null) {
      continueAt(target);
    }
    close(target, initial, outer, span);
  }

  /** A block that can be left from within; its body runs once. */
  void block(Set<Variable> assigned, Body body, Span span) {
    Target target = new Target(builder.freshLabel(), carried(assigned));
    Environment outer = environment;
    environment = outer.layer();
    builder.open(List.of());
    body.lower(target);
    if (end == null) {
      leave(target);
    }
    close(target, List.of(), outer, span);
  }

  private void close(Target target, List<Value> initial, Environment outer, Span span) {
    if (end == null) {
      throw new IllegalStateException("a loop without an end");
    }
    Region region = builder.close(end);
    end = null;
    environment = outer;
    List<Value> results = target.left ? fresh(target.shapes) : List.of();
    code.at(span);
    builder.add(new Op.Loop(results, target.label, initial, region, span));
    if (target.left) {
      unflatten(target.shapes, results);
    } else {
      terminate(new Terminator.Return(returnZeros()));
    }
  }

  /** Ends the region by leaving a loop or block. */
  void leave(Target target) {
    target.left = true;
    terminate(new Terminator.Break(target.label, flatten(target.shapes, environment)));
  }

  /** Ends the region by starting the next trip of a loop. */
  void continueAt(Target target) {
    terminate(new Terminator.Continue(target.label, flatten(target.shapes, environment)));
  }

  /** Leaves the loop unless the condition holds. */
  void leaveUnless(Value condition, Target target, Span span) {
    Region go = emptyRegion();
    Arm leaving = arm(environment, () -> leave(target));
    builder.add(new Op.If(List.of(), condition, go, leaving.region(), span));
  }
}
