package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.compiler.verify.Verifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Compiles a kernel and runs it on the interpreter over Java arrays, which it changes in place. */
final class KernelRunner {
  /** A {@code __local} argument of that many bytes. */
  record Local(int bytes) {}

  /** A null buffer. */
  record Null() {}

  private final Function kernel;

  private KernelRunner(Function kernel) {
    this.kernel = kernel;
  }

  static Program compile(String source, String... macros) {
    FrontendOptions options = FrontendOptions.DEFAULT.withMacros(List.of(macros));
    Program program = OpenClCompiler.compile(List.of(new SourceFile("test.cl", source)), options);
    Verifier.verify(program);
    return program;
  }

  /** The only kernel of a source. */
  static KernelRunner of(String source, String... macros) {
    Program program = compile(source, macros);
    return new KernelRunner(Pipeline.prepare(program, program.kernels().getFirst().name(), true));
  }

  /** A kernel with one buffer {@code out}, whose body is given; {@code i} is the work-item. */
  static KernelRunner body(String elementType, String body) {
    return of(
        "__kernel void test(__global "
            + elementType
            + "* out) { int i = get_global_id(0);\n"
            + body
            + "\n}");
  }

  /** Runs and asks for a run without faults. */
  void run(long global, long local, Object... arguments) {
    InterpResult result =
        launch(new long[] {global}, new long[] {local}, InterpOptions.DEFAULT, arguments);
    if (result.outcome() != InterpResult.Outcome.COMPLETED || result.faultCount() > 0) {
      throw new AssertionError("run: " + result);
    }
  }

  InterpResult launch(long[] global, long[] local, InterpOptions options, Object... arguments) {
    List<InterpLaunch.Argument> passed = new ArrayList<>();
    List<Runnable> copyBacks = new ArrayList<>();
    for (Object argument : arguments) {
      passed.add(argument(argument, copyBacks));
    }
    InterpLaunch launch =
        InterpLaunch.of(global, local, passed.toArray(InterpLaunch.Argument[]::new));
    InterpResult result = Interpreter.run(kernel, launch, options.withLimit(50_000_000));
    copyBacks.forEach(Runnable::run);
    return result;
  }

  private static InterpLaunch.Argument argument(Object argument, List<Runnable> copyBacks) {
    return switch (argument) {
      case Integer i -> new InterpLaunch.Scalar(i & 0xffffffffL);
      case Long l -> new InterpLaunch.Scalar(l);
      case Float f -> new InterpLaunch.Scalar(Float.floatToRawIntBits(f) & 0xffffffffL);
      case Double d -> new InterpLaunch.Scalar(Double.doubleToRawLongBits(d));
      case Local local -> new InterpLaunch.Local(local.bytes());
      case Null _ -> new InterpLaunch.Null();
      default -> buffer(argument, copyBacks);
    };
  }

  private static InterpLaunch.Argument buffer(Object array, List<Runnable> copyBacks) {
    int bytes =
        switch (array) {
          case int[] a -> a.length * 4;
          case float[] a -> a.length * 4;
          case long[] a -> a.length * 8;
          case double[] a -> a.length * 8;
          case short[] a -> a.length * 2;
          case byte[] a -> a.length;
          default -> throw new IllegalArgumentException("argument " + array);
        };
    byte[] content = new byte[bytes];
    ByteBuffer view = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    switch (array) {
      case int[] a -> view.asIntBuffer().put(a);
      case float[] a -> view.asFloatBuffer().put(a);
      case long[] a -> view.asLongBuffer().put(a);
      case double[] a -> view.asDoubleBuffer().put(a);
      case short[] a -> view.asShortBuffer().put(a);
      default -> view.put((byte[]) array);
    }
    copyBacks.add(() -> copyBack(view.rewind(), array));
    return new InterpLaunch.Buffer(new ArrayMemory(content));
  }

  private static void copyBack(ByteBuffer view, Object array) {
    switch (array) {
      case int[] a -> view.asIntBuffer().get(a);
      case float[] a -> view.asFloatBuffer().get(a);
      case long[] a -> view.asLongBuffer().get(a);
      case double[] a -> view.asDoubleBuffer().get(a);
      case short[] a -> view.asShortBuffer().get(a);
      default -> view.get((byte[]) array);
    }
  }
}
