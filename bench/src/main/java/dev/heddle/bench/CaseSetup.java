package dev.heddle.bench;

import dev.heddle.cli.data.NamedData;
import dev.heddle.cli.run.Workload;
import dev.heddle.cli.spec.Number;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.Scalars;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A case with its inputs made, and each peer bound to the same memory. */
final class CaseSetup implements AutoCloseable {
  private static final RunOptions ON_CPU = RunOptions.DEFAULT.on("cpu");

  private final Workload workload;
  private final Scalars scalars;
  private final Path file;

  CaseSetup(Case chosen, Path kernels, Session session) {
    file = kernels.resolve(chosen.file());
    workload = new Workload(file, chosen.values(), session);
    scalars = new Scalars(workload.request().values());
  }

  MemorySegment content(String buffer) {
    return workload.content(buffer).data();
  }

  void overwrite(String buffer, MemorySegment content) {
    workload.overwrite(buffer, content);
  }

  NamedData named(String buffer) {
    return workload.content(buffer);
  }

  Peer heddle() {
    return new Peer("Heddle", () -> workload.run(ON_CPU));
  }

  /** The code that the last run of the first kernel used. */
  String tier() {
    return workload.run(ON_CPU).getFirst().devices().getFirst().tier();
  }

  Peer twin(Native library, String function, List<String> names) {
    List<Object> values = names.stream().map(this::value).toList();
    MethodHandle handle =
        library.function(function, Optional.empty(), values.stream().map(Native::layout).toList());
    return new Peer("gcc " + function, () -> Calls.invoke(handle, values));
  }

  Peer plainOpenCl(PlainOpenCl library) {
    List<PlainOpenCl.Launch> plain = new ArrayList<>();
    Map<Long, MemorySegment> buffers = new TreeMap<>();
    String options = "-I " + file.getParent();
    for (Workload.Launch launch : workload.launches()) {
      String source = workload.request().sources().getFirst().text();
      MemorySegment kernel = library.kernel(source, options, launch.kernel().name());
      List<Parameter> parameters = launch.kernel().parameters();
      for (int i = 0; i < parameters.size(); i++) {
        Object value = boundValue(launch.step(), parameters.get(i));
        if (value instanceof MemorySegment memory) {
          library.set(
              kernel, i, buffers.computeIfAbsent(memory.address(), a -> library.buffer(memory)));
        } else {
          library.set(kernel, i, value);
        }
      }
      plain.add(new PlainOpenCl.Launch(kernel, launch.range()));
    }
    return new Peer("PoCL", () -> plain.forEach(library::run));
  }

  private Object boundValue(RunRequest.Step step, Parameter parameter) {
    String text = step.bindings().getOrDefault(parameter.name(), parameter.name());
    return switch (parameter) {
      case Parameter.Scalar scalar -> number(scalars.evaluate(text), scalar.element().type());
      case Parameter.Pointer pointer when pointer.root() instanceof Root.Buffer -> content(text);
      case Parameter.Pointer pointer -> throw new IllegalStateException(pointer.name());
    };
  }

  /** What the twin's argument of that name is: a buffer, or a scalar of some kernel's type. */
  private Object value(String name) {
    for (Workload.Launch launch : workload.launches()) {
      for (Parameter parameter : launch.kernel().parameters()) {
        if (parameter.name().equals(name) && parameter instanceof Parameter.Scalar scalar) {
          return number(scalars.evaluate(name), scalar.element().type());
        }
      }
    }
    return content(name);
  }

  private static Object number(Number value, Type type) {
    return switch (type) {
      case F32 -> (float) value.asDouble();
      case I32 -> (int) (long) value.asDouble();
      default -> throw new IllegalStateException("no scalar of type " + type);
    };
  }

  @Override
  public void close() {
    workload.close();
  }
}
