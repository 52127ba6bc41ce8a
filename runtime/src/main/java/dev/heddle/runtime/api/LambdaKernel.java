package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaKernel;
import dev.heddle.compiler.frontend.java.Source;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lambda's kernel in a session: binds captured values and runs it. */
final class LambdaKernel {
  private final Session session;
  private final JavaKernel java;
  private final Kernel kernel;
  private final ArrayStage stage;
  private final BitSet written = new BitSet();
  private final BitSet atomic = new BitSet();

  LambdaKernel(Session session, JavaKernel java, ArrayStage stage) {
    this.session = session;
    this.java = java;
    this.stage = stage;
    this.kernel =
        session
            .program(new dev.heddle.compiler.ir.Program(List.of(java.function())))
            .kernels()
            .getFirst();
    findWritten(java.function().body());
  }

  private void findWritten(Region region) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Store store when store.access().root() instanceof Root.Buffer buffer ->
            written.set(buffer.parameter());
        case Op.Atomic update when update.access().root() instanceof Root.Buffer buffer -> {
          written.set(buffer.parameter());
          atomic.set(buffer.parameter());
        }
        case Op.If branch -> {
          findWritten(branch.thenRegion());
          findWritten(branch.elseRegion());
        }
        case Op.Loop loop -> findWritten(loop.body());
        default -> {}
      }
    }
  }

  /**
   * Runs it over arrays of the host. A fault leaves them as they were.
   *
   * @param shape the values for the parameters of the kernel's shape, in order: arrays, buffers,
   *     boxed numbers
   */
  Execution run(NDRange range, Object[] captures, Object[] shape, RunOptions options) {
    List<Parameter> parameters = kernel.parameters();
    @Nullable Object[] arrays = new Object[parameters.size()];
    Arguments arguments = kernel.arguments();
    for (int i = 0; i < arrays.length; i++) {
      Optional<Source> source = java.sources().get(i);
      Object value = source.isPresent() ? source.get().read(captures) : shape[i];
      if (value == null) {
        throw new NullPointerException("the array \"" + parameters.get(i).name() + "\" is null");
      }
      switch (parameters.get(i)) {
        case Parameter.Scalar scalar -> arguments.setBits(i, Numbers.bits(value));
        case Parameter.Pointer pointer ->
            arrays[i] = value instanceof SessionArray array ? array.buffer() : value;
      }
    }
    return run(range, arguments, arrays, options);
  }

  private Execution run(
      NDRange range, Arguments arguments, @Nullable Object[] arrays, RunOptions options) {
    try (BoundArrays bound = new BoundArrays(session, stage, arrays, atomic, written)) {
      bound.bind(arguments);
      if (kernel.mayFault(range, arguments, options)) {
        bound.remember();
      }
      try {
        Execution execution = kernel.run(range, arguments, options);
        bound.finish();
        return execution;
      } catch (RunException e) {
        bound.restore();
        throw JavaFaults.translate(e, java, name -> length(name, bound));
      }
    }
  }

  private long length(String name, BoundArrays bound) {
    int position = kernel.arguments().position(name);
    Parameter.Pointer pointer = (Parameter.Pointer) kernel.parameters().get(position);
    return bound.bytes(position) / pointer.element().type().bytes();
  }
}
