package dev.heddle.cli.bench;

import dev.heddle.cli.run.Workload;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.run.RunOptions;
import java.util.List;

/**
 * A library kernel at some size with all that its use costs: inputs that are on the host alone go
 * to the device, results come back.
 */
final class SweepProbe implements Probe {
  private final Subject subject;
  private final Workload workload;
  private final RunOptions options;
  private final List<String> buffers;

  SweepProbe(String kernel, String device, Workload workload, RunOptions options) {
    long items = workload.launches().stream().mapToLong(l -> l.range().items()).sum();
    this.subject = new Subject(Subject.Section.BREAK_EVEN, device, kernel, items, Unit.NANOSECONDS);
    this.workload = workload;
    this.options = options;
    this.buffers =
        workload.launches().stream()
            .flatMap(launch -> launch.kernel().parameters().stream())
            .filter(parameter -> parameter instanceof Parameter.Pointer)
            .map(Parameter::name)
            .distinct()
            .toList();
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    // written on the host: copies on devices are out of date
    buffers.forEach(name -> workload.overwrite(name, workload.content(name).data()));
    long start = System.nanoTime();
    workload.run(options);
    for (RunRequest.Output output : workload.request().outputs()) {
      workload.content(output.name());
    }
    return Math.max(1, System.nanoTime() - start);
  }

  @Override
  public void close() {}
}
