package dev.heddle.spark.task;

import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.npy.NpyException;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Reduction;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.spark.task.JobSpec.Argument;
import dev.heddle.spark.task.PartReport.Failure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one part of a job on this executor's devices. */
public final class PartRunner {
  /** Largest piece to hand over; Java's arrays end at 2 GiB, and Spark copies them. */
  private static final long MOST_BYTES = 64L << 20;

  private final JobSpec job;
  private final int number;
  private final JobSpec.Part part;
  private final ExecutorSession executor;
  private final RunOptions options;
  private final @Nullable Buffer[] buffers;
  private final List<DeviceShare> shares = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final StringBuilder printed = new StringBuilder();

  private PartRunner(JobSpec job, int number, ExecutorSession executor) {
    this.job = job;
    this.number = number;
    this.part = job.parts().get(number);
    this.executor = executor;
    this.buffers = new Buffer[job.slots().size()];
    RunOptions asked = job.settings().options();
    GrantedDevices granted =
        GrantedDevices.of(asked.devices(), executor.session().devices(asked.devices()));
    this.options = asked.on(granted.selector());
    remarks.addAll(granted.remarks());
  }

  /**
   * Runs a part.
   *
   * @param pieces what other parts and earlier jobs hand to it
   * @return the pieces that it gives and, last, its report
   * @throws RunException where another attempt may succeed
   */
  public static Iterator<Output> run(JobSpec job, int number, Iterator<Piece> pieces) {
    long start = System.nanoTime();
    try {
      ExecutorSession executor = ExecutorSession.get(job.settings().devices(), job.cpuThreads());
      return new PartRunner(job, number, executor).run(pieces, start);
    } catch (NpyException e) {
      RunException unreadable =
          RunException.usage("on " + Here.now().host() + ": " + e.getMessage());
      return List.of((Output) failed(number, unreadable, start)).iterator();
    } catch (RunException e) {
      return List.of((Output) failed(number, e, start)).iterator();
    }
  }

  private Iterator<Output> run(Iterator<Piece> pieces, long start) {
    List<Output> outputs = new ArrayList<>();
    try {
      open();
      pieces.forEachRemaining(this::place);
      for (JobSpec.Step step : part.steps()) {
        step(step);
      }
      give(outputs);
    } finally {
      close();
      LostDevices.leaveIfAny(executor.session());
    }
    Here here = Here.now();
    outputs.add(
        new PartReport(
            number,
            here.executor(),
            here.host(),
            System.nanoTime() - start,
            shares,
            remarks,
            printed.toString(),
            null));
    return outputs.iterator();
  }

  private static PartReport failed(int number, RunException e, long start) {
    switch (e.kind()) {
      // the same anywhere, every time
      case USAGE, COMPILE, KERNEL_FAULT, NO_SUCH_DEVICE, TIMEOUT -> {}
      // another executor may do better
      case OUT_OF_MEMORY, DEVICE_LOST, CANCELLED -> throw e;
    }
    List<dev.heddle.runtime.run.KernelFault> faults =
        e.execution().map(Execution::faults).orElse(List.of());
    Here here = Here.now();
    return new PartReport(
        number,
        here.executor(),
        here.host(),
        System.nanoTime() - start,
        List.of(),
        List.of(),
        e.execution().map(Execution::printed).orElse(""),
        new Failure(e.kind(), String.valueOf(e.getMessage()), faults));
  }

  private void open() {
    Session session = executor.session();
    for (int i = 0; i < buffers.length; i++) {
      JobSpec.Slot slot = job.slots().get(i);
      JobSpec.Window window = part.windows().get(i);
      buffers[i] = session.window(slot.bytes(), window.start(), window.length());
      if (slot.reduction() != null && window.length() > 0) {
        Reduction.fill(slot.reduction().operator(), slot.reduction().type(), buffer(i).write());
      } else if (slot.source() != null) {
        load(slot.source(), window, buffer(i));
      }
    }
  }

  private static void load(Source source, JobSpec.Window window, Buffer buffer) {
    if (window.needs().isEmpty()) {
      return;
    }
    MemorySegment memory = buffer.write();
    for (Span span : window.needs()) {
      source.load(span.begin(), memory.asSlice(span.begin() - window.start(), span.bytes()));
    }
  }

  private Buffer buffer(int slot) {
    Buffer buffer = buffers[slot];
    if (buffer == null) {
      throw new IllegalStateException("slot " + slot);
    }
    return buffer;
  }

  private void place(Piece piece) {
    JobSpec.Window window = part.windows().get(piece.slot());
    Span here = new Span(window.start(), window.start() + window.length());
    for (Span span : Spans.intersection(List.of(piece.span()), List.of(here))) {
      MemorySegment.copy(
          MemorySegment.ofArray(piece.content()),
          span.begin() - piece.start(),
          buffer(piece.slot()).write(),
          span.begin() - window.start(),
          span.bytes());
    }
  }

  private void step(JobSpec.Step step) {
    JobSpec.Launch launch = job.launches().get(step.launch());
    Kernel kernel = executor.kernel(launch);
    NDRange range = launch.shape().range();
    Arguments arguments = arguments(kernel, launch);
    Execution execution =
        step.begin() < 0
            ? kernel.run(range, arguments, options)
            : kernel.run(
                range,
                new dev.heddle.runtime.run.Part(step.begin(), step.end()),
                arguments,
                options);
    shares.addAll(execution.devices());
    printed.append(execution.printed());
    remarks.addAll(execution.notes());
    execution
        .retries()
        .forEach(
            retry ->
                remarks.add(
                    "%,d work-items of %s went to %s: %s"
                        .formatted(retry.items(), retry.from(), retry.to(), retry.reason())));
  }

  private Arguments arguments(Kernel kernel, JobSpec.Launch launch) {
    Arguments arguments = kernel.arguments();
    for (int i = 0; i < launch.arguments().size(); i++) {
      switch (launch.arguments().get(i)) {
        case Argument.Scalar scalar -> arguments.setBits(i, scalar.bits());
        case Argument.Local local -> arguments.setLocal(i, local.bytes());
        case Argument.Buffer buffer -> arguments.set(i, buffer(buffer.slot()));
        case Argument.Null none -> arguments.setNull(i);
      }
    }
    return arguments;
  }

  private void give(List<Output> outputs) {
    for (int i = 0; i < buffers.length; i++) {
      JobSpec.Window window = part.windows().get(i);
      for (Span span : window.gives()) {
        MemorySegment memory = buffer(i).read();
        for (long at = span.begin(); at < span.end(); at += MOST_BYTES) {
          long bytes = Math.min(MOST_BYTES, span.end() - at);
          byte[] content =
              memory.asSlice(at - window.start(), bytes).toArray(ValueLayout.JAVA_BYTE);
          outputs.add(new Piece(i, at, content));
        }
      }
    }
  }

  private void close() {
    for (Buffer buffer : buffers) {
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}
