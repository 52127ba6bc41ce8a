package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lifts one method for one call of it: makes the nodes of its blocks in the open graph. Control is
 * in an open node before and, if the method returns at all, after.
 */
final class MethodLifter {
  /** Calls within calls; more is taken for recursion without end. */
  private static final int MAX_DEPTH = 64;

  /** A state that control brings to a block along an edge. */
  private record Arrival(Node.Edge edge, State state, @Nullable Block from) {}

  /** What a block's parameters stand for. */
  private record Entry(Node node, State state) {}

  final Lifting lifting;
  final Class<?> owner;
  final MethodCode code;
  final @Nullable MethodLifter caller;
  private final String name;
  private final String file;
  private final Map<Block, List<Arrival>> arrivals = new HashMap<>();
  private final Map<Block, Entry> entries = new HashMap<>();
  private final List<Node.Edge> returns = new ArrayList<>();
  private final List<@Nullable Operand> returned = new ArrayList<>();
  private final BlockLifter instructions;
  private Block block;
  private int line;

  private MethodLifter(
      Lifting lifting,
      Class<?> owner,
      String name,
      MethodCode code,
      @Nullable MethodLifter caller) {
    this.lifting = lifting;
    this.owner = owner;
    this.name = name;
    this.code = code;
    this.caller = caller;
    this.file = ClassCode.of(owner).map(ClassCode::sourceFile).orElse("");
    this.block = code.blocks.getFirst();
    this.line = code.firstLine();
    this.instructions = new BlockLifter(this);
  }

  /**
   * Lifts a method with those arguments, its receiver first.
   *
   * @return what it returns; null for a void method
   */
  static @Nullable Operand lift(
      Lifting lifting,
      Class<?> owner,
      String name,
      String descriptor,
      List<Operand> arguments,
      @Nullable MethodLifter caller) {
    ClassCode classCode =
        ClassCode.of(owner)
            .orElseThrow(
                () -> new Refusal("the class file of " + owner.getName() + " can't be found"));
    var model =
        classCode
            .method(name, descriptor)
            .orElseThrow(
                () -> new Refusal("there is no method " + name + " in " + owner.getName()));
    if (model.code().isEmpty()) {
      throw new Refusal("the method " + owner.getName() + "." + name + " has no bytecode");
    }
    MethodCode code = new MethodCode(model);
    MethodLifter lifter = new MethodLifter(lifting, owner, name, code, caller);
    return lifter.run(arguments);
  }

  private @Nullable Operand run(List<Operand> arguments) {
    try {
      check();
      State state = new State(code.maxLocals);
      int slot = 0;
      for (Operand argument : arguments) {
        state.locals[slot] = argument;
        slot += isWide(argument) ? 2 : 1;
      }
      Node.Edge start = new Node.Edge(lifting.newNode());
      lifting.end(new Node.Jump(start));
      arrive(start, state, null, code.blocks.getFirst());
      code.blocks.forEach(this::lift);
      return join();
    } catch (Refusal refusal) {
      throw new LiftException(place(), refusal.getMessage());
    }
  }

  private void check() {
    int depth = 0;
    for (MethodLifter at = caller; at != null; at = at.caller) {
      depth++;
      if (at.owner == owner && at.code.model.equals(code.model)) {
        throw new Refusal("the method calls itself; a kernel can't recurse");
      }
    }
    if (depth > MAX_DEPTH) {
      throw new Refusal("over " + MAX_DEPTH + " calls within calls");
    }
    if (code.catches) {
      throw new Refusal("it catches exceptions (try, catch, finally or synchronized)");
    }
  }

  static boolean isWide(Operand operand) {
    return operand instanceof Operand.Scalar scalar && scalar.value().type().bits() == 64;
  }

  /** Class, method, file and line, for people. */
  String place() {
    String where = file.isEmpty() ? "" : "(" + file + (line > 0 ? ":" + line : "") + ")";
    return owner.getName() + "." + name + where;
  }

  Span span() {
    return new Span(file.isEmpty() ? owner.getName() : file, line, 0);
  }

  // ---- blocks

  private void lift(Block next) {
    List<Arrival> from = arrivals.get(next);
    if (from == null) {
      // what conditions known when the code is lifted keep control from
      return;
    }
    block = next;
    Node node = from.getFirst().edge().to;
    State state = enter(next, node, from);
    lifting.begin(node);
    lifting.leaveOnFault(mayCircle());
    instructions.lift(next, state);
  }

  /** Whether a fault could keep a work-item in a loop here, or in one around a call. */
  private boolean mayCircle() {
    return block.mayCircle() || caller != null && caller.mayCircle();
  }

  /** Goes on after a call. */
  void resume() {
    lifting.at(span());
    lifting.leaveOnFault(mayCircle());
  }

