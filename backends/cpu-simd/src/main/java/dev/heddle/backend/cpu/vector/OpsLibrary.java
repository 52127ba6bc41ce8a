package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.ScalarMath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of {@code ops}, renamed into the package of the Vector API. There their methods are
 * inlined by force (the JVM heeds that annotation in classes of the boot loader alone), so that
 * they may take and return vectors at no cost.
 */
final class OpsLibrary {
  private static final String FROM = "dev/heddle/backend/cpu/vector/ops/";
  private static final String TO = "jdk/incubator/vector/Heddle";
  private static final String SCALAR_MATH = ScalarMath.class.getName().replace('.', '/');
  private static final ClassDesc FORCE_INLINE =
      ClassDesc.of("jdk.internal.vm.annotation.ForceInline");

  /** Methods that stay calls. */
  private static final String SLOW_PATH = "SlowPath";

  /** In the order in which they are defined; the first is the trampoline. */
  private static final List<String> NAMES =
      List.of(
          "Trampoline",
          "ScalarMath",
          "ScalarOps",
          "Species",
          "Memory",
          "Elements",
          "Uncompiled",
          "Vectors",
          "Narrow",
          "MaskOps",
          "IntOps",
          "LongOps",
          "FloatOps",
          "DoubleOps",
          "MemoryOps",
          "GatherOps",
          SLOW_PATH);

  /** A method: its class after renaming, and its type. */
  record Method(ClassDesc owner, MethodTypeDesc type) {}

  private final List<byte[]> classes = new ArrayList<>();
  private final Map<String, Method> methods = new HashMap<>();

  OpsLibrary() {
    for (String name : NAMES) {
      byte[] renamed = rename(read(name));
      ClassModel model = ClassFile.of().parse(renamed);
      if (!name.equals("ScalarMath")) {
        index(name, model);
      }
      classes.add(name.equals(SLOW_PATH) ? renamed : inlined(model));
    }
  }

  /** The class files, to be defined in this order. */
  List<byte[]> classes() {
    return classes;
  }

  /** A method, by the simple name of its class and its own. */
  Method method(String owner, String name) {
    Method method = methods.get(owner + "." + name);
    if (method == null) {
      throw new IllegalArgumentException("no operation " + owner + "." + name);
    }
    return method;
  }

  boolean has(String owner, String name) {
    return methods.containsKey(owner + "." + name);
  }

  private void index(String name, ClassModel model) {
    for (MethodModel method : model.methods()) {
      Method entry = new Method(model.thisClass().asSymbol(), method.methodTypeSymbol());
      methods.put(name + "." + method.methodName().stringValue(), entry);
    }
  }

  private static byte[] read(String name) {
    String path = name.equals("ScalarMath") ? SCALAR_MATH : FROM + name;
    ClassLoader loader =
        (name.equals("ScalarMath") ? ScalarMath.class : OpsLibrary.class).getClassLoader();
    try (InputStream in = loader.getResourceAsStream(path + ".class")) {
      if (in == null) {
        throw new IllegalStateException("class file missing: " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] inlined(ClassModel model) {
    var annotation = RuntimeVisibleAnnotationsAttribute.of(Annotation.of(FORCE_INLINE));
    ClassTransform transform =
        ClassTransform.transformingMethods(
            method -> !method.methodName().stringValue().startsWith("<"),
            (builder, element) -> {
              if (element instanceof java.lang.classfile.CodeModel) {
                builder.with(annotation);
              }
              builder.with(element);
            });
    return ClassFile.of().transformClass(model, transform);
  }

  /** Replaces the names in the constant pool; the rest of a class file refers to it by number. */
  private static byte[] rename(byte[] classFile) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(in.readInt());
      out.writeInt(in.readInt());
      int count = in.readUnsignedShort();
      out.writeShort(count);
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        out.writeByte(tag);
        if (tag == 1) {
          out.writeUTF(in.readUTF().replace(FROM, TO).replace(SCALAR_MATH, TO + "ScalarMath"));
        } else {
          out.write(in.readNBytes(entryBytes(tag)));
        }
        if (tag == 5 || tag == 6) {
          // a long or a double takes two numbers
          i++;
        }
      }
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Size of a constant pool entry after its tag (The JVM Specification, 4.4). */
  private static int entryBytes(int tag) {
    return switch (tag) {
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      default -> throw new IllegalStateException("constant pool tag " + tag);
    };
  }
}
