package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Report.KernelFacts;
import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Reports that nobody measured. */
public final class Reports {
  private static final int ROUNDS = 5;

  private Reports() {}

  /** A report with every section, of two devices; equal seeds give equal reports. */
  public static Report of(long seed) {
    return of(seed, subject -> 1);
  }

  /**
   * @param factor what values are multiplied by
   */
  public static Report of(long seed, ToDoubleFunction<Subject> factor) {
    Random random = new Random(seed);
    List<Measure> measures = new ArrayList<>();
    measures.add(
        measure(
            new Subject(Section.YARDSTICK, "host", "java", 0, Unit.NANOSECONDS), random, factor));
    for (String device : List.of("cpu:0", "gpu:0")) {
      subjects(device).forEach(subject -> measures.add(measure(subject, random, factor)));
    }
    return new Report(
        "0.1.0",
        "2026-01-01T00:00:00Z",
        "heddle bench <&>",
        Map.of("processor", "one <b>"),
        List.of("others worked on this machine"),
        List.of(device("cpu:0", DeviceInfo.Kind.CPU), device("gpu:0", DeviceInfo.Kind.GPU)),
        measures,
        List.of(new KernelFacts("saxpy", "1000", 1000, 2000, 12000)),
        List.of(
            new Prediction("saxpy", "cpu:0", 1000, 2000, 1500, 1600, "cpu:0 100 % (vector)"),
            new Prediction("saxpy", "gpu:0", 1200, 900, 900, 800, "gpu:0 100 %")),
        List.of("no other device"));
  }

  private static List<Subject> subjects(String device) {
    List<Subject> subjects = new ArrayList<>();
    subjects.add(new Subject(Section.LAUNCH, device, "by the device itself", 0, Unit.NANOSECONDS));
    subjects.add(new Subject(Section.COMPILE, device, "a new kernel", 0, Unit.NANOSECONDS));
    subjects.add(new Subject(Section.STREAM, device, "triad", 0, Unit.BYTES_PER_SECOND));
    subjects.add(new Subject(Section.PEAK, device, "fma, 32 bits", 0, Unit.OPERATIONS_PER_SECOND));
    subjects.add(new Subject(Section.ATOMICS, device, "on one", 0, Unit.OPERATIONS_PER_SECOND));
    subjects.add(new Subject(Section.CONTENTION, device + " beside x:0", "triad", 0, Unit.RATIO));
    subjects.add(new Subject(Section.KERNEL, device, "saxpy", 0, Unit.NANOSECONDS));
    for (double x = 1024; x < 1e9; x *= 4) {
      subjects.add(new Subject(Section.COPY_IN, device, "to the device", x, Unit.BYTES_PER_SECOND));
      subjects.add(
          new Subject(Section.COPY_OUT, device, "from the device", x, Unit.BYTES_PER_SECOND));
      subjects.add(new Subject(Section.MEMORY, device, "triad", x, Unit.BYTES_PER_SECOND));
      subjects.add(new Subject(Section.BREAK_EVEN, device, "saxpy", x, Unit.NANOSECONDS));
      subjects.add(
          new Subject(Section.ROOFLINE, device, "fma", x / 1e4, Unit.OPERATIONS_PER_SECOND));
    }
    return subjects;
  }

  /** Rounds that differ by about 4 %, samples within one by about 2 %, and some that take twice. */
  private static Measure measure(Subject subject, Random random, ToDoubleFunction<Subject> factor) {
    double value = (1e3 + 10 * subject.x()) * factor.applyAsDouble(subject);
    List<double[]> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      double level = value * Math.exp(0.04 * random.nextGaussian());
      double[] samples = new double[7];
      for (int i = 0; i < samples.length; i++) {
        double outlier = random.nextInt(12) == 0 ? 2 : 1;
        samples[i] = level * outlier * Math.exp(0.02 * random.nextGaussian());
      }
      rounds.add(samples);
    }
    return Measure.of(subject, rounds);
  }

  private static DeviceInfo device(String id, DeviceInfo.Kind kind) {
    return new DeviceInfo(
        id,
        id.substring(0, 3),
        "a device",
        kind,
        id,
        "1.0",
        4,
        1L << 34,
        1L << 33,
        1 << 15,
        256,
        kind == DeviceInfo.Kind.CPU,
        true,
        "",
        Map.of("simd", "256 bits"));
  }
}
