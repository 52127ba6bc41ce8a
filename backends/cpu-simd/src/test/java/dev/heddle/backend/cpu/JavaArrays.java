package dev.heddle.backend.cpu;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;

/** Which buffers of a kernel can be Java arrays, and such arrays. */
final class JavaArrays {
  private final Function kernel;
  private final Set<Integer> fitting = new HashSet<>();

  private JavaArrays(Function kernel) {
    this.kernel = kernel;
  }

  /** Positions of the parameters that every access takes for what they are declared to be. */
  static Set<Integer> fitting(Function kernel) {
    JavaArrays arrays = new JavaArrays(kernel);
    for (int i = 0; i < kernel.parameters().size(); i++) {
      if (kernel.parameters().get(i) instanceof Parameter.Pointer pointer
          && pointer.root() instanceof Root.Buffer
          && hasArray(pointer.element())) {
        arrays.fitting.add(i);
      }
    }
    arrays.visit(kernel.body());
    return arrays.fitting;
  }

  private static boolean hasArray(ElementType element) {
    return switch (element) {
      case CHAR, SHORT, USHORT, INT, LONG, FLOAT, DOUBLE -> true;
      case BOOL, UCHAR, UINT, ULONG, HALF -> false;
    };
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Load load -> access(load.access());
        case Op.Store store -> access(store.access());
        case Op.Atomic atomic -> {
          if (atomic.access().root() instanceof Root.Buffer buffer) {
            fitting.remove(buffer.parameter());
          }
        }
        case Op.If branch -> {
          visit(branch.thenRegion());
          visit(branch.elseRegion());
        }
        case Op.Loop loop -> visit(loop.body());
        default -> {}
      }
    }
  }

  private void access(Access access) {
    if (access.root() instanceof Root.Buffer buffer
        && kernel.parameters().get(buffer.parameter()) instanceof Parameter.Pointer pointer
        && (access.element() != pointer.element().type()
            || access.alignment() < access.element().bytes())) {
      fitting.remove(buffer.parameter());
    }
  }

  /** A Java array with those bytes. */
  static MemorySegment of(Parameter parameter, byte[] content) {
    ElementType element = ((Parameter.Pointer) parameter).element();
    int count = content.length / element.type().bytes();
    MemorySegment array =
        switch (element) {
          case CHAR -> MemorySegment.ofArray(new byte[count]);
          case SHORT -> MemorySegment.ofArray(new short[count]);
          case USHORT -> MemorySegment.ofArray(new char[count]);
          case INT -> MemorySegment.ofArray(new int[count]);
          case LONG -> MemorySegment.ofArray(new long[count]);
          case FLOAT -> MemorySegment.ofArray(new float[count]);
          case DOUBLE -> MemorySegment.ofArray(new double[count]);
          case BOOL, UCHAR, UINT, ULONG, HALF -> throw new IllegalArgumentException(element.text());
        };
    return array.copyFrom(MemorySegment.ofArray(content));
  }
}
