package dev.heddle.testkit.accuracy;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A function as a kernel on the CPU device, from its OpenCL C on. */
final class Subject implements AutoCloseable {
  /** Operands of one launch. */
  static final int BATCH = 1 << 16;

  private final Kernel kernel;
  private final Arguments arguments;
  private final Buffer x;
  private final Buffer y;
  private final Buffer out;

  Subject(Session session, Case test, boolean single) {
    String type = single ? "float" : "double";
    String source =
        "__kernel void f(__global const T* xs, __global const T* ys, __global T* out) {\n"
            + "  size_t i = get_global_id(0);\n  T x = xs[i], y = ys[i];\n  out[i] = "
            + test.call()
            + ";\n}\n";
    FrontendOptions options = FrontendOptions.DEFAULT.withMacros(List.of("T=" + type));
    kernel =
        session.compile(List.of(new SourceFile(test.name(), source)), options).kernels().getFirst();
    long bytes = (long) BATCH * (single ? 4 : 8);
    x = session.allocate(bytes);
    y = session.allocate(bytes);
    out = session.allocate(bytes);
    arguments = kernel.arguments().set(0, x).set(1, y).set(2, out);
  }

  /** Results for a full batch; the second operands may be of any content for one operand. */
  void run(float[] xs, float[] ys, float[] results) {
    MemorySegment.copy(xs, 0, x.write(), ValueLayout.JAVA_FLOAT, 0, BATCH);
    MemorySegment.copy(ys, 0, y.write(), ValueLayout.JAVA_FLOAT, 0, BATCH);
    launch();
    MemorySegment.copy(out.read(), ValueLayout.JAVA_FLOAT, 0, results, 0, BATCH);
  }

  void run(double[] xs, double[] ys, double[] results) {
    MemorySegment.copy(xs, 0, x.write(), ValueLayout.JAVA_DOUBLE, 0, BATCH);
    MemorySegment.copy(ys, 0, y.write(), ValueLayout.JAVA_DOUBLE, 0, BATCH);
    launch();
    MemorySegment.copy(out.read(), ValueLayout.JAVA_DOUBLE, 0, results, 0, BATCH);
  }

  private void launch() {
    kernel.run(NDRange.of(BATCH), arguments, RunOptions.DEFAULT.on("cpu"));
  }

  @Override
  public void close() {
    x.close();
    y.close();
    out.close();
  }
}
