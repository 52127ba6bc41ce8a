package dev.heddle.testkit;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A kernel, its sizes, and whether it may be split.
 *
 * @param values by parameter: the number of elements of a buffer, the value of a scalar, the bytes
 *     of a local array
 */
record SplitCase(
    String name, String source, NDRange range, Map<String, Long> values, boolean splittable) {
  /** What the contents of buffers named so are below: they are indices. */
  private static final String INDEX = "idx";

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    Float.MAX_VALUE,
    1e-40f
  };

  static SplitCase of(
      String name, boolean splittable, NDRange range, String source, Object... values) {
    Map<String, Long> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], ((Number) values[i + 1]).longValue());
    }
    return new SplitCase(name, source, range, map, splittable);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Buffers and arguments with contents that are the same each time. */
  record Bound(Arguments arguments, List<Buffer> buffers) implements AutoCloseable {
    /** The bytes of all buffers. */
    List<byte[]> contents() {
      return buffers.stream().map(b -> b.read().toArray(ValueLayout.JAVA_BYTE)).toList();
    }

    @Override
    public void close() {
      buffers.forEach(Buffer::close);
    }
  }

  Bound bind(Session session, Kernel kernel) {
    Arguments arguments = kernel.arguments();
    List<Buffer> buffers = new ArrayList<>();
    Random random = new Random(name.hashCode());
    for (Parameter parameter : kernel.parameters()) {
      long value = values.get(parameter.name());
      switch (parameter) {
        case Parameter.Scalar scalar -> arguments.set(scalar.name(), value);
        case Parameter.Pointer pointer -> {
          if (pointer.root() instanceof dev.heddle.compiler.ir.Root.LocalParameter) {
            arguments.setLocal(pointer.name(), value);
          } else {
            Buffer buffer =
                session.allocate(value * pointer.element().type().bytes() * pointer.width());
            fill(buffer.write(), pointer, value, random);
            arguments.set(pointer.name(), buffer);
            buffers.add(buffer);
          }
        }
      }
    }
    return new Bound(arguments, buffers);
  }

  private static void fill(
      MemorySegment memory, Parameter.Pointer pointer, long elements, Random random) {
    if (pointer.name().startsWith(INDEX)) {
      for (long i = 0; i < elements; i++) {
        memory.setAtIndex(ValueLayout.JAVA_INT, i, random.nextInt((int) elements));
      }
    } else if (pointer.element() == ElementType.FLOAT) {
      for (long i = 0; i < memory.byteSize() / 4; i++) {
        float value =
            random.nextInt(16) == 0
                ? SPECIAL[random.nextInt(SPECIAL.length)]
                : (float) (100 * random.nextGaussian());
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
      }
    } else {
      for (long i = 0; i < memory.byteSize(); i++) {
        memory.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
      }
    }
  }
}
