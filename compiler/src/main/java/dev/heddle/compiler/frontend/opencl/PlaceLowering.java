package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lowers what can be read and written: variables, objects in memory, components of vectors. */
final class PlaceLowering {
  /** No object is that far below its start, so that an access through null is out of bounds. */
  static final long NULL_OFFSET = Long.MIN_VALUE;

  /** Copies of objects larger than this are loops of the user's, not assignments. */
  private static final int MOST_LEAVES = 4096;

  private static final int MOST_SINGLE_STORES = 16;

  /** Something that can be read, and mostly written. */
  sealed interface Place {
    CType type();

    record InValues(Variable variable) implements Place {
      @Override
      public CType type() {
        return variable.type();
      }
    }

    /**
     * An object in memory.
     *
     * @param alignment what the object's place guarantees, in bytes
     */
    record InMemory(Lowered.Pointer pointer, CType type, int alignment) implements Place {}

    record Components(Place base, List<Integer> components, CType type) implements Place {}

    /** A mere value, such as the vector that a function returned. */
    record Temporary(Lowered value, CType type) implements Place {}
  }

  private final FunctionLowering function;
  private final Code code;

  PlaceLowering(FunctionLowering function) {
    this.function = function;
    this.code = function.code();
  }

  // finding places

  Place of(Variable variable) {
    return variable.inMemory()
        ? memory(function.locate(variable), variable.type())
        : new Place.InValues(variable);
  }

  private static Place.InMemory memory(Lowered.Pointer pointer, CType type) {
    return new Place.InMemory(pointer, type, type.alignment());
  }

  /** The place that one part of an initialiser goes to. */
  Place partOf(Variable variable, Statement.Part part) {
    return new Place.InMemory(
        move(function.locate(variable), part.offset()),
        part.type(),
        Alignments.at(part.offset(), variable.type().alignment(), part.type()));
  }

  private Lowered.Pointer move(Lowered.Pointer pointer, long bytes) {
    return bytes == 0
        ? pointer
        : new Lowered.Pointer(
            pointer.objects(), pointer.tag(), code.addOffset(pointer.offset(), bytes));
  }

  Place of(Expr expr) {
    return switch (expr) {
      case Expr.VariableUse use -> of(use.variable());
      case Expr.Dereference dereference -> {
        Lowered.Pointer pointer = function.expressions().pointer(dereference.pointer());
        code.at(dereference.span());
        yield new Place.InMemory(pointer, dereference.type(), Alignments.ofPlace(dereference));
      }
      case Expr.Member member -> member(member);
      case Expr.Swizzle swizzle -> swizzle(swizzle);
      case Expr.Compound compound -> {
        function.statements().declare(compound.declaration());
        yield of(compound.variable());
      }
      default -> temporary(expr);
    };
  }

  private Place temporary(Expr expr) {
    Lowered value = function.expressions().value(expr);
    return value instanceof Lowered.Aggregate aggregate
        ? memory(aggregate.location(), expr.type())
        : new Place.Temporary(value, expr.type());
  }

  private Place member(Expr.Member member) {
    if (!(of(member.base()) instanceof Place.InMemory base)) {
      throw new IllegalStateException("a struct outside of memory");
    }
    code.at(member.span());
    long offset = member.member().offset();
    int alignment = Alignments.at(offset, base.alignment(), member.type());
    return new Place.InMemory(move(base.pointer(), offset), member.type(), alignment);
  }

  private Place swizzle(Expr.Swizzle swizzle) {
    Place base = of(swizzle.base());
    code.at(swizzle.span());
    if (base instanceof Place.InMemory memory && swizzle.components().size() == 1) {
      ElementType element = swizzle.type().lane();
      int size = element.type().bytes();
      return new Place.InMemory(
          move(memory.pointer(), (long) swizzle.components().getFirst() * size),
          swizzle.type(),
          Math.min(memory.alignment(), size));
    }
    return new Place.Components(base, swizzle.components(), swizzle.type());
  }

  /** The address of a place in memory. */
  Lowered.Pointer address(Expr expr) {
    if (of(expr) instanceof Place.InMemory memory) {
      return memory.pointer();
    }
    throw new IllegalStateException("no address: " + expr);
  }

  // reading

  Lowered load(Place place, Span span) {
    return switch (place) {
      case Place.InValues values -> held(values.variable());
      case Place.InMemory memory -> loadMemory(memory, span);
      case Place.Temporary temporary -> temporary.value();
      case Place.Components components -> {
        Lowered.Scalars whole = (Lowered.Scalars) load(components.base(), span);
        yield new Lowered.Scalars(
            components.components().stream().map(whole.values()::get).toList());
      }
    };
  }

  /** A variable that is read in its own initialiser holds zero. */
  private Lowered held(Variable variable) {
    Environment environment = function.flow().environment();
    return environment.holds(variable)
        ? environment.get(variable)
        : function.expressions().zero(variable.type());
  }

