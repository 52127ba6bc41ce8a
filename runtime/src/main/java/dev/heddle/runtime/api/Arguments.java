package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.exec.Bindings;
import dev.heddle.runtime.exec.ManagedBuffer;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values for the parameters of one kernel, by name or by position. May be used for many runs and
 * changed between them. Every setter checks against the signature and throws {@link RunException}
 * USAGE. Not for use from several threads at once.
 */
public final class Arguments {
  private final Kernel kernel;
  private final List<Parameter> parameters;
  private final Bindings bindings;
  private final @Nullable Buffer[] buffers;
  private final boolean[] set;
  private final Printed printed;
  private int missing;

  Arguments(Kernel kernel) {
    this.kernel = kernel;
    this.parameters = kernel.parameters();
    int size = parameters.size();
    int all = kernel.bound();
    this.printed = new Printed(kernel.session());
    this.bindings = new Bindings(new long[all], new ManagedBuffer[all]);
    this.buffers = new Buffer[size];
    this.set = new boolean[size];
    this.missing = size;
  }

  /** The position of a parameter. */
  public int position(String name) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(name)) {
        return i;
      }
    }
    String there =
        parameters.isEmpty()
            ? "it takes no arguments"
            : "it takes " + String.join(", ", parameters.stream().map(Parameter::name).toList());
    throw RunException.usage(kernel.name() + " has no argument \"" + name + "\"; " + there);
  }

  /** An integer for a scalar parameter, which must be able to hold it exactly. */
  public Arguments set(int position, long value) {
    Parameter.Scalar scalar = scalar(position);
    return bits(position, ScalarBits.ofInteger(kernel.name(), scalar, value));
  }

  /** A number for a floating-point parameter, rounded to its type. */
  public Arguments set(int position, double value) {
    Parameter.Scalar scalar = scalar(position);
    return bits(position, ScalarBits.ofNumber(kernel.name(), scalar, value));
  }

  /** The raw low bits of a scalar parameter. */
  public Arguments setBits(int position, long bits) {
    Parameter.Scalar scalar = scalar(position);
    int width = scalar.element().type().bits();
    return bits(position, width == 64 ? bits : bits & ((1L << width) - 1));
  }

  /** The buffer for a pointer parameter; empty for null, and where none was set. */
  public Optional<Buffer> buffer(int position) {
    return Optional.ofNullable(buffers[position]);
  }

  /** The low bits of a scalar as it was set, or the bytes of a local array; else 0. */
  public long bits(int position) {
    return bindings.bits()[position];
  }

  /** A buffer for a pointer parameter. */
  public Arguments set(int position, Buffer buffer) {
    if (pointer(position).root() instanceof Root.LocalParameter) {
      throw misfit(position, "takes the size of a local array, not a buffer");
    }
    if (buffer.session() != kernel.session()) {
      throw misfit(position, "got a buffer of another session");
    }
    bindings.buffers()[position] = buffer.managed();
    buffers[position] = buffer;
    return mark(position);
  }

  /** A null pointer for a pointer parameter. */
  public Arguments setNull(int position) {
    if (pointer(position).root() instanceof Root.LocalParameter) {
      throw misfit(position, "takes the size of a local array, not null");
    }
    bindings.buffers()[position] = null;
    buffers[position] = null;
    return mark(position);
  }

  /** The size in bytes of a {@code __local} pointer parameter. */
  public Arguments setLocal(int position, long bytes) {
    if (!(pointer(position).root() instanceof Root.LocalParameter)) {
      throw misfit(position, "takes a buffer, not the size of a local array");
    }
    if (bytes < 0) {
      throw misfit(position, "can't have " + bytes + " bytes");
    }
    return bits(position, bytes);
  }

  public Arguments set(String name, long value) {
    return set(position(name), value);
  }

  public Arguments set(String name, double value) {
    return set(position(name), value);
  }

  public Arguments set(String name, Buffer buffer) {
    return set(position(name), buffer);
  }

  public Arguments setBits(String name, long bits) {
    return setBits(position(name), bits);
  }

  public Arguments setNull(String name) {
    return setNull(position(name));
  }

  public Arguments setLocal(String name, long bytes) {
    return setLocal(position(name), bytes);
  }

  /** The same values, which later changes of these do not change. */
  Arguments copy() {
    Arguments copy = new Arguments(kernel);
    for (int i = 0; i < set.length; i++) {
      copy.bindings.bits()[i] = bindings.bits()[i];
      copy.bindings.buffers()[i] = bindings.buffers()[i];
      copy.buffers[i] = buffers[i];
      copy.set[i] = set[i];
    }
    copy.missing = missing;
    return copy;
  }

  /** The buffers, and which of them the kernel may write. */
  List<AsyncRuns.Use> uses() {
    List<AsyncRuns.Use> uses = new ArrayList<>();
    for (int i = 0; i < buffers.length; i++) {
      Buffer buffer = buffers[i];
      if (buffer != null && parameters.get(i) instanceof Parameter.Pointer pointer) {
        uses.add(new AsyncRuns.Use(buffer.pending(), !pointer.readOnly()));
      }
    }
    return uses;
  }

  /** Waits for runs started earlier that this one has to follow. */
  void awaitEarlier() {
    for (int i = 0; i < buffers.length; i++) {
      Buffer buffer = buffers[i];
      if (buffer != null && parameters.get(i) instanceof Parameter.Pointer pointer) {
        buffer.pending().await(!pointer.readOnly());
      }
    }
  }

  /** The values for a launch; those of a kernel that is running must not change. */
  Bindings bindings(NDRange range) {
    if (kernel.prints()) {
      printed.bind(kernel.name(), range, bindings);
    }
    return bindings;
  }

  Printed printed() {
    return printed;
  }

  /** Checks that all are there. */
  void require(Kernel wanted) {
    if (wanted != kernel) {
      throw RunException.usage(
          "these are arguments of " + kernel.name() + ", not of " + wanted.name());
    }
    requireAll();
  }

  /**
   * Checks that every parameter has a value.
   *
   * @throws RunException USAGE, naming those that have none
   */
  public void requireAll() {
    if (missing > 0) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < set.length; i++) {
        if (!set[i]) {
          names.add(describe(parameters.get(i)));
        }
      }
      throw RunException.usage(kernel.name() + " needs a value for " + String.join(", ", names));
    }
  }

  private Arguments bits(int position, long bits) {
    bindings.bits()[position] = bits;
    return mark(position);
  }

  private Arguments mark(int position) {
    if (!set[position]) {
      set[position] = true;
      missing--;
    }
    return this;
  }

  private Parameter.Scalar scalar(int position) {
    return switch (parameter(position)) {
      case Parameter.Scalar scalar -> scalar;
      case Parameter.Pointer pointer -> throw misfit(position, "takes a buffer, not a number");
    };
  }

  private Parameter.Pointer pointer(int position) {
    return switch (parameter(position)) {
      case Parameter.Pointer pointer -> pointer;
      case Parameter.Scalar scalar -> throw misfit(position, "takes a number, not a buffer");
    };
  }

  private Parameter parameter(int position) {
    if (position < 0 || position >= parameters.size()) {
      throw RunException.usage(
          kernel.name() + " has " + parameters.size() + " arguments, none at position " + position);
    }
    return parameters.get(position);
  }

  private RunException misfit(int position, String what) {
    return RunException.usage(
        "argument " + describe(parameters.get(position)) + " of " + kernel.name() + " " + what);
  }

  private static String describe(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Scalar scalar -> scalar.name() + " (" + scalar.element().text() + ")";
      case Parameter.Pointer pointer ->
          pointer.name() + " (" + text(pointer.element(), pointer.width()) + "*)";
    };
  }

  private static String text(ElementType element, int width) {
    return width == 1 ? element.text() : element.text() + width;
  }
}
