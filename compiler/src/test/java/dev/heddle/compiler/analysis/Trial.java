package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.LaunchShape.Argument;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** A kernel in OpenCL C and a launch of it, for tests. */
record Trial(Function kernel, LaunchShape shape) {
  static Function compile(String source) {
    Program program =
        OpenClCompiler.compile(List.of(new SourceFile("t.cl", source)), FrontendOptions.DEFAULT);
    return Pipeline.prepare(program, program.kernels().getFirst().name(), true);
  }

  /** A launch from 0 over the global size; local size 1 unless another is given. */
  static Trial of(String source, long... global) {
    Function kernel = compile(source);
    long[] sizes = {1, 1, 1};
    System.arraycopy(global, 0, sizes, 0, global.length);
    return new Trial(
        kernel,
        new LaunchShape(global.length, sizes, new long[3], new long[] {1, 1, 1}, List.of(), false));
  }

  Trial local(long... local) {
    long[] sizes = {1, 1, 1};
    System.arraycopy(local, 0, sizes, 0, local.length);
    return with(
        new LaunchShape(
            shape.dimensions(),
            shape.global(),
            shape.offset(),
            sizes,
            shape.arguments(),
            shape.clamps()));
  }

  Trial offset(long... offset) {
    long[] sizes = new long[3];
    System.arraycopy(offset, 0, sizes, 0, offset.length);
    return with(
        new LaunchShape(
            shape.dimensions(),
            shape.global(),
            sizes,
            shape.local(),
            shape.arguments(),
            shape.clamps()));
  }

  Trial clamped() {
    return with(
        new LaunchShape(
            shape.dimensions(),
            shape.global(),
            shape.offset(),
            shape.local(),
            shape.arguments(),
            true));
  }

  /**
   * Arguments in order: an {@code Integer} or {@code Long} is a scalar, a {@code long[]} is a
   * buffer of so many bytes (its second entry, if any, names its memory), null is unknown.
   */
  Trial with(Object... arguments) {
    List<Argument> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(
          switch (argument) {
            case Integer number -> new Argument.Scalar(Integer.toUnsignedLong(number));
            case Long number -> new Argument.Scalar(number);
            case Float number ->
                new Argument.Scalar(Integer.toUnsignedLong(Float.floatToRawIntBits(number)));
            case long[] buffer ->
                new Argument.Buffer(
                    buffer[0],
                    buffer.length > 1 ? (int) buffer[1] : all.size(),
                    buffer.length > 2 ? buffer[2] : 0);
            case Argument given -> given;
            default -> throw new IllegalArgumentException("argument " + argument);
          });
    }
    return with(
        new LaunchShape(
            shape.dimensions(),
            shape.global(),
            shape.offset(),
            shape.local(),
            all,
            shape.clamps()));
  }

  private Trial with(LaunchShape other) {
    return new Trial(kernel, other);
  }

  /** A buffer of so many elements of 4 bytes. */
  static long[] words(long count) {
    return new long[] {count * 4};
  }

  /** A buffer of so many elements of 4 bytes in that piece of memory, from that byte on. */
  static long[] words(long count, int memory, long start) {
    return new long[] {count * 4, memory, start};
  }

  static Argument unknown() {
    return new Argument.Unknown();
  }

  LaunchFacts facts() {
    return LaunchAnalysis.analyse(kernel, shape);
  }

  SplitCertificate certificate(int dimension) {
    return facts().certificate(dimension);
  }
}
