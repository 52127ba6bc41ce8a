package dev.heddle.backend.cpu.run;

import dev.heddle.backend.cpu.code.Emitter;
import dev.heddle.backend.cpu.code.Emitter.Emitted;
import dev.heddle.backend.cpu.code.Emitter.Refusal;
import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Listing;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.GroupCutter;
import dev.heddle.backend.cpu.group.GroupProgram;
import dev.heddle.backend.cpu.group.GroupProgram.Segment;
import dev.heddle.backend.cpu.group.LoopFacts;
import dev.heddle.backend.cpu.group.PrivateLayout;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A kernel as the code of one tier: its segments, each a class, and the memory they need. */
final class Variant {
  /** Ops of a segment to begin with where a kernel is too large as a whole. */
  private static final int FIRST_BUDGET = 640;

  private static final int LEAST_BUDGET = 20;

  private final GroupProgram program;
  private final PrivateLayout privates;
  private final Frame frame;
  private final CompileOptions options;
  private final int together;
  private final Emitter guardedEmitter;
  private final List<ObjLongConsumer<Object[]>> code = new ArrayList<>();
  private final @Nullable ObjLongConsumer<Object[]>[] guarded;
  private final List<Listing> listings = new ArrayList<>();

  @SuppressWarnings("unchecked")
  private Variant(
      GroupProgram program,
      CompileOptions options,
      int together,
      Emitter emitter,
      Emitter guardedEmitter)
      throws Refusal {
    this.program = program;
    this.options = options;
    this.together = together;
    this.guardedEmitter = guardedEmitter;
    guarded = new ObjLongConsumer[program.segments().size()];
    privates = new PrivateLayout(program.segments().stream().map(Segment::guarded).toList());
    frame = new Frame(program.segments().getFirst().code());
    for (Segment segment : program.segments()) {
      Emitted emitted = emitter.emit(unit(segment, segment.code()));
      code.add(emitted.code());
      listings.add(emitted.listing());
    }
  }

  /**
   * Emits {@code kernel}, cut as small as the emitter needs it.
   *
   * @param guardedEmitter emits the segments of work-groups whose work-items have parted; takes
   *     code of any length
   * @throws Refusal if the emitter can't take it
   */
  static Variant of(
      Function kernel, CompileOptions options, Emitter emitter, Emitter guardedEmitter)
      throws Refusal {
    int budget = Integer.MAX_VALUE;
    while (true) {
      try {
        return new Variant(GroupCutter.cut(kernel, budget), options, 0, emitter, guardedEmitter);
      } catch (Refusal refusal) {
        if (!refusal.tooLarge() || budget <= LEAST_BUDGET) {
          throw refusal;
        }
        budget = budget == Integer.MAX_VALUE ? FIRST_BUDGET : budget / 2;
      }
    }
  }

  /**
   * Emits {@code kernel} for work-groups of so many work-items along x, which go through its
   * barriers together.
   *
   * @throws Refusal if the emitter can't take it
   */
  static Variant together(Function kernel, CompileOptions options, Emitter emitter, int items)
      throws Refusal {
    return new Variant(GroupCutter.uncut(kernel), options, items, emitter, emitter);
  }

  private Unit unit(Segment segment, Function function) {
    String name = program.kernel().name();
    return new Unit(
        program.segments().size() == 1 ? name : name + "_" + segment.index(),
        function,
        program.sites(),
        frame,
        privates,
        program.stateful(),
        options.bounds(),
        together,
        options.arrays());
  }

  /** Size of the work-groups that the code is for alone; 0 if it takes any. */
  int together() {
    return together;
  }

  GroupProgram program() {
    return program;
  }

  PrivateLayout privates() {
    return privates;
  }

  Frame frame() {
    return frame;
  }

  String listing() {
    return listings.stream().map(Listing::text).collect(Collectors.joining());
  }

  /** The code size of the longest method that repeats nothing for a work-item, in bytes. */
  int longestStraightMethod() {
    int longest = 0;
    for (Segment segment : program.segments()) {
      if (!new LoopFacts(segment.code()).repeats()) {
        longest = Math.max(longest, listings.get(segment.index()).longestMethod());
      }
    }
    return longest;
  }

  /** The parameters that are Java arrays. */
  Set<Integer> arrays() {
    return options.arrays();
  }

  long faultBytes() {
    return FaultBlock.bytes(program.sites().sites().size());
  }

  /** Code of a segment for when all work-items take part. */
  ObjLongConsumer<Object[]> code(int segment) {
    return code.get(segment);
  }

  /** Code of a segment for when some work-items wait elsewhere or have returned. */
  synchronized ObjLongConsumer<Object[]> guarded(int segment) {
    ObjLongConsumer<Object[]> made = guarded[segment];
    if (made == null) {
      Segment wanted = program.segments().get(segment);
      try {
        made = guardedEmitter.emit(unit(wanted, wanted.guarded())).code();
      } catch (Refusal refusal) {
        throw new IllegalStateException(program.kernel().name() + ": " + refusal.getMessage());
      }
      guarded[segment] = made;
    }
    return made;
  }
}
