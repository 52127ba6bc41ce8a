package dev.heddle.backend.cuda;

import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.support.HiddenParameter;
import dev.heddle.runtime.support.StatusLayout;
import dev.heddle.testkit.ptx.DeviceMemory;
import dev.heddle.testkit.ptx.PtxKernel;
import dev.heddle.testkit.ptx.PtxLaunch;
import dev.heddle.testkit.ptx.PtxModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a kernel and runs its PTX in the interpreter, all work-groups in one launch, with the
 * parameters that {@link PrintedPtx} promises. Shares nothing with the device that does the same.
 */
public final class PtxRun {
  private final PrintedPtx printed;
  private final Function function;
  private final DeviceMemory memory = new DeviceMemory();
  private final PtxKernel kernel;

  private PtxRun(Function function, CompileOptions options, PtxTarget target) {
    this.function = function;
    this.printed = KernelPrinter.print(function, options, target, Variant.FIRST);
    this.kernel = PtxModule.load(printed.source(), memory).kernel(PrintedPtx.NAME);
  }

  /**
   * A kernel printed for a processor.
   *
   * @param capability compute capability, major times ten plus minor
   */
  public static PtxRun of(Function function, CompileOptions options, int capability) {
    return new PtxRun(function, options, new PtxTarget(capability));
  }

  public String source() {
    return printed.source();
  }

  public int instructions() {
    return kernel.instructions();
  }

  /** An NDRange whose groups are all full. */
  public record Shape(int dimensions, long[] global, long[] offset, long[] local) {
    public static Shape linear(long global, long local) {
      return new Shape(1, new long[] {global, 1, 1}, new long[3], new long[] {local, 1, 1});
    }

    long groups(int dimension) {
      return Math.ceilDiv(global[dimension], local[dimension]);
    }
  }

  /**
   * Runs it on those arguments, whose memory it changes as the kernel does.
   *
   * @param buffers the content of each buffer; null for what is none
   * @return the number of faults that work-items recorded
   */
  public int run(
      Shape shape, List<InterpLaunch.Argument> arguments, List<byte[]> buffers, long order) {
    List<Long> slots = new ArrayList<>();
    List<Long> localStarts = new ArrayList<>();
    long shared = printed.dynamicShared();
    for (int i = 0; i < arguments.size(); i++) {
      localStarts.add(shared);
      switch (arguments.get(i)) {
        case InterpLaunch.Scalar scalar -> slots.add(scalar.bits());
        case InterpLaunch.Buffer _ -> slots.add(upload(buffers.get(i)));
        case InterpLaunch.Null _ -> slots.add(0L);
        case InterpLaunch.Local local -> {
          slots.add(0L);
          shared += (local.bytes() + 15) / 16 * 16;
        }
      }
    }
    long status = memory.allocate(StatusLayout.BYTES);
    memory.fill(status, (byte) 0, StatusLayout.BYTES);
    List<Long> parameters = new ArrayList<>(slots);
    for (HiddenParameter hidden : printed.hidden()) {
      parameters.add(hidden(hidden, shape, arguments, buffers, localStarts, status));
    }
    launch(shape, parameters, (int) shared, order);
    for (int i = 0; i < arguments.size(); i++) {
      byte[] content = buffers.get(i);
      if (content != null && content.length > 0) {
        System.arraycopy(memory.read(slots.get(i), content.length), 0, content, 0, content.length);
        memory.free(slots.get(i));
      }
    }
    int faults =
        ByteBuffer.wrap(memory.read(status + StatusLayout.COUNT, 4))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt();
    memory.free(status);
    return faults;
  }

  private long upload(byte[] content) {
    if (content.length == 0) {
      return 0;
    }
    long address = memory.allocate(content.length);
    memory.write(address, content);
    return address;
  }

  private long hidden(
      HiddenParameter hidden,
      Shape shape,
      List<InterpLaunch.Argument> arguments,
      List<byte[]> buffers,
      List<Long> localStarts,
      long status) {
    int index = hidden.index();
    return switch (hidden.kind()) {
      case ROOT_SIZE, WINDOW_SIZE ->
          arguments.get(index) instanceof InterpLaunch.Local local
              ? local.bytes()
              : buffers.get(index) == null ? 0 : buffers.get(index).length;
      case WINDOW_START, FIRST_GROUP -> 0;
      case FIRST_ITEM, GLOBAL_OFFSET -> shape.offset()[index];
      case END_ITEM -> shape.offset()[index] + shape.global()[index];
      case GLOBAL_SIZE -> shape.global()[index];
      case GROUP_COUNT -> shape.groups(index);
      case WORK_DIM -> shape.dimensions();
      case LOCAL_START -> localStarts.get(index);
      case STATUS -> status;
      case RECORDS -> status + StatusLayout.RECORDS;
    };
  }

  private void launch(Shape shape, List<Long> parameters, int shared, long order) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * parameters.size()).order(ByteOrder.LITTLE_ENDIAN);
    parameters.forEach(bytes::putLong);
    PtxLaunch.Size grid =
        new PtxLaunch.Size((int) shape.groups(0), (int) shape.groups(1), (int) shape.groups(2));
    long[] local = shape.local();
    PtxLaunch.Size block = new PtxLaunch.Size((int) local[0], (int) local[1], (int) local[2]);
    kernel.launch(
        PtxLaunch.of(grid, block, bytes.array()).withDynamicShared(shared).withOrder(order));
  }

  /** For messages. */
  @Override
  public String toString() {
    return function.name() + "\n" + source();
  }
}