  private Lowered loadMemory(Place.InMemory memory, Span span) {
    return switch (memory.type()) {
      case CType.Struct struct -> new Lowered.Aggregate(memory.pointer(), struct);
      case CType.Pointer pointer -> refusePointer(pointer, span);
      case CType.Scalar _, CType.Vector _ -> loadScalars(memory, span);
      case CType.Array _, CType.Void _, CType.Opaque _, CType.Invalid _ ->
          throw new IllegalStateException("load of " + memory.type().text());
    };
  }

  private Lowered refusePointer(CType.Pointer pointer, Span span) {
    function
        .diagnostics()
        .error(
            span,
            "a pointer in memory is not supported (here of type "
                + pointer.text()
                + "); keep an index instead");
    return function.expressions().zero(pointer);
  }

  private Lowered loadScalars(Place.InMemory memory, Span span) {
    ElementType element = memory.type().lane();
    int count = memory.type().components();
    Type stored = stored(element);
    int alignment = Math.min(memory.alignment(), memory.type().alignment());
    List<Value> values =
        withRoot(
            memory.pointer(),
            java.util.Collections.nCopies(count, stored),
            root -> {
              code.at(span);
              return code.builder()
                  .load(access(root, memory.pointer().offset(), stored, count, alignment));
            },
            span);
    return element == ElementType.BOOL
        ? Lowered.of(code.truth(values.getFirst()))
        : new Lowered.Scalars(values);
  }

  /** A bool lies in memory as a byte. */
  private static Type stored(ElementType element) {
    return element == ElementType.BOOL ? Type.I8 : element.type();
  }

  static Access access(Root root, Value offset, Type type, int count, int alignment) {
    return new Access(root, offset, type, count, alignment, Access.Guard.CHECKED);
  }

  // writing

  void store(Place place, Lowered value, Span span) {
    switch (place) {
      case Place.InValues values -> function.flow().environment().put(values.variable(), value);
      case Place.InMemory memory -> storeMemory(memory, value, span);
      case Place.Components components -> storeComponents(components, value, span);
      case Place.Temporary _ -> throw new IllegalStateException("store to a mere value");
    }
  }

  private void storeMemory(Place.InMemory memory, Lowered value, Span span) {
    switch (value) {
      case Lowered.Aggregate aggregate -> copy(memory, aggregate, span);
      case Lowered.Scalars scalars -> storeScalars(memory, scalars.values(), span);
      case Lowered.Pointer _ -> refusePointer((CType.Pointer) memory.type(), span);
      case Lowered.Nothing _ -> throw new IllegalStateException("store of nothing");
    }
  }

  private void storeScalars(Place.InMemory memory, List<Value> values, Span span) {
    ElementType element = memory.type().lane();
    int alignment = Math.min(memory.alignment(), memory.type().alignment());
    code.at(span);
    List<Value> stored =
        element == ElementType.BOOL
            ? List.of(code.builder().convert(ConvertOp.ZEXT, Type.I8, values.getFirst()))
            : values;
    withRoot(
        memory.pointer(),
        List.of(),
        root -> {
          code.at(span);
          code.builder()
              .store(
                  access(
                      root, memory.pointer().offset(), stored(element), stored.size(), alignment),
                  stored);
          return List.of();
        },
        span);
  }

  /** Writes some components and keeps the others. */
  private void storeComponents(Place.Components place, Lowered value, Span span) {
    List<Value> values = ((Lowered.Scalars) value).values();
    if (place.base() instanceof Place.InMemory memory) {
      int size = place.type().lane().type().bytes();
      CType scalar = CType.scalar(place.type().lane());
      for (int i = 0; i < values.size(); i++) {
        Lowered.Pointer at = move(memory.pointer(), (long) place.components().get(i) * size);
        storeScalars(
            new Place.InMemory(at, scalar, Math.min(memory.alignment(), size)),
            List.of(values.get(i)),
            span);
      }
      return;
    }
    List<Value> whole = new ArrayList<>(((Lowered.Scalars) load(place.base(), span)).values());
    for (int i = 0; i < values.size(); i++) {
      whole.set(place.components().get(i), values.get(i));
    }
    store(place.base(), new Lowered.Scalars(whole), span);
  }

  // structs

  private record Leaf(long offset, CType type, int alignment) {}

  private void copy(Place.InMemory to, Lowered.Aggregate from, Span span) {
    List<Leaf> leaves = new ArrayList<>();
    leaves(to.type(), 0, to.type().alignment(), leaves);
    if (leaves.size() > MOST_LEAVES) {
      function
          .diagnostics()
          .error(span, to.type().text() + " is too large to be copied at once; use a loop");
      return;
    }
    for (Leaf leaf : leaves) {
      int alignment = Math.min(leaf.alignment(), Math.min(to.alignment(), from.type().alignment()));
      Place source =
          new Place.InMemory(move(from.location(), leaf.offset()), leaf.type(), alignment);
      Place target = new Place.InMemory(move(to.pointer(), leaf.offset()), leaf.type(), alignment);
      store(target, load(source, span), span);
    }
  }

