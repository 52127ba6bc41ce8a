package dev.heddle.compiler.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.compiler.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OpenCL C in, results out: compiles a source, prepares its one kernel and interprets it, with all
 * detectors on and the IR verified on the way.
 */
final class KernelRun {
  private final Function kernel;
  private final List<InterpLaunch.Argument> arguments = new ArrayList<>();
  private final List<ArrayMemory> memories = new ArrayList<>();
  private long[] offset = {};

  private KernelRun(Function kernel) {
    this.kernel = kernel;
  }

  static KernelRun of(String source, String... macros) {
    Program program =
        OpenClCompiler.compile(
            List.of(new SourceFile("test.cl", source)),
            FrontendOptions.DEFAULT.withMacros(List.of(macros)));
    Verifier.verify(program);
    Function kernel = Pipeline.prepare(program, program.kernels().getFirst().name(), true);
    Verifier.verify(kernel);
    return new KernelRun(kernel);
  }

  Function kernel() {
    return kernel;
  }

  KernelRun ints(int... values) {
    ArrayMemory memory = new ArrayMemory(4 * values.length);
    for (int i = 0; i < values.length; i++) {
      memory.putInt(4L * i, values[i]);
    }
    return buffer(memory);
  }

  KernelRun floats(float... values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return ints(bits);
  }

  KernelRun longs(long... values) {
    ArrayMemory memory = new ArrayMemory(8 * values.length);
    for (int i = 0; i < values.length; i++) {
      memory.putLong(8L * i, values[i]);
    }
    return buffer(memory);
  }

  KernelRun bytes(byte... values) {
    return buffer(new ArrayMemory(values.clone()));
  }

  /** A zeroed buffer of that many ints. */
  KernelRun out(int ints) {
    return buffer(new ArrayMemory(4 * ints));
  }

  private KernelRun buffer(ArrayMemory memory) {
    arguments.add(new InterpLaunch.Buffer(memory));
    memories.add(memory);
    return this;
  }

  KernelRun scalar(long bits) {
    arguments.add(new InterpLaunch.Scalar(bits));
    return this;
  }

  KernelRun scalar(float value) {
    return scalar(Float.floatToRawIntBits(value));
  }

  KernelRun local(long bytes) {
    arguments.add(new InterpLaunch.Local(bytes));
    return this;
  }

  KernelRun offset(long... newOffset) {
    offset = newOffset;
    return this;
  }

  KernelRun run(long global, long local) {
    return run(new long[] {global}, new long[] {local});
  }

  /** Runs it; anything to report fails the test. */
  KernelRun run(long[] global, long[] local) {
    InterpResult result = launch(global, local);
    assertTrue(result.clean(), () -> result + "\n" + IrPrinter.print(kernel));
    return this;
  }

  InterpResult launch(long[] global, long[] local) {
    InterpLaunch launch =
        new InterpLaunch(global.length, global, offset, local, arguments, Optional.empty());
    return Interpreter.run(
        kernel, launch, InterpOptions.DEFAULT.detecting().withLimit(200_000_000));
  }

  /** The content of a buffer, counted among the buffers. */
  int[] intsOf(int buffer) {
    ArrayMemory memory = memories.get(buffer);
    int[] values = new int[(int) memory.size() / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = memory.getInt(4L * i);
    }
    return values;
  }

  float[] floatsOf(int buffer) {
    int[] bits = intsOf(buffer);
    float[] values = new float[bits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }

  long[] longsOf(int buffer) {
    ArrayMemory memory = memories.get(buffer);
    long[] values = new long[(int) memory.size() / 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = memory.getLong(8L * i);
    }
    return values;
  }

  byte[] bytesOf(int buffer) {
    return memories.get(buffer).content();
  }
}
