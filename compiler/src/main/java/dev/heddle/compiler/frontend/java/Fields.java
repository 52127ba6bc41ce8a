package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Type;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;

/** Reads fields: of captured objects before the launch, of records made here as values. */
final class Fields {
  private final MethodLifter method;
  private final Lifting lifting;

  Fields(MethodLifter method) {
    this.method = method;
    this.lifting = method.lifting;
  }

  Operand made(NewObjectInstruction made) {
    String name = made.className().asInternalName();
    Class<?> type = Classes.load(name, method.owner);
    if (Throwable.class.isAssignableFrom(type)) {
      return new Operand.Throwing(type.getName());
    }
    if (type.isRecord()) {
      return new Operand.Composite(type);
    }
    if (type == StringBuilder.class) {
      return new Operand.Text(null);
    }
    throw new Refusal(
        "it makes an object of " + type.getName() + "; a kernel makes records and arrays alone");
  }

  Operand get(Operand from, FieldInstruction access) {
    String name = access.name().stringValue();
    return switch (from) {
      case Operand.Composite made -> {
        Operand value = made.fields.get(name);
        if (value == null) {
          throw new Refusal("the field " + name + " is read before it is set");
        }
        yield value;
      }
      case Operand.HostObject object -> {
        HostField field = HostField.of(object.type(), name, lifting.lookup);
        yield operand(object.source().field(field), name, field.type());
      }
      case Operand.WorkItem item -> throw new Refusal("a field of the work-item");
      case Operand.Null nothing -> throw new Refusal("a field of null");
      case Operand.Scalar scalar -> throw new IllegalStateException("a field of a number");
      case Operand.Comparison comparison -> throw new IllegalStateException("a field of a number");
      case Operand.Array array -> throw new IllegalStateException("a field of an array");
      case Operand.Text text -> throw new Refusal("a field of a string");
      case Operand.Throwing exception -> throw new Refusal("a field of an exception");
    };
  }

  void put(Operand to, FieldInstruction access, Operand value) {
    String name = access.name().stringValue();
    if (!(to instanceof Operand.Composite made)) {
      throw new Refusal(
          "it writes the field " + name + " of an object of the host; a kernel writes arrays");
    }
    if (made.fields.put(name, value) != null) {
      throw new Refusal("the field " + name + " of a record is set twice");
    }
  }

  Operand getStatic(FieldInstruction access) {
    Class<?> named = Classes.load(access.owner().asInternalName(), method.owner);
    String name = access.name().stringValue();
    if (name.equals("$assertionsDisabled")) {
      return lifting.integer(named.desiredAssertionStatus() ? 0 : 1);
    }
    if (named.getName().equals("jdk.internal.misc.Unsafe") && name.startsWith("ARRAY_")) {
      // only code that is replaced as a whole looks at array layouts
      return access.typeSymbol().descriptorString().equals("J")
          ? new Operand.Scalar(lifting.constant(Type.I64, 0))
          : lifting.integer(0);
    }
    if (SegmentCalls.definesLayouts(named)) {
      return operand(HostField.of(named, name, null));
    }
    if (Tables.isPlatform(named)) {
      return new Tables(lifting).constant(named, name);
    }
    HostField field = HostField.of(named, name, lifting.lookup);
    if (!field.isStatic()) {
      throw new Refusal("the field " + name + " is not static");
    }
    return operand(field);
  }

  private Operand operand(HostField field) {
    return operand(Source.ofStatic(field), field.name(), field.type());
  }

  /** What the host finds there, as an argument of the kernel. */
  Operand operand(Source source, String name, Class<?> type) {
    boolean simple = type.isPrimitive() || type.isArray() && type.componentType().isPrimitive();
    if (!simple) {
      return new Operand.HostObject(source, type, false);
    }
    return switch (lifting.inputs.at(source, name, type)) {
      case Parameter.Scalar scalar ->
          new Operand.Scalar(lifting.widen(scalar.element(), scalar.value()));
      case Parameter.Pointer pointer -> Inputs.array(pointer);
    };
  }
}