  private static void leaves(CType type, long offset, int whole, List<Leaf> out) {
    if (out.size() > MOST_LEAVES) {
      return;
    }
    switch (type) {
      case CType.Struct struct when struct.isUnion() -> {
        for (long i = 0; i < struct.size() && out.size() <= MOST_LEAVES; i++) {
          out.add(new Leaf(offset + i, CType.UCHAR, 1));
        }
      }
      case CType.Struct struct -> {
        for (CType.Struct.Member member : struct.members()) {
          leaves(member.type(), offset + member.offset(), whole, out);
        }
      }
      case CType.Array array -> {
        for (long i = 0; i < array.length() && out.size() <= MOST_LEAVES; i++) {
          leaves(array.element(), offset + i * array.element().size(), whole, out);
        }
      }
      default -> out.add(new Leaf(offset, type, Alignments.at(offset, whole, type)));
    }
  }

  /** A copy of a struct that a callee may change. */
  Lowered.Pointer copyOf(Lowered.Aggregate aggregate, Span span) {
    Lowered.Pointer copy = temporary(aggregate.type(), "copy", span);
    copy(memory(copy, aggregate.type()), aggregate, span);
    return copy;
  }

  Lowered.Pointer temporary(CType type, String name, Span span) {
    Variable variable = new Variable(name, Qualified.of(type), Variable.Scope.BLOCK, span);
    return function.locate(variable);
  }

  void copyToResult(Lowered.Aggregate aggregate, Span span) {
    Variable result = function.resultObject();
    if (result != null) {
      copy(memory(function.locate(result), result.type()), aggregate, span);
    }
  }

  /** Fills a variable with zeros. */
  void clear(Variable variable, Span span) {
    long bytes = variable.type().size();
    int unit = Math.min(variable.type().alignment(), 4);
    Type type = unit == 4 ? Type.I32 : unit == 2 ? Type.I16 : Type.I8;
    CType scalar =
        CType.scalar(
            unit == 4 ? ElementType.INT : unit == 2 ? ElementType.SHORT : ElementType.CHAR);
    List<Leaf> leaves = new ArrayList<>();
    leaves(variable.type(), 0, variable.type().alignment(), leaves);
    Lowered.Pointer start = function.locate(variable);
    if (leaves.size() <= MOST_SINGLE_STORES) {
      for (Leaf leaf : leaves) {
        if (!leaf.type().isPointer()) {
          store(
              new Place.InMemory(move(start, leaf.offset()), leaf.type(), leaf.alignment()),
              function.expressions().zero(leaf.type()),
              span);
        }
      }
      return;
    }
    clearLoop(start, bytes, unit, type, scalar, span);
  }

  private void clearLoop(
      Lowered.Pointer start, long bytes, int unit, Type type, CType scalar, Span span) {
    IrBuilder builder = code.builder();
    int label = builder.freshLabel();
    Value first = code.zero(Type.I64);
    Value index = builder.fresh(Type.I64);
    builder.open(List.of(index));
    Value more = code.compare(CompareOp.ULT, index, code.constant(Type.I64, bytes / unit));
    builder.open(List.of());
    Region go = builder.close(new Terminator.Yield(List.of()));
    builder.open(List.of());
    Region leave = builder.close(new Terminator.Break(label, List.of()));
    builder.add(new Op.If(List.of(), more, go, leave, span));
    Value offset = code.addOffset(code.scale(index, unit), start.offset());
    Lowered.Pointer at = new Lowered.Pointer(start.objects(), null, offset);
    storeScalars(new Place.InMemory(at, scalar, unit), List.of(code.zero(type)), span);
    Value next = code.binary(BinaryOp.ADD, index, code.constant(Type.I64, 1));
    Region body = builder.close(new Terminator.Continue(label, List.of(next)));
    builder.add(new Op.Loop(List.of(), label, List.of(first), body, span));
  }

  // pointers with several objects

  /** Runs an access on the object that the pointer points into, chosen by its tag if need be. */
  List<Value> withRoot(
      Lowered.Pointer pointer,
      List<Type> resultTypes,
      Function<Root, List<Value>> access,
      Span span) {
    if (pointer.objects().isEmpty()) {
      function
          .diagnostics()
          .error(span, "this pointer is used, but nothing is ever assigned to it but null");
      return resultTypes.stream().map(code::zero).toList();
    }
    return chain(pointer, pointer.objects(), resultTypes, access, span);
  }

  private List<Value> chain(
      Lowered.Pointer pointer,
      List<Variable> candidates,
      List<Type> resultTypes,
      Function<Root, List<Value>> access,
      Span span) {
    Variable first = candidates.getFirst();
    if (candidates.size() == 1) {
      return access.apply(function.root(first));
    }
    code.at(span);
    IrBuilder builder = code.builder();
    Value is =
        code.compare(
            CompareOp.EQ,
            function.flow().tag(pointer),
            code.constant(Type.I32, function.number(first)));
    builder.open(List.of());
    Region yes = builder.close(new Terminator.Yield(access.apply(function.root(first))));
    builder.open(List.of());
    List<Variable> others = candidates.subList(1, candidates.size());
    Region no =
        builder.close(new Terminator.Yield(chain(pointer, others, resultTypes, access, span)));
    List<Value> results = resultTypes.stream().map(builder::fresh).toList();
    builder.add(new Op.If(results, is, yes, no, span));
    return results;
  }
}
