package dev.heddle.backend.opencl;

import dev.heddle.compiler.analysis.CanonicalNans;
import dev.heddle.compiler.analysis.CountedLoops;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.analysis.GroupVisibility;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.support.HiddenParameter;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints a prepared kernel as OpenCL C 1.2: one variable for each value, structured control flow,
 * every operator as the IR defines it.
 */
final class KernelPrinter {
  private final Function kernel;
  private final CompileOptions options;
  private final Dialect dialect;
  private final GroupVisibility groups;
  private final Names names = new Names();
  private final Prelude prelude = new Prelude();
  private final Expressions expressions;
  private final Roots roots;
  private final CanonicalNans nans;
  private final Set<Integer> counted;
  private final MemoryPrinter memory;
  private final Jumps jumps;
  private final Ghosts ghosts;
  private final CodeWriter code = new CodeWriter(1);
  private boolean polls;
  private boolean stopsTogether;

  private KernelPrinter(Function kernel, CompileOptions options, Dialect dialect) {
    this.kernel = kernel;
    this.options = options;
    this.dialect = dialect;
    groups = GroupVisibility.of(kernel);
    expressions = new Expressions(dialect, prelude);
    roots = new Roots(kernel, names);
    nans = new CanonicalNans(kernel);
    counted = CountedLoops.labels(kernel);
    ghosts = new Ghosts(kernel, this::polled);
    FaultSites sites = new FaultSites(kernel);
    memory =
        new MemoryPrinter(
            names, roots, prelude, expressions, sites, nans, options.bounds(), ghosts);
    jumps = new Jumps(names, ghosts);
  }

  static PrintedKernel print(Function kernel, CompileOptions options, Dialect dialect) {
    return new KernelPrinter(kernel, options, dialect).print();
  }

  private PrintedKernel print() {
    region(kernel.body(), List.of());
    CodeWriter start = prologue();
    String signature = signature();
    StringBuilder source = new StringBuilder(pragmas());
    source.append(prelude.text()).append(roots.tables());
    source.append(signature).append(" {\n").append(start).append(code).append("}\n");
    return new PrintedKernel(
        source.toString(),
        List.copyOf(names.hidden()),
        groups.visible(),
        groups.barriers(),
        ghosts.mayPart(),
        polls);
  }

  private String pragmas() {
    String contract = options.math() == MathMode.FAST ? "ON" : "OFF";
    StringBuilder text = new StringBuilder("#pragma OPENCL FP_CONTRACT " + contract + "\n");
    if (dialect.doubles()) {
      text.append("#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n");
    }
    if (dialect.longAtomics()) {
      text.append("#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable\n");
      text.append("#pragma OPENCL EXTENSION cl_khr_int64_extended_atomics : enable\n");
    }
    text.append(
        """
        #ifdef __clang__
        #define MEMORY(type) typedef type memory_##type __attribute__((may_alias))
        #else
        #define MEMORY(type) typedef type memory_##type
        #endif
        MEMORY(ushort);
        MEMORY(uint);
        MEMORY(ulong);
        MEMORY(float);
        """);
    if (dialect.doubles()) {
      text.append("MEMORY(double);\n");
    }
    if (groups.localMemory() || stopsTogether) {
      text.append(
          """
          ulong local_item(void) {
            return (get_local_id(2) * get_local_size(1) + get_local_id(1)) * get_local_size(0)
                + get_local_id(0);
          }
          ulong local_items(void) {
            return get_local_size(0) * get_local_size(1) * get_local_size(2);
          }
          """);
    }
    return text.toString();
  }

