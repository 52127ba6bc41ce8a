package dev.heddle.bench.gpu;

import dev.heddle.cli.run.Workload;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How far a launch's results lie from its twin's. */
final class Difference {
  private Difference() {}

  /** The largest difference in any output, relative to the largest value of that output. */
  static double of(Workload.Launch launch, CudaTwins.Twin twin) {
    double worst = 0;
    try (Arena arena = Arena.ofConfined()) {
      for (int i : CudaTwins.buffers(launch)) {
        if (CudaTwins.written(launch, i)
            && launch.kernel().parameters().get(i) instanceof Parameter.Pointer pointer) {
          MemorySegment ours = launch.arguments().buffer(i).orElseThrow().read();
          worst = Math.max(worst, of(pointer.element(), ours, twin.read(i, arena)));
        }
      }
    }
    return worst;
  }

  private static double of(ElementType element, MemorySegment ours, MemorySegment theirs) {
    if (ours.mismatch(theirs) < 0) {
      return 0;
    }
    double difference = 0;
    double largest = 0;
    long width = element.type().bits() / Byte.SIZE;
    for (long at = 0; at < ours.byteSize(); at += width) {
      double a = number(element, ours, at);
      difference = Math.max(difference, Math.abs(a - number(element, theirs, at)));
      largest = Math.max(largest, Math.abs(a));
    }
    return difference / largest;
  }

  private static double number(ElementType element, MemorySegment data, long at) {
    return switch (element) {
      case CHAR, UCHAR, BOOL -> data.get(ValueLayout.JAVA_BYTE, at);
      case SHORT, USHORT, HALF -> data.get(ValueLayout.JAVA_SHORT, at);
      case INT, UINT -> data.get(ValueLayout.JAVA_INT, at);
      case LONG, ULONG -> data.get(ValueLayout.JAVA_LONG, at);
      case FLOAT -> data.get(ValueLayout.JAVA_FLOAT, at);
      case DOUBLE -> data.get(ValueLayout.JAVA_DOUBLE, at);
    };
  }
}
