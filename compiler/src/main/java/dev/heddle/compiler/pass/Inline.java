package dev.heddle.compiler.pass;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
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
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces every call by the body of what it calls, calls in there included. A pointer parameter
 * becomes the root that was passed, its offset starting at the offset that was passed.
 *
 * <p>Arrays of a helper become arrays of the kernel: one per call for private ones, whose content
 * at entry C leaves undefined, so that no call has to clear them; one in all for local ones. Tables
 * with the same content become one.
 */
final class Inline {
  /** Largest number of ops that a kernel may have after inlining. */
  static final int LIMIT = 262_144;

  /** Holds the place of a name that belongs to a parameter. */
  private static final Root NONE = new Root.Formal("", AddressSpace.PRIVATE, 0);

  private final Program program;
  private final Function kernel;
  private final IrBuilder builder;
  private final Map<String, Root> objects = new LinkedHashMap<>();
  private final Map<String, Root> localArrays = new HashMap<>();
  private final Deque<String> active = new ArrayDeque<>();
  private int ops;

  private Inline(Program program, Function kernel) {
    this.program = program;
    this.kernel = kernel;
    this.builder = Numbering.builderAfter(kernel);
  }

  /**
   * Number of ops that a function has once its calls are inlined; a helper that calls itself counts
   * once.
   */
  static long size(Program program, Function function) {
    return size(program, function, new HashMap<>());
  }

  private static long size(Program program, Function function, Map<String, Long> sizes) {
    Long known = sizes.putIfAbsent(function.name(), 0L);
    if (known != null) {
      return known;
    }
    long[] size = {0};
    Regions.forEachOp(
        function.body(),
        op -> {
          size[0]++;
          if (op instanceof Op.Call call) {
            size[0] += program.function(call.callee()).map(f -> size(program, f, sizes)).orElse(0L);
          }
        });
    sizes.put(function.name(), size[0]);
    return size[0];
  }

  /** The kernel without calls. */
  static Function run(Program program, Function kernel) {
    return new Inline(program, kernel).run();
  }

  private Function run() {
    active.push(kernel.name());
    Body body = new Body(kernel);
    kernel.objects().forEach(object -> body.roots.put(object, object));
    kernel.objects().forEach(object -> objects.put(object.name(), object));
    kernel.parameters().stream().map(Inline::rootName).forEach(name -> objects.put(name, NONE));
    builder.open(List.of());
    body.useZeroOffsets();
    Region region = builder.close(body.contents(kernel.body()));
    List<Root> all = objects.values().stream().filter(object -> object != NONE).toList();
    return kernel.with(all, region);
  }

  private static String rootName(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Scalar scalar -> scalar.name();
      case Parameter.Pointer pointer -> pointer.root().name();
    };
  }

  /** One copy of the body of a function. */
  private final class Body extends Cloner {
    private final Function function;
    private final Map<Root, Root> roots = new HashMap<>();
    private int exit = -1;

    Body(Function function) {
      super(Inline.this.builder);
      this.function = function;
    }

    /** The parameters of a kernel keep their values, but its pointers start at their root. */
    void useZeroOffsets() {
      for (Parameter parameter : function.parameters()) {
        if (parameter instanceof Parameter.Pointer pointer) {
          replace(pointer.offset(), builder.constant(Type.I64, 0));
        }
      }
    }

    void bind(List<Op.Argument> arguments, Body caller) {
      for (int i = 0; i < arguments.size(); i++) {
        Parameter parameter = function.parameters().get(i);
        replace(Numbering.value(parameter), caller.use(arguments.get(i).value()));
        if (parameter instanceof Parameter.Pointer pointer
            && arguments.get(i) instanceof Op.Argument.Pointer passed) {
          roots.put(pointer.root(), caller.root(passed.root()));
        }
      }
      function.objects().forEach(object -> roots.put(object, adopt(function, object)));
    }

    @Override
    protected Root root(Root root) {
      return roots.getOrDefault(root, root);
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      if (++ops > LIMIT) {
        throw refuse(
            op.span(),
            "kernel '%s' has more than %d operations once its helper functions are inlined; split it"
                    .formatted(kernel.name(), LIMIT)
                + " into several kernels or turn repeated calls into a loop");
      }
      if (op instanceof Op.Call call) {
        inline(call);
        return null;
      }
      return super.visit(op);
    }

    private void inline(Op.Call call) {
      Function callee =
          program
              .function(call.callee())
              .orElseThrow(() -> new IllegalStateException("inline: no function " + call.callee()));
      if (active.contains(callee.name())) {
        throw refuse(
            call.span(),
            "function '%s' calls itself; recursion has no limit".formatted(callee.name()));
      }
      active.push(callee.name());
      Body body = new Body(callee);
      body.bind(call.arguments(), this);
      replaceAll(call.results(), body.run(call));
      active.pop();
    }

    /** Adds the body to the open region; what it returns. */
    private List<Value> run(Op.Call call) {
      Region old = function.body();
      if (old.terminator() instanceof Terminator.Return && !Regions.returnsInside(old)) {
        return contents(old).values();
      }
      exit = builder.freshLabel();
      builder.open(List.of());
      Region block = builder.close(contents(old));
      List<Value> results = function.results().stream().map(builder::fresh).toList();
      builder.add(new Op.Loop(results, exit, List.of(), block, call.span()));
      return results;
    }

    /** A return from inside a helper leaves the block that its body became. */
    @Override
    protected Terminator terminator(Terminator old) {
      return exit >= 0 && old instanceof Terminator.Return(var values)
          ? new Terminator.Break(exit, use(values))
          : super.terminator(old);
    }
  }

  private Root adopt(Function owner, Root object) {
    return switch (object) {
      case Root.Table table -> adoptTable(table);
      case Root.Array array ->
          switch (array.space()) {
            case LOCAL ->
                localArrays.computeIfAbsent(
                    owner.name() + "." + array.name(), name -> adoptArray(owner, array));
            case PRIVATE -> adoptArray(owner, array);
            case GLOBAL, CONSTANT -> throw new IllegalStateException("array in " + array.space());
          };
      case Root.Buffer buffer -> throw new IllegalStateException("inline: object " + buffer);
      case Root.LocalParameter local -> throw new IllegalStateException("inline: object " + local);
      case Root.Formal formal -> throw new IllegalStateException("inline: object " + formal);
    };
  }

  private Root adoptTable(Root.Table table) {
    Optional<Root> same =
        objects.values().stream()
            .filter(
                object ->
                    object instanceof Root.Table other
                        && other.content().equals(table.content())
                        && other.alignment() >= table.alignment())
            .findFirst();
    return same.orElseGet(
        () -> keep(new Root.Table(freeName(table.name()), table.content(), table.alignment())));
  }

  private Root adoptArray(Function owner, Root.Array array) {
    String name = freeName(owner.name() + "_" + array.name());
    return keep(new Root.Array(name, array.space(), array.bytes(), array.alignment()));
  }

  private Root keep(Root object) {
    objects.put(object.name(), object);
    return object;
  }

  private String freeName(String wanted) {
    String name = wanted;
    for (int i = 2; objects.containsKey(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private static CompileException refuse(Span span, String message) {
    return new CompileException(
        List.of(new Diagnostic(Diagnostic.Severity.ERROR, span, message, "")));
  }
}
