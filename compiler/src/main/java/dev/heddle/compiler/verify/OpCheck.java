package dev.heddle.compiler.verify;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Domain;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks single ops: operand and result types by the operators' tables, and memory accesses. */
final class OpCheck {
  private final Optional<Program> program;
  private final Map<String, Root> roots;
  private final Consumer<String> report;

  OpCheck(Optional<Program> program, Map<String, Root> roots, Consumer<String> report) {
    this.program = program;
    this.roots = roots;
    this.report = report;
  }

  void check(Op op) {
    switch (op) {
      case Op.Constant constant -> {}
      case Op.Unary unary -> {
        domain(unary.op().domain(), unary.operand());
        same(unary.operand().type(), unary.result());
      }
      case Op.Binary binary -> {
        domain(binary.op().domain(), binary.left());
        same(binary.left().type(), binary.right());
        same(binary.left().type(), binary.result());
      }
      case Op.Compare compare -> {
        domain(compare.op().domain(), compare.left());
        same(compare.left().type(), compare.right());
        same(Type.BOOL, compare.result());
      }
      case Op.Fma fma -> {
        domain(Domain.FLOAT, fma.a());
        same(fma.a().type(), fma.b());
        same(fma.a().type(), fma.c());
        same(fma.a().type(), fma.result());
      }
      case Op.Select select -> {
        same(Type.BOOL, select.condition());
        same(select.ifTrue().type(), select.ifFalse());
        same(select.ifTrue().type(), select.result());
      }
      case Op.Convert convert -> convert(convert);
      case Op.Builtin builtin -> builtin(builtin);
      case Op.Query query -> query(query);
      case Op.Load load -> load(load);
      case Op.Store store -> store(store);
      case Op.Atomic atomic -> atomic(atomic);
      case Op.RootSize size -> {
        declared(size.root());
        same(Type.I64, size.result());
      }
      case Op.Call call -> call(call);
      case Op.If branch -> same(Type.BOOL, branch.condition());
      // a loop's types are those of its region, and barriers and fences have none
      case Op.Loop loop -> {}
      case Op.Barrier barrier -> {}
      case Op.Fence fence -> {}
    }
  }

  private void convert(Op.Convert convert) {
    Type from = convert.operand().type();
    Type to = convert.result().type();
    require(
        convert.op().accepts(from, to),
        convert.op().text() + " does not convert " + from.text() + " to " + to.text());
  }

  private void builtin(Op.Builtin builtin) {
    require(
        builtin.operands().size() == builtin.op().operands(),
        builtin.op().text() + " takes " + builtin.op().operands() + " operands");
    domain(Domain.FLOAT, builtin.result());
    builtin.operands().forEach(operand -> same(builtin.result().type(), operand));
  }

  private void query(Op.Query query) {
    int last = query.op() == QueryOp.WORK_DIM ? 0 : 2;
    require(
        query.dimension() >= 0 && query.dimension() <= last,
        query.op().text() + " has no dimension " + query.dimension());
    same(Type.I64, query.result());
  }

  private void load(Op.Load load) {
    elements(load.access(), load.results());
  }

  private void store(Op.Store store) {
    elements(store.access(), store.values());
    require(store.access().root().space() != AddressSpace.CONSTANT, "stores into constant memory");
  }

  private void elements(Access access, List<Value> values) {
    declared(access.root());
    require(
        values.size() == access.count(),
        "accesses " + access.count() + " elements with " + values.size() + " values");
    values.forEach(value -> same(access.element(), value));
  }

  private void atomic(Op.Atomic atomic) {
    Access access = atomic.access();
    declared(access.root());
    require(access.count() == 1, "an atomic op accesses one element");
    require(
        access.element() == Type.I32 || access.element() == Type.I64,
        "an atomic op accesses i32 or i64, not " + access.element().text());
    AddressSpace space = access.root().space();
    require(
        space == AddressSpace.GLOBAL || space == AddressSpace.LOCAL,
        "an atomic op accesses global or local memory, not " + space);
    require(
        access.alignment() >= access.element().bytes(), "an atomic op is aligned to its element");
    require(
        atomic.values().size() == atomic.op().operands(),
        atomic.op().text() + " takes " + atomic.op().operands() + " operands");
    atomic.values().forEach(value -> same(access.element(), value));
    same(access.element(), atomic.result());
  }

  private void call(Op.Call call) {
    call.arguments().forEach(this::argument);
    if (program.isEmpty()) {
      return;
    }
    Optional<Function> callee = program.get().function(call.callee());
    if (callee.isEmpty()) {
      report.accept("calls " + call.callee() + ", which the program does not have");
      return;
    }
    require(!callee.get().kernel(), "calls a kernel");
    require(
        call.results().stream().map(Value::type).toList().equals(callee.get().results()),
        "has other results than the callee, which returns " + callee.get().results());
    arguments(call, callee.get());
  }

  private void argument(Op.Argument argument) {
    if (argument instanceof Op.Argument.Pointer pointer) {
      declared(pointer.root());
      same(Type.I64, pointer.value());
    }
  }

  private void arguments(Op.Call call, Function callee) {
    if (call.arguments().size() != callee.parameters().size()) {
      report.accept("passes another number of arguments than the callee takes");
      return;
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      Parameter parameter = callee.parameters().get(i);
      boolean fits =
          switch (call.arguments().get(i)) {
            case Op.Argument.Scalar scalar ->
                parameter instanceof Parameter.Scalar wanted
                    && scalar.value().type() == wanted.value().type();
            case Op.Argument.Pointer pointer ->
                parameter instanceof Parameter.Pointer wanted
                    && pointer.root().space() == wanted.root().space();
          };
      require(fits, "argument " + i + " does not fit parameter " + parameter.name());
    }
  }

  private void declared(Root root) {
    require(
        root.equals(roots.get(root.name())), "accesses " + root + ", which is not declared here");
  }

  private void domain(Domain domain, Value value) {
    require(
        domain.accepts(value.type()),
        value + " is of type " + value.type().text() + ", which is no " + domain);
  }

  private void same(Type type, Value value) {
    require(
        value.type() == type,
        value + " is of type " + value.type().text() + ", not " + type.text());
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      report.accept(rule);
    }
  }
}
