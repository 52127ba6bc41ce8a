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
import java.util.ArrayList;
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
   * The values of one run.
   *
   * @param arrays by parameter: a Java array, a memory segment or a buffer; null for a number
   */
  record Values(Arguments arguments, @Nullable Object[] arrays) {}

  /**
   * Reads what the lambda captured.
   *
   * @param shape the values for the parameters of the kernel's shape, in order: arrays, buffers,
   *     boxed numbers
   * @throws NullPointerException if an array is null
   */
  Values values(Object[] captures, Object[] shape) {
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
    return new Values(arguments, arrays);
  }

  /** Whether its code captured that array of Java or of the session. */
  boolean captured(Values values, Object array) {
    Object wanted = array instanceof SessionArray own ? own.buffer() : array;
    for (int i = 0; i < values.arrays().length; i++) {
      if (values.arrays()[i] == wanted && java.sources().get(i).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The arrays that other runs may be at work on, and whether this one may write them. */
  List<AsyncRuns.Use> uses(Values values, ArrayPendings pendings) {
    List<AsyncRuns.Use> uses = new ArrayList<>();
    for (int i = 0; i < values.arrays().length; i++) {
      Object array = values.arrays()[i];
      AsyncRuns.Pending pending =
          array instanceof Buffer buffer
              ? buffer.pending()
              : array == null ? null : pendings.of(array);
      if (pending != null) {
        uses.add(new AsyncRuns.Use(pending, written.get(i)));
      }
    }
    return uses;
  }

  /** Runs it, whatever was started earlier. A fault leaves Java arrays as they were. */
  Execution run(NDRange range, Values values, RunOptions options) {
    try (BoundArrays bound = new BoundArrays(session, stage, values.arrays(), atomic, written)) {
      Arguments arguments = values.arguments();
      bound.bind(arguments);
      arguments.require(kernel);
      if (kernel.mayFault(range, arguments, options)) {
        bound.remember();
      }
      try {
        Execution execution = kernel.runNow(range, arguments, options);
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
