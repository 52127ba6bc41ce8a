package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.LaunchFacts;
import dev.heddle.compiler.analysis.SplitCertificate;
import dev.heddle.runtime.learn.CorrectionKey;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitReport;
import dev.heddle.runtime.spi.Launch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of launches with one key: sizes, proofs, how the range is cut into units of work,
 * and the plan made last.
 */
final class PreparedLaunch {
  /** More parts of one launch are forgotten. */
  private static final int MOST_PARTS = 256;

  /** After that many runs a plan lives for as many more. */
  private static final int OFTEN = 1024;

  /** As often a plan is made anew for any surprise; later only where planning is not felt. */
  private static final int SOME = 64;

  private static final double LONG_NANOS = 1e6;

  private final LaunchKey key;
  private final KernelCode code;
  private final NDRange range;
  private final RunOptions options;
  private final Launch.Range sizes;
  private final LaunchFacts facts;
  private final KernelCode.Variant variant;
  private final boolean mayFault;
  private final @Nullable SplitCertificate certificate;
  private final int dimension;
  private final long granule;
  private final long firstUnit;
  private final long units;
  private final @Nullable BufferUse[] uses;
  private final Set<Integer> arrays;
  private final SplitReport report;
  private final ConcurrentHashMap<Part, PreparedLaunch> parts = new ConcurrentHashMap<>();
  private final Recents recents;
  private volatile @Nullable Assignment assignment;
  private int assignmentUses;

  /**
   * @param certificate the one to split by; null if the launch must not be split
   * @param granule work-items along the dimension in one unit of work
   * @param uses by parameter; null for what is no buffer
   * @param arrays positions of the buffers that are Java arrays
   */
  PreparedLaunch(
      LaunchKey key,
      KernelCode code,
      NDRange range,
      RunOptions options,
      Launch.Range sizes,
      LaunchFacts facts,
      KernelCode.Variant variant,
      @Nullable SplitCertificate certificate,
      long granule,
      @Nullable BufferUse[] uses,
      Set<Integer> arrays) {
    this.key = key;
    this.code = code;
    this.range = range;
    this.options = options;
    this.sizes = sizes;
    this.facts = facts;
    this.variant = variant;
    this.mayFault = !variant.sites().sites().isEmpty() && !code.allProven(facts);
    this.certificate = certificate;
    this.dimension = certificate == null ? 0 : certificate.dimension();
    this.granule = granule;
    this.firstUnit = 0;
    this.units = Math.ceilDiv(sizes.global()[dimension], granule);
    this.uses = uses;
    this.arrays = Set.copyOf(arrays);
    this.report = report(facts, certificate);
    this.recents = code.recents(key);
  }

  /** Some of the units of a launch. */
  private PreparedLaunch(PreparedLaunch whole, long begin, long end) {
    this.key = whole.key;
    this.code = whole.code;
    this.range = whole.range;
    this.options = whole.options;
    this.sizes = whole.sizes;
    this.facts = whole.facts;
    this.variant = whole.variant;
    this.mayFault = whole.mayFault;
    this.certificate = whole.certificate;
    this.dimension = whole.dimension;
    this.granule = whole.granule;
    this.firstUnit = begin;
    this.units = end - begin;
    this.uses = whole.uses;
    this.arrays = whole.arrays;
    this.report = whole.report;
    this.recents = new Recents();
  }

  /**
   * The part of this launch that has those work-items along the dimension of the split.
   *
   * @throws RunException USAGE if the launch may not be split, or not there
   */
  PreparedLaunch part(Part part) {
    if (certificate == null) {
      throw RunException.usage(
          code.name() + " can't be run in parts: " + String.join("; ", report.reasons()));
    }
    long extent = sizes.global()[dimension];
    if (part.end() > extent || cuts(part.begin(), extent) || cuts(part.end(), extent)) {
      throw RunException.usage(
          "%s has %,d work-items along %s in units of %,d; a part can't go from %,d to %,d"
              .formatted(code.name(), extent, report.axis(), granule, part.begin(), part.end()));
    }
    if (parts.size() >= MOST_PARTS) {
      parts.clear();
    }
    return parts.computeIfAbsent(
        part, p -> new PreparedLaunch(this, p.begin() / granule, Math.ceilDiv(p.end(), granule)));
  }

