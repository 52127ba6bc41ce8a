package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One method of the corpus: lifted, interpreted with random arguments, compared with a call. */
final class CorpusCase {
  private static final int ROUNDS = 24;
  private static final int LENGTH = 9;
  private static final long OPERATIONS = 200_000;

  private final Method method;
  private final Function kernel;
  private final Random random;

  CorpusCase(Method method) {
    this.method = method;
    this.random = new Random(method.toString().hashCode());
    Function lifted =
        JavaCompiler.compile(JavaMethod.of(method), new KernelShape.MethodCall()).function();
    this.kernel = Pipeline.prepare(new Program(List.of(lifted)), lifted.name(), true);
  }

  /** What differs, empty if nothing. */
  Optional<String> difference() throws IllegalAccessException {
    for (int round = 0; round < ROUNDS; round++) {
      Object[] arguments = new Object[method.getParameterCount()];
      List<ArrayMemory> memories = new ArrayList<>();
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument(method.getParameterTypes()[i]);
        memories.add(new ArrayMemory(bytes(arguments[i])));
      }
      String shown = java.util.Arrays.deepToString(arguments);
      Class<?> type = method.getReturnType();
      if (type != void.class) {
        memories.add(new ArrayMemory(new byte[8]));
      }
      InterpLaunch.Argument[] buffers =
          memories.stream().map(InterpLaunch.Buffer::new).toArray(InterpLaunch.Argument[]::new);
      InterpResult result =
          Interpreter.run(
              kernel,
              InterpLaunch.linear(1, 1, buffers),
              InterpOptions.DEFAULT.withLimit(OPERATIONS));
      if (result.outcome() == InterpResult.Outcome.LIMIT_REACHED) {
        continue;
      }
      Object returned;
      try {
        returned = method.invoke(null, arguments);
      } catch (InvocationTargetException e) {
        if (result.faultCount() == 0) {
          return Optional.of(shown + ": no fault, but Java threw " + e.getCause());
        }
        continue;
      }
      if (result.faultCount() != 0) {
        return Optional.of(shown + ": " + result.faults().getFirst());
      }
      List<Object> expected = new ArrayList<>(List.of(arguments));
      if (type != void.class) {
        expected.add(returned);
      }
      for (int i = 0; i < expected.size(); i++) {
        byte[] wanted = bytes(expected.get(i));
        byte[] got = java.util.Arrays.copyOf(memories.get(i).content(), wanted.length);
        if (!near(expected.get(i), got)
            && !java.util.Arrays.equals(
                canonical(expected.get(i), wanted), canonical(expected.get(i), got))) {
          return Optional.of(
              shown
                  + ": place "
                  + i
                  + " is "
                  + java.util.HexFormat.of().formatHex(got)
                  + ", in Java "
                  + java.util.HexFormat.of().formatHex(wanted));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a function of Math is as near as two that keep its specification always are. */
  private boolean near(Object wanted, byte[] got) {
    if (method.getDeclaringClass() != Math.class || !(wanted instanceof Double number)) {
      return false;
    }
    double other = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    boolean loose = List.of("sinh", "cosh", "tanh", "atan2").contains(method.getName());
    return Math.abs(other - number) <= (loose ? 5 : 2) * Math.ulp(number);
  }

  /** One NaN is as good as another. */
  private static byte[] canonical(Object like, byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content.clone()).order(ByteOrder.LITTLE_ENDIAN);
    if (like instanceof Float || like instanceof float[]) {
      for (int at = 0; at < content.length; at += 4) {
        buffer.putInt(at, Float.floatToIntBits(buffer.getFloat(at)));
      }
    } else if (like instanceof Double || like instanceof double[]) {
      for (int at = 0; at < content.length; at += 8) {
        buffer.putLong(at, Double.doubleToLongBits(buffer.getDouble(at)));
      }
    }
    return buffer.array();
  }

  private static byte[] bytes(Object value) {
    if (value.getClass().isArray()) {
      int length = Array.getLength(value);
      byte[] first = bytes(Array.get(Array.newInstance(value.getClass().componentType(), 1), 0));
      ByteBuffer all = ByteBuffer.allocate(length * first.length);
      for (int i = 0; i < length; i++) {
        all.put(bytes(Array.get(value, i)));
      }
      return all.array();
    }
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    switch (value) {
      case Boolean flag -> buffer.put((byte) (flag ? 1 : 0));
      case Byte number -> buffer.put(number);
      case Short number -> buffer.putShort(number);
      case Character number -> buffer.putChar(number);
      case Integer number -> buffer.putInt(number);
      case Long number -> buffer.putLong(number);
      case Float number -> buffer.putFloat(number);
      case Double number -> buffer.putDouble(number);
      default -> throw new IllegalArgumentException(value.toString());
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  private Object argument(Class<?> type) {
    if (type.isArray()) {
      Object array = Array.newInstance(type.componentType(), LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        Array.set(array, i, argument(type.componentType()));
      }
      return array;
    }
    long whole = whole();
    return switch (type.getName()) {
      case "boolean" -> (whole & 1) == 0;
      case "byte" -> (byte) whole;
      case "short" -> (short) whole;
      case "char" -> (char) whole;
      case "int" -> (int) whole;
      case "long" -> whole;
      case "float" -> (float) real(false);
      default -> real(true);
    };
  }

  private long whole() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(LENGTH + 2) - 1;
      case 1 -> random.nextInt(200);
      case 2 ->
          new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE, -1, Long.MIN_VALUE, 1L << 40}
              [random.nextInt(5)];
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private double real(boolean wide) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new double[] {
                0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1, -1, 0.5, 2.5, -1e30, 3e-45
              }
              [random.nextInt(10)];
      case 1 -> random.nextDouble() * 2 - 1;
      case 2 ->
          wide
              ? Double.longBitsToDouble(random.nextLong())
              : Float.intBitsToFloat(random.nextInt());
      default -> random.nextGaussian() * 100;
    };
  }
}
