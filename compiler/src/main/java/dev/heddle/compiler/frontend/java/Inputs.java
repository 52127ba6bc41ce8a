package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of the kernel: those of its shape first, then what its code turns out to use. */
final class Inputs {
  private final IrBuilder ir;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Optional<Source>> sources = new ArrayList<>();
  private final Map<Source, Parameter> known = new HashMap<>();

  private final Map<Integer, String> captureNames = new HashMap<>();

  Inputs(IrBuilder ir) {
    this.ir = ir;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** For each parameter where the host finds its value; empty for those of the shape. */
  List<Optional<Source>> sources() {
    return sources;
  }

  /** An array of the kernel's shape. */
  Operand.Array array(String name, ElementType element) {
    return array(pointer(name, element, Optional.empty()));
  }

  /** A number of the kernel's shape. */
  Value scalar(String name, ElementType element) {
    return number(name, element, Optional.empty()).value();
  }

  /** What the host finds at that place, of a primitive type or an array of one. */
  Parameter at(Source source, String name, Class<?> type) {
    return known.computeIfAbsent(
        source,
        s ->
            type.isArray()
                ? pointer(name, Kinds.element(type.componentType()), Optional.of(s))
                : number(name, Kinds.element(type), Optional.of(s)));
  }

  /** The array that the host finds there, whose elements are of that type. */
  Operand.Array deviceArray(Source source, Class<?> element) {
    return array((Parameter.Pointer) at(source, name(source), element.arrayType()));
  }

  private String name(Source source) {
    return source.fields().isEmpty()
        ? captureNames.getOrDefault(source.capture(), "captured" + source.capture())
        : source.fields().getLast().name();
  }

  /** The name of the local variable that was captured. */
  void nameCapture(int number, String name) {
    captureNames.put(number, name);
  }

  static Operand.Array array(Parameter.Pointer pointer) {
    return new Operand.Array(pointer.root(), pointer.element(), -1);
  }

  private Parameter.Pointer pointer(String name, ElementType element, Optional<Source> source) {
    String unique = unique(name);
    Root root = new Root.Buffer(unique, AddressSpace.GLOBAL, parameters.size());
    Parameter.Pointer pointer =
        new Parameter.Pointer(unique, element, 1, root, ir.fresh(Type.I64), false);
    parameters.add(pointer);
    sources.add(source);
    return pointer;
  }

  private Parameter.Scalar number(String name, ElementType element, Optional<Source> source) {
    Parameter.Scalar scalar = new Parameter.Scalar(unique(name), element, ir.fresh(element.type()));
    parameters.add(scalar);
    sources.add(source);
    return scalar;
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; taken(candidate); i++) {
      candidate = name + i;
    }
    return candidate;
  }

  private boolean taken(String name) {
    return parameters.stream().anyMatch(p -> p.name().equals(name));
  }
}
