package dev.heddle.backend.cuda;

import dev.heddle.compiler.analysis.BarrierFlow;
import dev.heddle.compiler.analysis.CanonicalNans;
import dev.heddle.compiler.analysis.CountedLoops;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.analysis.GroupVisibility;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import dev.heddle.runtime.support.StatusLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints a prepared kernel as PTX: one virtual register for each value, jumps for the structured
 * control flow, every operator as the IR defines it.
 */
final class KernelPrinter {
  /** A loop looks at the cancel word once in so many trips; a power of two. */
  private static final int POLL_INTERVAL = 1024;

  private final Function kernel;
  private final CompileOptions options;
  private final PtxTarget target;
  private final int groupSize;
  private final GroupVisibility groups;
  private final Registers registers = new Registers();
  private final Names names = new Names(registers);
  private final Operators operators;
  private final Conversions conversions;
  private final NativeMath math;
  private final ParameterUse use;
  private final Roots roots;
  private final CanonicalNans nans;
  private final Set<Integer> counted;
  private final FaultPrinter faults;
  private final MemoryPrinter memory;
  private final BarrierPrinter barriers;
  private final FlowPrinter flow = new FlowPrinter(registers);
  private final LineTable lines = new LineTable();
  private final Map<Value, Long> constants = new HashMap<>();
  private final PtxCode code = new PtxCode();
  private String polls = "";
  private int labels;

  private KernelPrinter(
      Function kernel, CompileOptions options, PtxTarget target, Variant variant) {
    this.kernel = kernel;
    this.options = options;
    this.target = target;
    groupSize = variant.groupSize();
    groups = GroupVisibility.of(kernel);
    operators = new Operators(registers, options.math() == MathMode.REPRODUCIBLE);
    conversions = new Conversions(registers, operators);
    math = new NativeMath(registers);
    use = ParameterUse.of(kernel);
    roots = new Roots(kernel, registers, names, variant.apart() ? use.readOnly() : Set.of());
    nans = new CanonicalNans(kernel);
    counted = CountedLoops.labels(kernel);
    FaultSites sites = new FaultSites(kernel);
    faults = new FaultPrinter(registers, names, sites);
    memory = new MemoryPrinter(registers, roots, operators, faults, nans, options.bounds());
    BarrierFlow flow = new BarrierFlow(kernel);
    boolean together = !flow.parts() && !flow.endsEarly(this::polled);
    barriers = new BarrierPrinter(registers, names, faults, sites, flow, together);
  }

  static PrintedPtx print(
      Function kernel, CompileOptions options, PtxTarget target, Variant variant) {
    Function printable =
        options.math() == MathMode.REPRODUCIBLE
            ? kernel
            : Pipeline.expandMath(
                kernel, builtin -> NativeMath.has(builtin.op(), builtin.result().type()));
    return new KernelPrinter(printable, options, target, variant).print();
  }

  private PrintedPtx print() {
    for (Parameter parameter : kernel.parameters()) {
      if (parameter instanceof Parameter.Pointer pointer) {
        name(pointer.offset(), 0);
      }
    }
    region(kernel.body(), List.of());
    PtxCode start = prologue();
    StringBuilder source = new StringBuilder();
    source.append(".version ").append(target.versionText()).append('\n');
    source.append(".target ").append(target.text()).append('\n');
    source.append(".address_size 64\n").append(lines.declarations());
    source.append(roots.declarations()).append(signature()).append("{\n");
    source.append(registers.declarations()).append(roots.arrays());
    source.append(barriers.declarations());
    source.append(start).append(code).append(faults.aside()).append("}\n");
    return new PrintedPtx(
        source.toString(),
        List.copyOf(names.hidden().keySet()),
        groups.visible(),
        use.readOnly(),
        use.written(),
        roots.dynamicShared());
  }

