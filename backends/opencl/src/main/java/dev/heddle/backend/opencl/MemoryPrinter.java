package dev.heddle.backend.opencl;

import dev.heddle.compiler.analysis.CanonicalNans;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints loads, stores and atomics with their guards. */
final class MemoryPrinter {
  private final Names names;
  private final Roots roots;
  private final Prelude prelude;
  private final Expressions expressions;
  private final FaultSites sites;
  private final CanonicalNans nans;
  private final BoundsMode bounds;
  private final Ghosts ghosts;
  private final Map<String, String> limits = new LinkedHashMap<>();

  MemoryPrinter(
      Names names,
      Roots roots,
      Prelude prelude,
      Expressions expressions,
      FaultSites sites,
      CanonicalNans nans,
      BoundsMode bounds,
      Ghosts ghosts) {
    this.names = names;
    this.roots = roots;
    this.prelude = prelude;
    this.expressions = expressions;
    this.sites = sites;
    this.nans = nans;
    this.bounds = bounds;
    this.ghosts = ghosts;
  }

  /** Declarations of the limits that the guards compare with. */
  Map<String, String> limits() {
    return limits;
  }

  void load(CodeWriter code, Op.Load load) {
    for (Value result : load.results()) {
      code.line(declare(result) + " = " + CType.zero(result.type()) + ";");
    }
    guarded(
        code,
        load,
        load.access(),
        offset -> {
          for (int i = 0; i < load.results().size(); i++) {
            String place = element(load.access(), offset, i);
            code.line(names.of(load.results().get(i)) + " = " + read(load.access(), place) + ";");
          }
        });
  }

  void store(CodeWriter code, Op.Store store) {
    guarded(
        code,
        store,
        store.access(),
        offset -> {
          for (int i = 0; i < store.values().size(); i++) {
            Value value = store.values().get(i);
            String text = names.of(value);
            if (nans.atUse(store, value)) {
              text = expressions.canonical(value.type(), text);
            }
            code.line(write(store.access(), element(store.access(), offset, i), text) + ";");
          }
        });
  }

  void atomic(CodeWriter code, Op.Atomic atomic) {
    code.line(declare(atomic.result()) + " = " + CType.zero(atomic.result().type()) + ";");
    guarded(
        code,
        atomic,
        atomic.access(),
        offset -> code.line(names.of(atomic.result()) + " = " + exchange(atomic, offset) + ";"));
  }

  /** Records that the work-item met the fault of {@code op}. */
  String fault(Op op, String offset, String size) {
    return "%s(%s, %du, %s, %s, %s, %s, %s);"
        .formatted(
            prelude.fault(),
            names.hidden(Kind.STATUS, 0),
            sites.number(op),
            offset,
            size,
            names.globalId(0),
            names.globalId(1),
            names.globalId(2));
  }

  private String declare(Value value) {
    return CType.of(value.type()) + " " + names.of(value);
  }

  private interface Body {
    void print(String offset);
  }

  private void guarded(CodeWriter code, Op op, Access access, Body body) {
    String offset = names.of(access.offset());
    if (access.guard() == Access.Guard.PROVEN || bounds == BoundsMode.OFF) {
      unguarded(code, op, access, offset, body);
    } else if (bounds == BoundsMode.TRAP) {
      trapped(code, op, access, offset, body);
    } else {
      code.open("");
      code.line("const ulong inside = " + clamped(access, offset) + ";");
      conditional(code, condition(access, "inside") + aliveFor(op), "inside", body);
      code.close();
    }
  }

  /** What is proven holds for work-items that have not ended; a ghost may read only in bounds. */
  private void unguarded(CodeWriter code, Op op, Access access, String offset, Body body) {
    if (!ghosts.needed()) {
      body.print(offset);
    } else {
      String condition = op instanceof Op.Load ? condition(access, offset) : "alive";
      conditional(code, condition, offset, body);
    }
  }

