package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lowers one function: its signature and objects here, its code through the lowerings of
 * statements, expressions and places, which share this as their state.
 */
final class FunctionLowering {
  private final FunctionSymbol symbol;
  private final boolean kernel;
  private final ProgramLowering program;
  private final Diagnostics diagnostics;
  private final Code code = new Code();
  private final ControlFlow flow;
  private final PlaceLowering places;
  private final ExpressionLowering expressions;
  private final StatementLowering statements;
  private final PointsTo pointsTo;
  private final Map<Variable, Root> roots = new LinkedHashMap<>();
  private final Map<Variable, Integer> numbers = new HashMap<>();
  private final List<Root> objects = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final Map<Variable, Value> formalOffsets = new HashMap<>();
  private final Set<Variable> returnedObjects = new LinkedHashSet<>();
  private @Nullable Variable resultObject;

  FunctionLowering(
      FunctionSymbol symbol, boolean kernel, ProgramLowering program, Diagnostics diagnostics) {
    this.symbol = symbol;
    this.kernel = kernel;
    this.program = program;
    this.diagnostics = diagnostics;
    this.pointsTo = new PointsTo(symbol, this::returnedBy);
    this.flow = new ControlFlow(this);
    this.places = new PlaceLowering(this);
    this.expressions = new ExpressionLowering(this);
    this.statements = new StatementLowering(this);
  }

  Code code() {
    return code;
  }

  ControlFlow flow() {
    return flow;
  }

  PlaceLowering places() {
    return places;
  }

  ExpressionLowering expressions() {
    return expressions;
  }

  StatementLowering statements() {
    return statements;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  ProgramLowering program() {
    return program;
  }

  FunctionSymbol symbol() {
    return symbol;
  }

  /** The variable that stands for the object a returned struct is written to. */
  @Nullable Variable resultObject() {
    return resultObject;
  }

  ProgramLowering.Lowering lower() {
    code.at(symbol.span());
    code.builder().open(List.of());
    symbol.parameters().forEach(this::parameter);
    if (symbol.result() instanceof CType.Struct) {
      resultParameter();
    }
    statements.lower(symbol.body());
    Terminator end = flow.end();
    Region body =
        code.builder().close(end != null ? end : new Terminator.Return(flow.returnZeros()));
    Function function =
        new Function(
            irName(),
            kernel,
            parameters,
            objects,
            resultTypes(symbol.result()),
            kernel ? symbol.requiredLocalSize() : Optional.empty(),
            body,
            symbol.span());
    return new ProgramLowering.Lowering(function, returnedObjects);
  }

  /** A kernel that another kernel calls is there twice. */
  private String irName() {
    return symbol.isKernel() && !kernel ? symbol.name() + "__called" : symbol.name();
  }

  static List<Type> resultTypes(CType type) {
    return switch (type) {
      case CType.Pointer _ -> List.of(Type.I64);
      case CType.Void _, CType.Struct _, CType.Invalid _, CType.Array _, CType.Opaque _ ->
          List.of();
      case CType.Scalar _, CType.Vector _ -> scalarTypes(type);
    };
  }

  /** One type for each component. */
  static List<Type> scalarTypes(CType type) {
    ElementType element = type.elementOrNull();
    if (element == null) {
      throw new IllegalStateException("no scalar: " + type.text());
    }
    return java.util.Collections.nCopies(type.components(), element.type());
  }

  // parameters

  private void parameter(Variable variable) {
    switch (variable.type()) {
      case CType.Pointer pointer -> pointerParameter(variable, pointer);
      case CType.Struct _ when kernel -> structArgument(variable);
      case CType.Struct _ -> structParameter(variable);
      default -> scalarParameter(variable);
    }
  }

  private void scalarParameter(Variable variable) {
    ElementType element = variable.type().lane();
    int width = variable.type().components();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Value value = code.builder().fresh(element.type());
      values.add(value);
      String name = width == 1 ? variable.name() : variable.name() + ".s" + Integer.toHexString(i);
      parameters.add(new Parameter.Scalar(unique(name), element, value));
    }
    Lowered value = new Lowered.Scalars(values);
    if (variable.inMemory()) {
      places.store(places.of(variable), value, variable.span());
    } else {
      flow.environment().put(variable, value);
    }
  }

  private void pointerParameter(Variable variable, CType.Pointer pointer) {
    Qualified target = pointer.target();
    Value offset = code.builder().fresh(Type.I64);
    String name = unique(variable.name());
    int index = parameters.size();
    Root root;
    if (!kernel) {
      root = new Root.Formal(name, target.space(), index);
    } else if (target.space() == AddressSpace.LOCAL) {
      root = new Root.LocalParameter(name, index);
    } else {
      root = new Root.Buffer(name, target.space(), index);
    }
    addFormal(variable, root, target, offset);
    // a kernel's pointers start at the object's first byte
    Value start = kernel ? code.zero(Type.I64) : offset;
    flow.environment().put(variable, new Lowered.Pointer(List.of(variable), null, start));
  }

