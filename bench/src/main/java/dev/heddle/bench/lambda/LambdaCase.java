package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One kernel in every form. All forms of one case read the same inputs and write the same output,
 * but for the kernel file, whose buffers are the session's.
 */
interface LambdaCase {
  String name();

  /** Number of calls of the body. */
  int size();

  /** What is done for one index, for a plain loop and a stream. */
  IntConsumer body();

  /** Runs it as a lambda of the session. */
  Runnable lambda(Session session);

  /** Runs it as a kernel file. */
  Runnable kernelFile(Session session);

  /** The same for Aparapi. */
  Kernel aparapi();

  /** The output, as numbers to compare. */
  double[] output();

  /** How far outputs may be apart, relative to the largest: functions differ in their last bits. */
  double tolerance();

  /** A run of a kernel of OpenCL C, without contraction, as in Java. */
  static Runnable run(Session session, String source, int size, Consumer<Arguments> setArguments) {
    String whole = "#pragma OPENCL FP_CONTRACT OFF\n" + source;
    dev.heddle.runtime.api.Kernel kernel =
        session
            .compile(List.of(new SourceFile("case.cl", whole)), FrontendOptions.DEFAULT)
            .kernels()
            .getFirst();
    Arguments arguments = kernel.arguments();
    setArguments.accept(arguments);
    NDRange range = NDRange.of(size);
    return () -> kernel.run(range, arguments, RunOptions.DEFAULT);
  }

  /** Numbers from 0 to 1, the same each time. */
  static float[] uniform(int size, long seed) {
    float[] values = new float[size];
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  static double[] doubles(int[] values) {
    return java.util.stream.IntStream.of(values).asDoubleStream().toArray();
  }
}
