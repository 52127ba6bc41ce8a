package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.LaunchAnalysis;
import dev.heddle.compiler.analysis.LaunchFacts;
import dev.heddle.compiler.analysis.LaunchShape;
import dev.heddle.compiler.analysis.SplitCertificate;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.Launch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is known of a launch before it is planned. */
final class Preparation {
  private Preparation() {}

  static PreparedLaunch prepare(
      KernelCode code, NDRange range, RunOptions options, Bindings bindings) {
    long[] local = WorkGroups.choose(code, range);
    Launch.Range sizes = sizes(range, local);
    LaunchFacts facts = analyse(code, options, bindings, sizes);
    SplitCertificate certificate = choose(facts, sizes);
    long granule =
        certificate == null
            ? sizes.global()[0]
            : leastCommonMultiple(certificate.granularity(), local[certificate.dimension()]);
    KernelCode.Variant variant =
        options.bounds() == BoundsMode.OFF ? code.unguarded() : code.variant(facts);
    return new PreparedLaunch(
        LaunchKey.of(code, range, options, bindings),
        code,
        range,
        options,
        sizes,
        facts,
        variant,
        certificate,
        granule,
        uses(code, bindings, certificate),
        arrays(bindings));
  }

  private static Set<Integer> arrays(Bindings bindings) {
    Set<Integer> arrays = new HashSet<>();
    for (int i = 0; i < bindings.buffers().length; i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      if (buffer != null && buffer.array()) {
        arrays.add(i);
      }
    }
    return arrays;
  }

  private static Launch.Range sizes(NDRange range, long[] local) {
    long[] global = {1, 1, 1};
    long[] offset = {0, 0, 0};
    for (int d = 0; d < range.dimensions(); d++) {
      global[d] = range.global().get(d);
      offset[d] = range.offset().get(d);
      try {
        Math.addExact(global[d], offset[d]);
      } catch (ArithmeticException e) {
        throw RunException.usage("the global ids go beyond 2^63");
      }
    }
    return new Launch.Range(range.dimensions(), global, offset, local);
  }

  /** Without floating-point arguments first, since a plan that holds for all of them is better. */
  private static LaunchFacts analyse(
      KernelCode code, RunOptions options, Bindings bindings, Launch.Range sizes) {
    LaunchFacts facts =
        LaunchAnalysis.analyse(code.function(), shape(code, options, bindings, sizes));
    boolean open =
        facts.certificates().stream()
            .anyMatch(c -> c.verdict() == SplitCertificate.Verdict.DECIDED_AT_LAUNCH);
    if (open && !code.floatsMatter()) {
      code.noteThatFloatsMatter();
      return LaunchAnalysis.analyse(code.function(), shape(code, options, bindings, sizes));
    }
    return facts;
  }

  private static LaunchShape shape(
      KernelCode code, RunOptions options, Bindings bindings, Launch.Range sizes) {
    List<LaunchShape.Argument> arguments = new ArrayList<>(code.parameters());
    for (int i = 0; i < code.parameters(); i++) {
      arguments.add(argument(code, bindings, i));
    }
    return new LaunchShape(
        sizes.dimensions(),
        sizes.global(),
        sizes.offset(),
        sizes.local(),
        arguments,
        options.bounds() == BoundsMode.CLAMP);
  }

  private static LaunchShape.Argument argument(KernelCode code, Bindings bindings, int i) {
    return switch (code.kind(i)) {
      case INTEGER -> new LaunchShape.Argument.Scalar(bindings.bits()[i]);
      case FLOAT ->
          code.floatsMatter()
              ? new LaunchShape.Argument.Scalar(bindings.bits()[i])
              : new LaunchShape.Argument.Unknown();
      case LOCAL -> new LaunchShape.Argument.Local(bindings.bits()[i]);
      case BUFFER -> {
        ManagedBuffer buffer = bindings.buffers()[i];
        yield buffer == null
            ? new LaunchShape.Argument.Null()
            : new LaunchShape.Argument.Buffer(
                buffer.bytes(), LaunchKey.firstAlias(bindings.buffers(), i), 0);
      }
    };
  }

  /**
   * The dimension to split along: the one whose chunks are cut from buffers in the fewest pieces,
   * then the slowest.
   */
  private static @Nullable SplitCertificate choose(LaunchFacts facts, Launch.Range sizes) {
    SplitCertificate best = null;
    long fewest = Long.MAX_VALUE;
    for (SplitCertificate certificate : facts.certificates()) {
      if (certificate.splittable() && certificate.dimension() < sizes.dimensions()) {
        long pieces = pieces(certificate, sizes);
        if (pieces <= fewest) {
          fewest = pieces;
          best = certificate;
        }
      }
    }
    return best;
  }

  /** Pieces for a chunk; a dimension that makes no more than one chunk is as good as none. */
  private static long pieces(SplitCertificate certificate, Launch.Range sizes) {
    int dimension = certificate.dimension();
    long granule = leastCommonMultiple(certificate.granularity(), sizes.local()[dimension]);
    long global = sizes.global()[dimension];
    if (granule >= global) {
      return Long.MAX_VALUE;
    }
    long end = Math.max(granule, global / 2 / granule * granule);
    long pieces = 0;
    for (BufferUse use : certificate.uses()) {
      for (var piece : use.writes(0, end)) {
        pieces += piece.count();
      }
    }
    return pieces;
  }

  private static @Nullable BufferUse[] uses(
      KernelCode code, Bindings bindings, @Nullable SplitCertificate certificate) {
    @Nullable BufferUse[] uses = new BufferUse[code.parameters()];
    for (int i = 0; i < uses.length; i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      if (code.kind(i) != KernelCode.Kind.BUFFER || buffer == null) {
        continue;
      }
      BufferUse whole =
          new WholeUse(
              i,
              code.function().parameters().get(i).name(),
              buffer.bytes(),
              code.reads(i),
              code.writes(i));
      BufferUse use = certificate == null ? whole : certificate.use(i).orElse(whole);
      uses[i] =
          use.writing() == BufferUse.Writing.REDUCED ? new ReducedUse(use, buffer.bytes()) : use;
    }
    return uses;
  }

  private static long leastCommonMultiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }
}