  private String signature() {
    List<String> declarations = new ArrayList<>();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      declarations.add("  .param .b64 argument" + i);
    }
    names.hidden().keySet().forEach(one -> declarations.add("  .param .b64 " + one.text()));
    return ".visible .entry %s(\n%s\n)\n%s"
        .formatted(PrintedPtx.NAME, String.join(",\n", declarations), requiredSize());
  }

  private String requiredSize() {
    return kernel
        .requiredLocalSize()
        .map(size -> ".reqntid %d, %d, %d\n".formatted(size.get(0), size.get(1), size.get(2)))
        .orElse(groupSize == 0 ? "" : ".maxntid %d, 1, 1\n".formatted(groupSize));
  }

  /** What stands before the body; printed after it, when it is known what it needs. */
  private PtxCode prologue() {
    PtxCode first = new PtxCode();
    List<String> ids = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    for (int d = 0; d < 3 && !groups.visible(); d++) {
      ids.add(names.globalId(d));
      ends.add(names.hidden(Kind.END_ITEM, d));
    }
    PtxCode later = new PtxCode();
    memory.define(later);
    roots.zero(later);
    barriers.start(later, roots.shares());
    PtxCode addresses = new PtxCode();
    roots.define(addresses);
    names.define(first);
    for (int d = 0; d < ids.size(); d++) {
      // fills up its group
      String beyond = registers.predicate();
      first.add("setp.ge.u64", beyond, ids.get(d), ends.get(d));
      first.when(beyond, "exit");
    }
    loadScalars(first);
    first.append(addresses);
    first.append(later);
    if (!polls.isEmpty()) {
      first.add("mov.b32", polls, "0");
    }
    return first;
  }

  private void loadScalars(PtxCode first) {
    for (int i = 0; i < kernel.parameters().size(); i++) {
      if (kernel.parameters().get(i) instanceof Parameter.Scalar scalar) {
        loadScalar(first, scalar.value(), "[argument" + i + "]");
      }
    }
  }

  private void loadScalar(PtxCode first, Value value, String from) {
    String to = registers.of(value);
    switch (value.type()) {
      case BOOL -> {
        String bits = registers.b32();
        first.add("ld.param.u8", bits, from);
        first.add("and.b32", bits, bits, "1");
        first.add("setp.ne.u32", to, bits, "0");
      }
      case I8 -> first.add("ld.param.u8", to, from);
      case I16, F16 -> first.add("ld.param.u16", to, from);
      case I32, I64, F32, F64 ->
          first.add("ld.param." + RegisterClass.of(value.type()).type(), to, from);
    }
  }

  private void name(Value value, long bits) {
    constants.put(value, bits);
    registers.name(value, Immediates.of(value.type(), bits));
  }

  private void region(Region region, List<Value> results) {
    for (Op op : region.ops()) {
      lines.at(code, op.span());
      op(op);
    }
    switch (region.terminator()) {
      case Terminator.Yield yield -> flow.assign(code, results, yield.values());
      case Terminator.Break leave -> flow.leave(code, leave);
      case Terminator.Continue next -> flow.next(code, next);
      case Terminator.Return done -> code.add("exit");
    }
  }

  private void op(Op op) {
    switch (op) {
      case Op.Constant constant -> constant(constant.result(), constant.bits());
      case Op.Unary unary ->
          compute(
              unary.result(),
              to ->
                  operators.unary(
                      code,
                      unary.op(),
                      unary.operand().type(),
                      to,
                      operand(op, unary.operand()),
                      nans.visible(unary.result())));
      case Op.Binary binary -> binary(binary);
      case Op.Compare compare ->
          operators.compare(
              code,
              compare.op(),
              compare.left().type(),
              text(compare.result()),
              text(compare.left()),
              text(compare.right()));
      case Op.Fma fma ->
          compute(
              fma.result(),
              to ->
                  operators.fma(
                      code, fma.a().type(), to, text(fma.a()), text(fma.b()), text(fma.c())));
      case Op.Select select ->
          operators.select(
              code,
              select.result().type(),
              text(select.result()),
              text(select.condition()),
              text(select.ifTrue()),
              text(select.ifFalse()));
      case Op.Convert convert ->
          compute(
              convert.result(),
              to ->
                  conversions.convert(
                      code,
                      convert.op(),
                      convert.operand().type(),
                      convert.result().type(),
                      to,
                      operand(op, convert.operand())));
      case Op.Builtin builtin -> builtin(builtin);
      case Op.Query query -> query(text(query.result()), query.op(), query.dimension());
      case Op.Load load -> memory.load(code, load);
      case Op.Store store -> memory.store(code, store);
      case Op.Atomic atomic -> memory.atomic(code, atomic);
      case Op.Barrier barrier -> barriers.barrier(code, barrier);
      case Op.Fence fence -> code.add(fence.global() ? "membar.gl" : "membar.cta");
      case Op.RootSize size -> code.add("mov.b64", text(size.result()), roots.size(size.root()));
      case Op.Call call ->
          throw new IllegalArgumentException("call of " + call.callee() + " is not inlined");
      case Op.If branch -> branch(branch);
      case Op.Loop loop -> loop(loop);
    }
  }

  private void constant(Value value, long bits) {
    if (value.type() == Type.BOOL) {
      code.add("setp.ne.u32", text(value), Long.toString(bits), "0");
    } else {
      name(value, bits);
    }
  }

  private interface Computation {
    void into(String register);
  }

  /** Defines the result of an arithmetic op. */
  private void compute(Value value, Computation computation) {
    if (options.math() == MathMode.REPRODUCIBLE && nans.atDefinition(value)) {
      String raw = registers.fresh(RegisterClass.of(value.type()));
      computation.into(raw);
      FlowPrinter.move(
          code, value.type(), text(value), operators.canonical(code, value.type(), raw));
    } else {
      computation.into(text(value));
    }
  }

  private String text(Value value) {
    return registers.of(value);
  }

  /** An operand whose bits {@code op} sees. */
  private String operand(Op op, Value value) {
    return options.math() == MathMode.REPRODUCIBLE && nans.atUse(op, value)
        ? operators.canonical(code, value.type(), text(value))
        : text(value);
  }

  private void binary(Op.Binary binary) {
    Type type = binary.left().type();
    if (binary.op().divides()) {
      divide(binary, type);
    } else {
      compute(
          binary.result(),
          to ->
              operators.binary(
                  code, binary.op(), type, to, text(binary.left()), text(binary.right())));
    }
  }

  private void divide(Op.Binary binary, Type type) {
    Long divisor = constants.get(binary.right());
    String zero = "";
    if (divisor == null || divisor == 0) {
      zero = registers.predicate();
      String width = Operators.wide(type) ? "u64" : "u32";
      code.add("setp.eq." + width, zero, text(binary.right()), "0");
      faults.when(code, zero, binary);
    }
    operators.divide(
        code,
        binary.op(),
        type,
        text(binary.result()),
        text(binary.left()),
        text(binary.right()),
        zero,
        divisor == null || divisor == -1L >>> (64 - type.bits()));
  }

  private void builtin(Op.Builtin builtin) {
    if (options.math() == MathMode.REPRODUCIBLE) {
      throw new IllegalArgumentException("builtin " + builtin.op().text() + " is not expanded");
    }
    math.print(code, builtin.op(), text(builtin.result()), text(builtin.operands().getFirst()));
  }

  private void query(String to, QueryOp op, int dimension) {
    switch (op) {
      case GLOBAL_ID -> code.add("mov.b64", to, names.globalId(dimension));
      case LOCAL_ID -> wide(to, names.special(code, "%tid", dimension));
      case GROUP_ID -> {
        wide(to, names.special(code, "%ctaid", dimension));
        code.add("add.s64", to, to, names.hidden(Kind.FIRST_GROUP, dimension));
      }
      case GLOBAL_SIZE -> code.add("mov.b64", to, names.hidden(Kind.GLOBAL_SIZE, dimension));
      case LOCAL_SIZE -> wide(to, names.special(code, "%ntid", dimension));
      case GROUP_COUNT -> code.add("mov.b64", to, names.hidden(Kind.GROUP_COUNT, dimension));
      case GLOBAL_OFFSET -> code.add("mov.b64", to, names.hidden(Kind.GLOBAL_OFFSET, dimension));
      case WORK_DIM -> code.add("mov.b64", to, names.hidden(Kind.WORK_DIM, 0));
    }
  }

  private void wide(String to, String narrow) {
    code.add("cvt.u64.u32", to, narrow);
  }

  private void branch(Op.If branch) {
    int number = labels++;
    boolean noElse = isEmpty(branch.elseRegion());
    boolean noThen = isEmpty(branch.thenRegion());
    String condition = text(branch.condition());
    String end = "END_" + number;
    if (noThen) {
      code.when(condition, "bra", end);
      region(branch.elseRegion(), branch.results());
    } else {
      code.when("!" + condition, "bra", noElse ? end : "ELSE_" + number);
      region(branch.thenRegion(), branch.results());
      if (!noElse) {
        if (branch.thenRegion().terminator() instanceof Terminator.Yield) {
          code.add("bra", end);
        }
        code.label("ELSE_" + number);
        region(branch.elseRegion(), branch.results());
      }
    }
    code.label(end);
  }

  private static boolean isEmpty(Region region) {
    return region.ops().isEmpty()
        && region.terminator() instanceof Terminator.Yield yield
        && yield.values().isEmpty();
  }

  private void loop(Op.Loop loop) {
    flow.enter(code, loop);
    barriers.enter(code, loop);
    code.label(FlowPrinter.start(loop.label()));
    barriers.trip(code, loop);
    poll(loop);
    region(loop.body(), List.of());
    barriers.exit(loop);
    code.label(FlowPrinter.end(loop.label()));
  }

  private boolean polled(Op.Loop loop) {
    return !options.finiteLoops().contains(loop.label()) && !counted.contains(loop.label());
  }

  /** Looks now and then whether the host wants the launch to end. */
  private void poll(Op.Loop loop) {
    if (!polled(loop)) {
      return;
    }
    if (polls.isEmpty()) {
      polls = registers.b32();
    }
    String look = registers.predicate();
    String low = registers.b32();
    String word = registers.b32();
    String place = "[" + names.hidden(Kind.STATUS, 0) + "+" + StatusLayout.CANCEL + "]";
    String go = "GO_" + loop.label();
    code.add("and.b32", low, polls, Integer.toString(POLL_INTERVAL - 1));
    code.add("add.s32", polls, polls, "1");
    code.add("setp.ne.u32", look, low, "0");
    code.when(look, "bra", go);
    code.add("ld.volatile.global.u32", word, place);
    code.add("setp.ne.u32", look, word, "0");
    code.when(look, "exit");
    code.label(go);
  }
}