  private boolean cuts(long at, long extent) {
    return at != extent && at % granule != 0;
  }

  /** How this launch may be cut into parts. */
  Cut cut() {
    return new Cut(
        splittable(),
        sizes.global()[dimension],
        granule,
        Arrays.stream(uses).map(Optional::ofNullable).toList(),
        facts.work(),
        Reports.blank(this));
  }

  private static SplitReport report(LaunchFacts facts, @Nullable SplitCertificate certificate) {
    if (certificate != null) {
      return new SplitReport(certificate.dimension(), true, certificate.reasons());
    }
    List<String> reasons = new ArrayList<>();
    for (SplitCertificate refused : facts.certificates()) {
      for (String reason : refused.reasons()) {
        if (!reasons.contains(reason)) {
          reasons.add(reason);
        }
      }
    }
    return new SplitReport(-1, false, reasons);
  }

  LaunchKey key() {
    return key;
  }

  KernelCode code() {
    return code;
  }

  NDRange range() {
    return range;
  }

  RunOptions options() {
    return options;
  }

  Launch.Range sizes() {
    return sizes;
  }

  LaunchFacts facts() {
    return facts;
  }

  KernelCode.Variant variant() {
    return variant;
  }

  /** Whether it could end with a fault of the kernel, as far as is known before. */
  boolean mayFault() {
    return mayFault;
  }

  boolean splittable() {
    return certificate != null;
  }

  SplitReport report() {
    return report;
  }

  /** Units of work in the launch. */
  long units() {
    return units;
  }

  /** Work-items in all. */
  long items() {
    return items(0, units);
  }

  /** First work-item of a unit, along the dimension of the split; the global size at the end. */
  long item(long unit) {
    return Math.min((firstUnit + unit) * granule, sizes.global()[dimension]);
  }

  /** Work-items in a range of units. */
  long items(long begin, long end) {
    long across = range.items() / sizes.global()[dimension];
    return (item(end) - item(begin)) * across;
  }

  /** What experience with such launches is kept under. */
  CorrectionKey correctionKey(DeviceView view, String tier, boolean together) {
    return new CorrectionKey(
        code.fingerprint(), view.learnedAs(), CorrectionKey.bucket(items()), tier, together);
  }

  /** What the launch took last on each view; that of its parts is kept apart. */
  Recents recents() {
    return recents;
  }

  /** How the launch uses the buffer of that parameter; null for what is no buffer. */
  @Nullable BufferUse use(int parameter) {
    return uses[parameter];
  }

  /** Positions of the buffers that are Java arrays. */
  Set<Integer> arrays() {
    return arrays;
  }

  int parameters() {
    return uses.length;
  }

  /** The launch of a range of units. */
  Launch launch(long begin, long end, List<Launch.Argument> arguments) {
    long[] first = new long[3];
    long[] last = {sizes.groups(0), sizes.groups(1), sizes.groups(2)};
    long local = sizes.local()[dimension];
    first[dimension] = item(begin) / local;
    last[dimension] = Math.ceilDiv(item(end), local);
    return new Launch(sizes, first, last, arguments);
  }

  Optional<List<Long>> shownLocal() {
    if (!code.groupsVisible() && range.local().isEmpty()) {
      return Optional.empty();
    }
    List<Long> local = new ArrayList<>();
    for (int d = 0; d < range.dimensions(); d++) {
      local.add(sizes.local()[d]);
    }
    return Optional.of(local);
  }

  /**
   * The plan made last, if it is still good: it is made anew when devices are lost, and now and
   * then to use what was learned since. The count need not be exact.
   */
  @Nullable Assignment assignment(int epoch) {
    // a run that is planned anew counts as well: where every run surprises, that has to end, too
    int uses = ++assignmentUses;
    Assignment present = assignment;
    if (present == null || present.epoch() != epoch) {
      return null;
    }
    boolean stale = uses <= OFTEN ? Integer.bitCount(uses) == 1 : uses % OFTEN == 0;
    return stale ? null : present;
  }

  /** The next run is planned anew, unless it is so short that it does not matter any more. */
  void reconsider(double nanos) {
    if (assignmentUses < SOME || nanos > LONG_NANOS) {
      assignment = null;
    }
  }

  void assign(@Nullable Assignment newAssignment) {
    assignment = newAssignment;
  }
}