  private State enter(Block next, Node node, List<Arrival> from) {
    State first = from.getFirst().state();
    State state = new State(code.maxLocals);
    BitSet forced = forced(next, from);
    for (int slot = 0; slot < code.maxLocals; slot++) {
      if (next.liveIn.get(slot)) {
        int local = slot;
        List<Operand> operands =
            from.stream().map(a -> Objects.requireNonNull(a.state().locals[local])).toList();
        state.locals[slot] = merge(node, operands, forced.get(slot));
      }
    }
    boolean leaves = leaves(next, from);
    for (int i = 0; i < first.stack.size(); i++) {
      int position = i;
      List<Operand> operands = from.stream().map(a -> a.state().stack.get(position)).toList();
      state.push(merge(node, operands, next.header || leaves));
    }
    Entry entry = new Entry(node, state.copy());
    entries.put(next, entry);
    from.forEach(arrival -> handOver(arrival, entry));
    return state;
  }

  private Operand merge(Node node, List<Operand> operands, boolean always) {
    return Merge.of(
        operands,
        always,
        like -> {
          Value parameter = lifting.ir.fresh(like.type());
          node.parameters.add(parameter);
          return parameter;
        });
  }

  /**
   * Local variables that need a parameter: those that the loop writes whose header this is, and
   * those written in a loop that control leaves on the way here.
   */
  private static BitSet forced(Block next, List<Arrival> from) {
    BitSet forced = new BitSet();
    if (next.header) {
      forced.or(next.storedInLoop);
    }
    for (Arrival arrival : from) {
      Block source = arrival.from();
      if (source != null) {
        left(source, next).forEach(header -> forced.or(header.storedInLoop));
      }
    }
    return forced;
  }

  private static boolean leaves(Block next, List<Arrival> from) {
    return from.stream().anyMatch(a -> a.from() != null && !left(a.from(), next).isEmpty());
  }

  /** Headers of the loops that {@code from} is in and {@code to} is not. */
  private static List<Block> left(Block from, Block to) {
    return from.headers.stream().filter(header -> !to.loops.get(header.index)).toList();
  }

  private static void handOver(Arrival arrival, Entry entry) {
    List<Value> values = new ArrayList<>();
    List<Value> parameters = entry.node().parameters;
    for (int slot = 0; slot < entry.state().locals.length; slot++) {
      Operand wanted = entry.state().locals[slot];
      if (wanted != null) {
        Operand given = Objects.requireNonNull(arrival.state().locals[slot]);
        Merge.arguments(wanted, given, parameters, values);
      }
    }
    for (int i = 0; i < entry.state().stack.size(); i++) {
      Merge.arguments(entry.state().stack.get(i), arrival.state().stack.get(i), parameters, values);
    }
    arrival.edge().values = values;
  }

  /** An edge to a block of this method, which brings {@code state} there. */
  Node.Edge edge(Block to, State state) {
    if (to.isBackEdgeFrom(block)) {
      Entry entry = Objects.requireNonNull(entries.get(to), "a loop before its header");
      Node.Edge edge = new Node.Edge(entry.node());
      handOver(new Arrival(edge, state, block), entry);
      return edge;
    }
    if (to.order <= block.order) {
      throw new Refusal("control flow that javac does not write: a loop with two entries");
    }
    List<Arrival> known = arrivals.get(to);
    Node.Edge edge = new Node.Edge(known == null ? lifting.newNode() : known.getFirst().edge().to);
    arrive(edge, state, block, to);
    return edge;
  }

  private void arrive(Node.Edge edge, State state, @Nullable Block from, Block to) {
    arrivals.computeIfAbsent(to, b -> new ArrayList<>()).add(new Arrival(edge, state.copy(), from));
  }

  // ---- the end

  void returns(@Nullable Operand value) {
    Node.Edge edge = new Node.Edge(returns.isEmpty() ? lifting.newNode() : returns.getFirst().to);
    returns.add(edge);
    returned.add(value);
    lifting.end(new Node.Jump(edge));
  }

  /** Opens the node that all returns lead to; the value returned. */
  private @Nullable Operand join() {
    if (returns.isEmpty()) {
      throw new Refusal("the method never returns");
    }
    Node node = returns.getFirst().to;
    lifting.begin(node);
    if (returned.getFirst() == null) {
      return null;
    }
    List<Operand> values = returned.stream().map(Objects::requireNonNull).toList();
    // a return from inside a loop leaves it, so that its value needs a parameter
    boolean loops = code.blocks.stream().anyMatch(b -> b.header);
    Operand result = merge(node, values, loops);
    for (int i = 0; i < returns.size(); i++) {
      List<Value> arguments = new ArrayList<>();
      Merge.arguments(result, values.get(i), node.parameters, arguments);
      returns.get(i).values = arguments;
    }
    return result;
  }

  void line(int number) {
    line = number > 0 ? number : line;
    lifting.at(span());
  }
}
