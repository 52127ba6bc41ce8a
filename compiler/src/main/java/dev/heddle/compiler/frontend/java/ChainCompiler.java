package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one kernel of a chain of functions. */
public final class ChainCompiler {
  /** Operations that a call of a math function counts as, for floats and for doubles. */
  private static final int MATH = 40;

  private static final int DOUBLE_MATH = 150;

  private final Lifting lifting;
  private final Chain chain;

  private ChainCompiler(Chain chain, Lifting lifting) {
    this.chain = chain;
    this.lifting = lifting;
  }

  /**
   * The kernel.
   *
   * @param lookup reads fields of modules that are not open to this one
   * @throws LiftException if a method's code is not supported, saying which class and line, and why
   */
  public static JavaKernel compile(Chain chain, Optional<MethodHandles.Lookup> lookup) {
    Lifting lifting = new Lifting(lookup.orElse(null));
    String name = "chain" + chain.steps().size();
    try {
      return JavaCompiler.kernel(lifting, name, new ChainCompiler(chain, lifting)::write);
    } catch (Refusal refusal) {
      throw new LiftException(
          "a chain of " + chain.steps().size() + " steps", refusal.getMessage());
    }
  }

  /**
   * About how many operations a call of the method adds to a kernel.
   *
   * @throws LiftException as {@link #compile} does, and if the method writes to an array that it
   *     has not made: others of the chain might read it
   */
  public static int operations(JavaMethod method, Optional<MethodHandles.Lookup> lookup) {
    Lifting lifting = new Lifting(lookup.orElse(null));
    try {
      lifting.begin(lifting.newNode());
      List<Operand> arguments = new ArrayList<>();
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(method.descriptor());
      int captured = method.captures().size() - (method.isStatic() ? 0 : 1);
      for (int i = captured; i < type.parameterCount(); i++) {
        Class<?> parameter = Classes.load(type.parameterType(i), method.owner());
        arguments.add(new Operand.Scalar(lifting.ir.fresh(Kinds.computed(parameter))));
      }
      new Callee(lifting, method, 0).call(arguments);
      lifting.end(new Node.End());
      return lifting.nodes().stream().mapToInt(node -> operations(node.ops)).sum();
    } catch (Refusal refusal) {
      throw JavaCompiler.refused(method, refusal);
    }
  }

  private static int operations(List<Op> ops) {
    int sum = 0;
    for (Op op : ops) {
      sum +=
          switch (op) {
            case Op.Builtin builtin -> operations(builtin);
            case Op.If branch -> operations(branch.thenRegion()) + operations(branch.elseRegion());
            case Op.Loop loop -> operations(loop.body());
            case Op.Store store -> stores(store.access(), store.span());
            case Op.Atomic update -> stores(update.access(), update.span());
            default -> 1;
          };
    }
    return sum;
  }

  private static int stores(Access access, Span at) {
    if (access.root() instanceof Root.Buffer array) {
      throw new Refusal(
          "it writes to the array \"%s\" (%s:%d); functions of elements may only read arrays"
              .formatted(array.name(), at.file(), at.line()));
    }
    return 1;
  }

  private static int operations(Region region) {
    return operations(region.ops());
  }

  private static int operations(Op.Builtin call) {
    return call.result().type() == Type.F64 ? DOUBLE_MATH : MATH;
  }

  private void write() {
    List<Operand.Array> arrays = new ArrayList<>();
    for (Chain.Step step : chain.steps()) {
      if (step instanceof Chain.Load load) {
        arrays.add(lifting.inputs.array("in" + arrays.size(), load.element()));
      }
    }
    if (chain.reduction().isPresent()) {
      reduce(arrays, chain.reduction().get());
      return;
    }
    List<Operand.Array> out = new ArrayList<>();
    for (int output : chain.outputs()) {
      out.add(lifting.inputs.array("out" + out.size(), chain.steps().get(output).element()));
    }
    Value id = lifting.ir.query(QueryOp.GLOBAL_ID, 0);
    List<Value> values = values(arrays, id);
    for (int i = 0; i < out.size(); i++) {
      lifting.store(out.get(i), id, values.get(chain.outputs().get(i)));
    }
  }

  private void reduce(List<Operand.Array> arrays, JavaMethod method) {
    int last = chain.outputs().getFirst();
    ElementType element = chain.steps().get(last).element();
    Operand.Array out = lifting.inputs.array("out", element);
    Value identity = lifting.inputs.scalar("identity", element);
    Value count = lifting.inputs.scalar("count", ElementType.LONG);
    Callee combine = new Callee(lifting, method, captures());
    new Reduction(lifting, element, combine)
        .lanes(out, identity, count, at -> values(arrays, at).get(last));
  }

  /** Values that the methods of the steps captured. */
  private int captures() {
    return chain.steps().stream()
        .mapToInt(step -> step instanceof Chain.Call call ? call.method().captures().size() : 0)
        .sum();
  }

  /** The elements of all steps at an index, an I64. */
  private List<Value> values(List<Operand.Array> arrays, Value at) {
    List<Value> values = new ArrayList<>();
    int array = 0;
    int captured = 0;
    for (Chain.Step step : chain.steps()) {
      switch (step) {
        case Chain.Load load -> values.add(lifting.load(arrays.get(array++), at));
        case Chain.Cast cast -> values.add(cast(cast, values.get(cast.operand())));
        case Chain.Call call -> {
          List<Value> operands =
              call.operands().isEmpty()
                  ? List.of(lifting.convert(ConvertOp.TRUNC, Type.I32, at))
                  : call.operands().stream().map(values::get).toList();
          values.add(call(call, captured, operands));
          captured += call.method().captures().size();
        }
      }
    }
    return values;
  }

  private Value call(Chain.Call call, int firstCapture, List<Value> operands) {
    try {
      return new Callee(lifting, call.method(), firstCapture).element(call.element(), operands);
    } catch (Refusal refusal) {
      throw JavaCompiler.refused(call.method(), refusal);
    }
  }

  private Value cast(Chain.Cast cast, Value value) {
    return new Operators(lifting)
        .convert(kind(chain.steps().get(cast.operand()).element()), kind(cast.element()), value);
  }

  private static TypeKind kind(ElementType element) {
    return switch (element) {
      case INT -> TypeKind.INT;
      case LONG -> TypeKind.LONG;
      case FLOAT -> TypeKind.FLOAT;
      case DOUBLE -> TypeKind.DOUBLE;
      case BOOL, CHAR, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(element.text());
    };
  }
}