  private void addFormal(Variable variable, Root root, Qualified target, Value offset) {
    CType element = target.type();
    while (element instanceof CType.Array array) {
      element = array.element();
    }
    ElementType scalar = commonElement(element);
    boolean readOnly = target.constant() || target.space() == AddressSpace.CONSTANT;
    parameters.add(
        new Parameter.Pointer(
            root.name(),
            scalar == null ? ElementType.UCHAR : scalar,
            element.components(),
            root,
            offset,
            readOnly));
    define(variable, root);
  }

  /** The type of all scalars in a type; null if they are of several. */
  private static @Nullable ElementType commonElement(CType type) {
    return switch (type) {
      case CType.Array array -> commonElement(array.element());
      case CType.Struct struct -> {
        List<@Nullable ElementType> all =
            struct.members().stream().map(m -> commonElement(m.type())).distinct().toList();
        yield all.size() == 1 ? all.getFirst() : null;
      }
      default -> type.elementOrNull();
    };
  }

  /** A struct by value reaches a kernel as a constant buffer of its bytes. */
  private void structArgument(Variable variable) {
    Root root = new Root.Buffer(unique(variable.name()), AddressSpace.CONSTANT, parameters.size());
    Qualified type = Qualified.of(variable.type()).in(AddressSpace.CONSTANT);
    Value offset = code.builder().fresh(Type.I64);
    if (!Writes.mayChange(symbol, variable, pointsTo)) {
      addFormal(variable, root, type, offset);
      return;
    }
    Variable passed =
        new Variable(variable.name(), type, Variable.Scope.PARAMETER, variable.span());
    addFormal(passed, root, type, offset);
    places.store(
        places.of(variable),
        new Lowered.Aggregate(locate(passed), variable.type()),
        variable.span());
  }

  /** A struct by value arrives as a pointer to the caller's copy. */
  private void structParameter(Variable variable) {
    Value offset = code.builder().fresh(Type.I64);
    Root root = new Root.Formal(unique(variable.name()), AddressSpace.PRIVATE, parameters.size());
    addFormal(variable, root, Qualified.of(variable.type()), offset);
    formalOffsets.put(variable, offset);
  }

  private void resultParameter() {
    resultObject =
        new Variable(
            "result", Qualified.of(symbol.result()), Variable.Scope.PARAMETER, symbol.span());
    structParameter(resultObject);
  }

  // objects

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private void define(Variable variable, Root root) {
    roots.put(variable, root);
    numbers.put(variable, numbers.size());
  }

  /** The memory object of a variable, made when it is first asked for. */
  Root root(Variable variable) {
    Root known = roots.get(variable);
    if (known != null) {
      return known;
    }
    CType type = variable.type();
    String name = unique(variable.name());
    Root root;
    if (variable.content() != null) {
      root = new Root.Table(name, variable.content(), type.alignment());
    } else {
      AddressSpace space =
          variable.qualified().space() == AddressSpace.LOCAL
              ? AddressSpace.LOCAL
              : AddressSpace.PRIVATE;
      root = new Root.Array(name, space, type.size(), type.alignment());
    }
    define(variable, root);
    objects.add(root);
    return root;
  }

  /** Whether this function has given the variable a memory object. */
  boolean knows(Variable variable) {
    return roots.containsKey(variable);
  }

  /** Where an object starts in its root. */
  Lowered.Pointer locate(Variable variable) {
    root(variable);
    Value offset = formalOffsets.get(variable);
    return new Lowered.Pointer(
        List.of(variable), null, offset != null ? offset : code.zero(Type.I64));
  }

  /** The number that tags of pointers use for an object. */
  int number(Variable variable) {
    root(variable);
    return Objects.requireNonNull(numbers.get(variable));
  }

  /** The objects that a pointer variable may ever point into, in the order of their numbers. */
  List<Variable> objectsOf(Variable pointer) {
    return pointsTo.of(pointer, this::number);
  }

  PointsTo pointsTo() {
    return pointsTo;
  }

  /** The objects of this function that a pointer returned by a call may point into. */
  private Set<Variable> returnedBy(PointsTo known, Expr.Call call) {
    Set<Variable> result = new LinkedHashSet<>();
    if (!(call.type() instanceof CType.Pointer)) {
      return result;
    }
    for (Variable object : program.callee(call.function()).returnedObjects()) {
      int index = call.function().parameters().indexOf(object);
      result.addAll(index < 0 ? Set.of(object) : known.of(call.arguments().get(index)));
    }
    return result;
  }

  void returns(Lowered.Pointer pointer) {
    returnedObjects.addAll(pointer.objects());
  }
}
