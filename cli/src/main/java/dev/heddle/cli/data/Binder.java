package dev.heddle.cli.data;

import dev.heddle.cli.spec.Number;
import dev.heddle.cli.spec.Number.Real;
import dev.heddle.cli.spec.Number.Whole;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunRequest.Step;
import dev.heddle.cli.spec.Scalars;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.cli.spec.ValueText;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the values of a request the types of the kernels' signatures, and makes the buffers. */
public final class Binder implements AutoCloseable {
  private static final BufferSource NOTHING =
      new BufferSource.Generated("zeros", ElementType.UCHAR, 0, 0, 1, 1);

  /** Most work-items of one launch. */
  public static final long MAX_ITEMS = 1L << 38;

  private final RunRequest request;
  private final Scalars scalars;
  private final BufferMaker maker;
  private final Session session;
  private final boolean elsewhere;
  private final Map<String, NamedBuffer> buffers = new LinkedHashMap<>();
  private final Map<String, BufferSource> sources = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  private Binder(
      RunRequest request, Session session, Arena arena, boolean fill, boolean elsewhere) {
    this.session = session;
    this.elsewhere = elsewhere;
    this.request = request;
    this.scalars = new Scalars(request.values());
    this.maker = new BufferMaker(session, arena, scalars, fill);
  }

  /** Buffers belong to {@code session}; what is mapped, to {@code arena}. */
  public static Binder of(RunRequest request, Session session, Arena arena) {
    return new Binder(request, session, arena, true, false);
  }

  /** The same, but generated buffers stay zero: enough to plan with. */
  public static Binder ofShapes(RunRequest request, Session session, Arena arena) {
    return new Binder(request, session, arena, false, false);
  }

  /** The same where the buffers are elsewhere: they have their sizes, and hold nothing. */
  public static Binder ofSources(RunRequest request, Session session, Arena arena) {
    return new Binder(request, session, arena, false, true);
  }

  /** The buffers bound so far, by name; of {@link #ofSources}. */
  public Map<String, SourcedBuffer> sourced() {
    Map<String, SourcedBuffer> all = new LinkedHashMap<>();
    buffers.forEach(
        (name, named) ->
            all.put(
                name,
                new SourcedBuffer(
                    name, named.element(), named.width(), sources.getOrDefault(name, NOTHING))));
    return all;
  }

  /** The name of the buffer that is bound to a parameter; empty if none is. */
  public Optional<String> name(Arguments arguments, int position) {
    return arguments
        .buffer(position)
        .flatMap(
            buffer ->
                buffers.values().stream().filter(named -> named.buffer() == buffer).findFirst())
        .map(NamedBuffer::name);
  }

