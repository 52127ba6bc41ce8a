package dev.heddle.spark;

import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.spark.task.JobSpec.Argument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments of the right sizes that hold nothing, for analysis and planning on the driver. */
final class ShapeArguments implements AutoCloseable {
  private final Kernel kernel;
  private final Arguments arguments;
  private final List<Buffer> buffers = new ArrayList<>();

  /**
   * @param session the session of the kernel
   * @param bytes the size of each slot
   */
  ShapeArguments(Session session, Kernel kernel, List<Argument> values, long[] bytes) {
    this.kernel = kernel;
    this.arguments = kernel.arguments();
    @Nullable Buffer[] slots = new Buffer[bytes.length];
    for (int i = 0; i < values.size(); i++) {
      switch (values.get(i)) {
        case Argument.Scalar scalar -> arguments.setBits(i, scalar.bits());
        case Argument.Local local -> arguments.setLocal(i, local.bytes());
        case Argument.Null none -> arguments.setNull(i);
        case Argument.Buffer argument -> {
          Buffer known = slots[argument.slot()];
          Buffer buffer = known == null ? session.window(bytes[argument.slot()], 0, 0) : known;
          slots[argument.slot()] = buffer;
          buffers.add(buffer);
          arguments.set(i, buffer);
        }
      }
    }
  }

  Cut cut(NDRange range, RunOptions options) {
    return kernel.cut(range, arguments, options);
  }

  Execution plan(NDRange range, RunOptions options) {
    return kernel.plan(range, arguments, options);
  }

  @Override
  public void close() {
    buffers.forEach(Buffer::close);
  }
}