  private String signature() {
    List<String> declarations = new ArrayList<>();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      declarations.add(declaration(kernel.parameters().get(i), i));
    }
    names.hidden().forEach(hidden -> declarations.add(declaration(hidden)));
    return declarations.stream()
        .collect(
            Collectors.joining(",\n    ", "__kernel void " + PrintedKernel.NAME + "(\n    ", ")"));
  }

  private static String declaration(Parameter parameter, int index) {
    return switch (parameter) {
      case Parameter.Scalar scalar ->
          "const " + CType.parameter(scalar.value().type()) + " argument" + index;
      case Parameter.Pointer pointer ->
          pointer.root() instanceof Root.LocalParameter
              ? "__local ulong *local" + index
              : "__global uchar *buffer" + index;
    };
  }

  private static String declaration(HiddenParameter hidden) {
    return hidden.kind() == Kind.STATUS
        ? "volatile __global uint *status"
        : "const ulong " + hidden.text();
  }

  /** What stands before the body; printed after it, when it is known what it needs. */
  private CodeWriter prologue() {
    CodeWriter start = new CodeWriter(1);
    if (!groups.visible()) {
      for (int d = 0; d < 3; d++) {
        start.line(
            "if (%s >= %s) return;".formatted(names.globalId(d), names.hidden(Kind.END_ITEM, d)));
      }
    }
    CodeWriter ids = new CodeWriter(1);
    for (int d : names.globalIds()) {
      ids.line(
          "const ulong id%d = %s + get_global_id(%d);"
              .formatted(d, names.hidden(Kind.FIRST_ITEM, d), d));
    }
    ids.append(start);
    CodeWriter declarations = new CodeWriter(1);
    for (int i = 0; i < kernel.parameters().size(); i++) {
      declareParameter(declarations, kernel.parameters().get(i), i);
    }
    memory
        .limits()
        .forEach((name, value) -> declarations.line("const ulong " + name + " = " + value + ";"));
    jumps.declare(declarations);
    ghosts.declare(declarations);
    if (stopsTogether) {
      declarations.line("__local uint stop;");
    }
    roots.declareArrays(declarations);
    ids.append(declarations);
    return ids;
  }

  private void declareParameter(CodeWriter start, Parameter parameter, int index) {
    switch (parameter) {
      case Parameter.Scalar scalar -> {
        String argument = "argument" + index;
        boolean bool = scalar.value().type() == Type.BOOL;
        define(start, scalar.value(), bool ? "(" + argument + " & 1) != 0" : argument);
      }
      case Parameter.Pointer pointer -> names.constant(pointer.offset(), "0ul");
    }
  }

  private void define(CodeWriter to, Value value, String expression) {
    to.line("const " + CType.of(value.type()) + " " + names.of(value) + " = " + expression + ";");
  }

  private void define(Value value, String expression) {
    define(code, value, expression);
  }

  /** Defines the result of an arithmetic op. */
  private void compute(Value value, String expression) {
    boolean canonical = options.math() == MathMode.REPRODUCIBLE && nans.atDefinition(value);
    define(value, canonical ? expressions.canonical(value.type(), expression) : expression);
  }

  private void region(Region region, List<Value> results) {
    for (Op op : region.ops()) {
      op(op);
    }
    switch (region.terminator()) {
      case Terminator.Yield yield -> jumps.assign(code, results, yield.values());
      case Terminator.Break leave -> jumps.leave(code, leave);
      case Terminator.Continue next -> jumps.next(code, next);
      case Terminator.Return done -> jumps.end(code);
    }
  }

  private void op(Op op) {
    switch (op) {
      case Op.Constant constant ->
          names.constant(
              constant.result(), CType.constant(constant.result().type(), constant.bits()));
      case Op.Unary unary ->
          compute(
              unary.result(),
              expressions.unary(unary.op(), unary.operand().type(), operand(op, unary.operand())));
      case Op.Binary binary -> binary(binary);
      case Op.Compare compare ->
          define(
              compare.result(),
              expressions.compare(
                  compare.op(),
                  compare.left().type(),
                  text(compare.left()),
                  text(compare.right())));
      case Op.Fma fma ->
          compute(
              fma.result(),
              "fma(%s, %s, %s)".formatted(text(fma.a()), text(fma.b()), text(fma.c())));
      case Op.Select select ->
          define(
              select.result(),
              "%s ? %s : %s"
                  .formatted(
                      text(select.condition()), text(select.ifTrue()), text(select.ifFalse())));
      case Op.Convert convert ->
          compute(
              convert.result(),
              expressions.convert(
                  convert.op(),
                  convert.operand().type(),
                  convert.result().type(),
                  operand(op, convert.operand())));
      case Op.Builtin builtin -> builtin(builtin);
      case Op.Query query -> define(query.result(), query(query.op(), query.dimension()));
      case Op.Load load -> memory.load(code, load);
      case Op.Store store -> memory.store(code, store);
      case Op.Atomic atomic -> memory.atomic(code, atomic);
      case Op.Barrier barrier ->
          code.line("barrier(" + fences(barrier.local(), barrier.global()) + ");");
      case Op.Fence fence -> code.line("mem_fence(" + fences(fence.local(), fence.global()) + ");");
      case Op.RootSize size -> define(size.result(), roots.size(size.root()));
      case Op.Call call ->
          throw new IllegalArgumentException("call of " + call.callee() + " is not inlined");
      case Op.If branch -> branch(branch);
      case Op.Loop loop -> loop(loop);
    }
  }

  private String text(Value value) {
    return names.of(value);
  }

  /** An operand whose bits {@code op} sees. */
  private String operand(Op op, Value value) {
    return options.math() == MathMode.REPRODUCIBLE && nans.atUse(op, value)
        ? expressions.canonical(value.type(), text(value))
        : text(value);
  }

  private void binary(Op.Binary binary) {
    String right = text(binary.right());
    if (binary.op().divides()) {
      code.line(
          "if (%s == 0%s) %s"
              .formatted(right, ghosts.andAlive(), memory.fault(binary, "0ul", "0ul")));
    }
    Type type = binary.left().type();
    compute(binary.result(), expressions.binary(binary.op(), type, text(binary.left()), right));
  }

  private void builtin(Op.Builtin builtin) {
    if (options.math() == MathMode.REPRODUCIBLE) {
      throw new IllegalArgumentException("builtin " + builtin.op().text() + " is not expanded");
    }
    String operands = builtin.operands().stream().map(this::text).collect(Collectors.joining(", "));
    compute(builtin.result(), builtin.op().text() + "(" + operands + ")");
  }

  private String query(QueryOp op, int dimension) {
    return switch (op) {
      case GLOBAL_ID -> names.globalId(dimension);
      case LOCAL_ID -> "get_local_id(" + dimension + ")";
      case GROUP_ID ->
          names.hidden(Kind.FIRST_GROUP, dimension) + " + get_group_id(" + dimension + ")";
      case GLOBAL_SIZE -> names.hidden(Kind.GLOBAL_SIZE, dimension);
      case LOCAL_SIZE -> "get_local_size(" + dimension + ")";
      case GROUP_COUNT -> names.hidden(Kind.GROUP_COUNT, dimension);
      case GLOBAL_OFFSET -> names.hidden(Kind.GLOBAL_OFFSET, dimension);
      case WORK_DIM -> names.hidden(Kind.WORK_DIM, 0);
    };
  }

  private static String fences(boolean local, boolean global) {
    String localFence = local || !global ? "CLK_LOCAL_MEM_FENCE" : "";
    String globalFence = global ? "CLK_GLOBAL_MEM_FENCE" : "";
    return localFence + (local && global ? " | " : "") + globalFence;
  }

  private void branch(Op.If branch) {
    jumps.declareResults(code, branch.results());
    boolean inverted = isEmpty(branch.thenRegion());
    code.open("if (" + (inverted ? "!" : "") + text(branch.condition()) + ")");
    if (!inverted) {
      region(branch.thenRegion(), branch.results());
    }
    if (!inverted && !isEmpty(branch.elseRegion())) {
      code.reopen("else");
    }
    if (!isEmpty(branch.elseRegion())) {
      region(branch.elseRegion(), branch.results());
    }
    code.close();
  }

  private static boolean isEmpty(Region region) {
    return region.ops().isEmpty()
        && region.terminator() instanceof Terminator.Yield yield
        && yield.values().isEmpty();
  }

  private void loop(Op.Loop loop) {
    jumps.declareResults(code, loop.results());
    List<Value> parameters = loop.body().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Value parameter = parameters.get(i);
      code.line(
          "%s %s = %s;"
              .formatted(CType.of(parameter.type()), text(parameter), text(loop.initial().get(i))));
    }
    code.open((ghosts.skip(loop) ? "if (alive) " : "") + "for (;;)");
    jumps.enter(loop);
    poll(loop);
    region(loop.body(), List.of());
    code.close();
    jumps.exit(code);
  }

  private boolean polled(Op.Loop loop) {
    return !options.finiteLoops().contains(loop.label()) && !counted.contains(loop.label());
  }

  /** Looks whether the host wants the launch to end. */
  private void poll(Op.Loop loop) {
    if (!polled(loop)) {
      return;
    }
    polls = true;
    String cancelled = names.hidden(Kind.STATUS, 0) + "[0] != 0u";
    if (ghosts.waits(loop)) {
      // the work-items of a group leave together, so that none waits at a barrier for one that
      // left;
      // by a break, since PoCL 3.1 crashes on a return from a loop with barriers
      stopsTogether = true;
      code.line("if (local_item() == 0) stop = " + cancelled + ";");
      code.line("barrier(CLK_LOCAL_MEM_FENCE);");
      code.line("const bool stopped = stop;");
      code.line("barrier(CLK_LOCAL_MEM_FENCE);");
      code.open("if (stopped)");
      code.line("alive = false;");
      code.line("break;");
    } else {
      code.open("if (" + cancelled + ")");
      jumps.end(code);
    }
    code.close();
  }
}