  /** The arguments of one launch. */
  public Arguments bind(Kernel kernel, Step step) {
    requireKnown(kernel, step);
    requireAll(kernel, step);
    requireWidths(kernel, step);
    Arguments arguments = kernel.arguments();
    List<Parameter> parameters = kernel.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      String text = text(parameters.get(i), step);
      switch (parameters.get(i)) {
        case Parameter.Scalar scalar -> bindScalar(arguments, i, scalar, text);
        case Parameter.Pointer pointer -> bindPointer(arguments, i, pointer, text);
      }
    }
    return arguments;
  }

  /** The range of one launch. */
  public NDRange range(Kernel kernel, Step step) {
    if (step.global().isEmpty()) {
      throw new UsageException(
          "kernel '" + kernel.name() + "' has no global size; give it as -g N or -g X,Y");
    }
    long[] global = sizes("global size", step.global());
    for (long size : global) {
      if (size < 1) {
        throw new UsageException(
            "global size " + size + ": there is nothing to run; use 1 or more");
      }
    }
    NDRange range = NDRange.of(global);
    if (range.items() > MAX_ITEMS) {
      throw new UsageException(
          "a global size of %s is %,d work-items; one launch takes at most %,d"
              .formatted(NDRange.text(range.global()), range.items(), MAX_ITEMS));
    }
    return step.local().isEmpty() ? range : range.withLocal(sizes("local size", step.local()));
  }

  /** Refuses values that no kernel and no expression has asked for. */
  public void requireAllUsed() {
    Set<String> asked = new HashSet<>(used);
    asked.addAll(scalars.used());
    List<String> surplus =
        request.values().keySet().stream().filter(name -> !asked.contains(name)).toList();
    if (!surplus.isEmpty()) {
      throw new UsageException(
          "surplus argument "
              + surplus.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "))
              + ": the kernel has no such parameter, and no other value uses it");
    }
  }

  /** What the buffer called {@code name} holds now. */
  public NamedData content(String name) {
    NamedBuffer named = buffer(name);
    return new NamedData(name, named.element(), named.width(), named.buffer().read());
  }

  /** Puts other bytes, as many as it has, into the buffer called {@code name}. */
  public void overwrite(String name, MemorySegment content) {
    buffer(name).buffer().write().copyFrom(content);
  }

  /** Bytes in all buffers made so far. */
  public long bytes() {
    return buffers.values().stream().mapToLong(named -> named.buffer().bytes()).sum();
  }

  /** Frees the buffers, which the session frees otherwise when it is closed. */
  @Override
  public void close() {
    buffers.values().forEach(named -> named.buffer().close());
    buffers.clear();
  }

  private NamedBuffer buffer(String name) {
    NamedBuffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new UsageException(
          "'%s' is not a buffer of this run; there are %s"
              .formatted(name, buffers.isEmpty() ? "none" : String.join(", ", buffers.keySet())));
    }
    return buffer;
  }

  /** Exchanges two buffers, so that the next launch finds each under the other's name. */
  public void swap(RunRequest.Swap swap) {
    NamedBuffer a = buffer(swap.a());
    NamedBuffer b = buffer(swap.b());
    buffers.put(swap.a(), new NamedBuffer(swap.a(), b.buffer(), b.element(), b.width()));
    buffers.put(swap.b(), new NamedBuffer(swap.b(), a.buffer(), a.element(), a.width()));
  }

  private long[] sizes(String what, List<String> expressions) {
    return expressions.stream().mapToLong(text -> scalars.count(what, text)).toArray();
  }

  private void requireKnown(Kernel kernel, Step step) {
    Set<String> names =
        kernel.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    for (String name : step.bindings().keySet()) {
      if (!names.contains(name) && !request.values().containsKey(name)) {
        throw new UsageException(
            "surplus argument '%s': kernel '%s' takes %s"
                .formatted(name, kernel.name(), signature(kernel)));
      }
    }
  }

  private void requireAll(Kernel kernel, Step step) {
    List<String> missing = new ArrayList<>();
    for (Parameter parameter : kernel.parameters()) {
      if (lookUp(parameter, step) == null) {
        missing.add("'" + parameter.name() + "' (" + typeText(parameter) + ")");
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          "kernel '%s' needs a value for %s; give it as NAME=VALUE"
              .formatted(kernel.name(), String.join(", ", missing)));
    }
  }

  private static String signature(Kernel kernel) {
    return kernel.parameters().stream()
        .map(parameter -> parameter.name() + " (" + typeText(parameter) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String typeText(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Scalar scalar -> scalar.element().text();
      case Parameter.Pointer pointer ->
          (pointer.root().space() == AddressSpace.LOCAL ? "__local " : "")
              + pointer.element().text()
              + (pointer.width() == 1 ? "" : pointer.width())
              + " *";
    };
  }

  private @Nullable String lookUp(Parameter parameter, Step step) {
    String own = lookUp(parameter.name(), step);
    return own != null ? own : component(parameter.name(), step);
  }

  private @Nullable String lookUp(String name, Step step) {
    String bound = step.bindings().get(name);
    return bound != null ? bound : request.values().get(name);
  }

  /** Component {@code v.s2} of a vector by value: part of {@code (1,2,3,4)}, or what all get. */
  private @Nullable String component(String name, Step step) {
    int dot = name.lastIndexOf(".s");
    String vector = dot < 0 ? null : lookUp(name.substring(0, dot), step);
    if (vector == null) {
      return null;
    }
    used.add(name.substring(0, dot));
    if (!(ValueText.parse(vector) instanceof ValueText.Tuple tuple)) {
      return vector;
    }
    int index = Integer.parseInt(name.substring(dot + 2), 16);
    return index < tuple.elements().size() ? tuple.elements().get(index) : null;
  }

  /** A vector by value takes as many numbers as it has components. */
  private void requireWidths(Kernel kernel, Step step) {
    Map<String, Long> widths =
        kernel.parameters().stream()
            .map(Parameter::name)
            .filter(name -> name.contains(".s"))
            .collect(
                Collectors.groupingBy(
                    name -> name.substring(0, name.lastIndexOf(".s")), Collectors.counting()));
    widths.forEach(
        (name, width) -> {
          String text = lookUp(name, step);
          if (text != null
              && ValueText.parse(text) instanceof ValueText.Tuple tuple
              && tuple.elements().size() > width) {
            throw new UsageException(
                "argument '%s' is a vector of %d; %s has %d numbers"
                    .formatted(name, width, text, tuple.elements().size()));
          }
        });
  }

  private String text(Parameter parameter, Step step) {
    used.add(parameter.name());
    String text = lookUp(parameter, step);
    if (text == null) {
      throw new IllegalStateException(parameter.name());
    }
    return text;
  }

  private void bindScalar(Arguments arguments, int at, Parameter.Scalar scalar, String text) {
    ElementType element = scalar.element();
    if (!(ValueText.parse(text) instanceof ValueText.Expr expr)) {
      throw new UsageException(
          "argument '%s' is a %s, a single number; %s does not fit"
              .formatted(scalar.name(), element.text(), text));
    }
    Number value = scalars.evaluate(expr.text());
    if (element.type().isFloat()) {
      arguments.set(at, value.asDouble());
    } else if (value instanceof Whole whole) {
      arguments.set(at, whole.value());
    } else if (value instanceof Real real) {
      throw new UsageException(
          "argument '%s' is of type %s; %s is not an integer"
              .formatted(scalar.name(), element.text(), real));
    }
  }

  private void bindPointer(Arguments arguments, int at, Parameter.Pointer pointer, String text) {
    ValueText value = ValueText.parse(text);
    if (pointer.root().space() == AddressSpace.LOCAL) {
      arguments.setLocal(at, localBytes(pointer, value, text));
    } else if (value instanceof ValueText.Null) {
      arguments.setNull(at);
    } else {
      arguments.set(at, shared(pointer, value).buffer());
    }
  }

  private long localBytes(Parameter.Pointer pointer, ValueText value, String text) {
    if (!(value instanceof ValueText.Local local)) {
      throw new UsageException(
          "argument '%s' is a __local pointer; give the number of elements as %s=local(N), not %s"
              .formatted(pointer.name(), pointer.name(), text));
    }
    long count = scalars.count("the size of '" + pointer.name() + "'", local.count());
    return Math.multiplyExact(count, (long) pointer.element().type().bytes() * room(pointer));
  }

  /** A vector of three takes the room of four. */
  private static int room(Parameter.Pointer pointer) {
    return pointer.width() == 3 ? 4 : pointer.width();
  }

  /** The buffer that a value means: a name shared between steps, or one of the parameter's own. */
  private NamedBuffer shared(Parameter.Pointer pointer, ValueText value) {
    Optional<String> reference = reference(value);
    reference.ifPresent(used::add);
    String name = reference.orElse(pointer.name());
    NamedBuffer known = buffers.get(name);
    if (known != null) {
      return known;
    }
    ValueText source = reference.map(this::topLevel).orElse(value);
    NamedBuffer made =
        new NamedBuffer(name, make(name, source, pointer), pointer.element(), pointer.width());
    buffers.put(name, made);
    return made;
  }

  private Buffer make(String name, ValueText value, Parameter.Pointer pointer) {
    if (!elsewhere) {
      return maker.make(name, value, pointer.element(), pointer.width());
    }
    BufferSource source = maker.source(name, value, pointer.element(), pointer.width());
    sources.put(name, source);
    return session.window(source.bytes(), 0, 0);
  }

  private ValueText topLevel(String name) {
    return ValueText.parse(request.values().getOrDefault(name, "null"));
  }

  private Optional<String> reference(ValueText value) {
    return value instanceof ValueText.Expr expr && request.values().containsKey(expr.text())
        ? Optional.of(expr.text())
        : Optional.empty();
  }
}