  private void trapped(CodeWriter code, Op op, Access access, String offset, Body body) {
    code.open("if (" + condition(access, offset) + ")");
    if (op instanceof Op.Load || !ghosts.needed()) {
      body.print(offset);
    } else {
      conditional(code, "alive", offset, body);
    }
    code.reopen(ghosts.needed() ? "else if (alive)" : "else");
    code.line(fault(op, offset, roots.size(access.root())));
    code.close();
  }

  private static void conditional(CodeWriter code, String condition, String offset, Body body) {
    code.open("if (" + condition + ")");
    body.print(offset);
    code.close();
  }

  private String aliveFor(Op op) {
    return op instanceof Op.Load ? "" : ghosts.andAlive();
  }

  private String clamped(Access access, String offset) {
    return "%s(%s, %s, %dul, %dul)"
        .formatted(
            prelude.clamp(), offset, roots.size(access.root()), access.bytes(), access.alignment());
  }

  private String condition(Access access, String offset) {
    String inRange =
        roots.inWindow(access.root(), offset) + " < " + limit(access.root(), access.bytes());
    return access.alignment() == 1
        ? inRange
        : "%s && (%s & %dul) == 0".formatted(inRange, offset, access.alignment() - 1);
  }

  /** A name for the first offset at which {@code bytes} bytes do not fit. */
  private String limit(Root root, int bytes) {
    String name = "limit_" + roots.name(root) + "_" + bytes;
    String size = roots.extent(root);
    limits.put(name, "%s < %dul ? 0ul : %s - %dul".formatted(size, bytes, size, bytes - 1));
    return name;
  }

  /** A pointer to an element, in parentheses. */
  private String element(Access access, String offset, int index) {
    int shift = index * access.element().bytes();
    String place = shift == 0 ? offset : offset + " + " + shift + "ul";
    return "(" + roots.address(access.root(), place) + ")";
  }

  private static boolean aligned(Access access) {
    return access.alignment() >= access.element().bytes();
  }

  private String read(Access access, String place) {
    Type type = access.element();
    String space = Roots.space(access.root());
    if (aligned(access)) {
      String value = "*(const " + space + " " + CType.memory(type) + " *)" + place;
      return type == Type.BOOL ? value + " != 0" : value;
    }
    return "as_%s(vload%d(0, (const %s uchar *)%s))"
        .formatted(CType.of(type), type.bytes(), space, place);
  }

  private String write(Access access, String place, String value) {
    Type type = access.element();
    String space = Roots.space(access.root());
    if (aligned(access)) {
      return "*(" + space + " " + CType.memory(type) + " *)" + place + " = " + value;
    }
    return "vstore%1$d(as_uchar%1$d(%2$s), 0, (%3$s uchar *)%4$s)"
        .formatted(type.bytes(), value, space, place);
  }

  private String exchange(Op.Atomic atomic, String offset) {
    Type type = atomic.access().element();
    String prefix = type == Type.I64 ? "atom_" : "atomic_";
    boolean signed = atomic.op() == AtomicOp.SMIN || atomic.op() == AtomicOp.SMAX;
    String element = signed ? CType.signed(type) : CType.of(type);
    List<String> operands =
        atomic.values().stream()
            .map(value -> (signed ? "(" + element + ")" : "") + names.of(value))
            .toList();
    return "(%s)%s%s((volatile %s %s *)%s, %s)"
        .formatted(
            CType.of(type),
            prefix,
            function(atomic.op()),
            Roots.space(atomic.access().root()),
            element,
            element(atomic.access(), offset, 0),
            String.join(", ", operands));
  }

  private static String function(AtomicOp op) {
    return switch (op) {
      case ADD -> "add";
      case SUB -> "sub";
      case AND -> "and";
      case OR -> "or";
      case XOR -> "xor";
      case SMIN, UMIN -> "min";
      case SMAX, UMAX -> "max";
      case EXCHANGE -> "xchg";
      case COMPARE_EXCHANGE -> "cmpxchg";
    };
  }
}
