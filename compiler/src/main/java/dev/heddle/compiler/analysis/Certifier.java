package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Conflicts.Meeting;
import dev.heddle.compiler.analysis.Conflicts.Place;
import dev.heddle.compiler.analysis.LaunchShape.Argument;
import dev.heddle.compiler.analysis.SplitCertificate.Verdict;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the split certificates of a launch: tests every pair of accesses of one piece of memory,
 * of which one writes, across chunks.
 */
final class Certifier {
  private static final int MOST_REASONS = 4;

  private final Function kernel;
  private final LaunchShape shape;
  private final Terms terms;
  private final GroupVisibility groups;
  private final Conflicts conflicts;
  private final Map<Integer, List<Touch>> memories = new LinkedHashMap<>();

  Certifier(
      Function kernel,
      LaunchShape shape,
      Terms terms,
      GroupVisibility groups,
      List<Touch> touches) {
    this.kernel = kernel;
    this.shape = shape;
    this.terms = terms;
    this.groups = groups;
    conflicts = new Conflicts(terms);
    for (Touch touch : touches) {
      if (touch.root() instanceof Root.Buffer buffer
          && shape.arguments().get(buffer.parameter()) instanceof Argument.Buffer argument) {
        memories.computeIfAbsent(argument.memory(), memory -> new ArrayList<>()).add(touch);
      }
    }
  }

  /** The accesses of global and constant memory, by the piece of memory. */
  Map<Integer, List<Touch>> memories() {
    return memories;
  }

  Conflicts conflicts() {
    return conflicts;
  }

  SplitCertificate certify(int dimension) {
    List<String> against = new ArrayList<>();
    Set<String> open = new HashSet<>();
    Set<Integer> reduced = new HashSet<>();
    for (Map.Entry<Integer, List<Touch>> memory : memories.entrySet()) {
      judge(memory.getKey(), memory.getValue(), dimension, against, open, reduced);
    }
    List<BufferUse> uses = uses(dimension, reduced);
    long granularity = groups.visible() ? shape.local()[dimension] : 1;
    if (against.isEmpty() && open.isEmpty()) {
      List<String> reasons = notes(uses, dimension);
      return new SplitCertificate(dimension, Verdict.SPLITTABLE, granularity, reasons, uses);
    }
    if (against.isEmpty()) {
      List<String> reasons = open.stream().sorted().toList();
      return new SplitCertificate(dimension, Verdict.DECIDED_AT_LAUNCH, granularity, reasons, uses);
    }
    return new SplitCertificate(dimension, Verdict.REFUSED, granularity, against, uses);
  }

  private void judge(
      int memory,
      List<Touch> touches,
      int dimension,
      List<String> against,
      Set<String> open,
      Set<Integer> reduced) {
    int before = against.size();
    Set<String> undecided = new HashSet<>();
    for (int i = 0; i < touches.size(); i++) {
      for (int j = 0; j <= i; j++) {
        Touch first = touches.get(i);
        Touch second = touches.get(j);
        if ((first.writes() || second.writes()) && against.size() < before + MOST_REASONS) {
          judge(first, second, dimension, against, undecided);
        }
      }
    }
    if (against.size() > before || !undecided.isEmpty()) {
      if (Reductions.of(touches) != null) {
        reduced.add(memory);
        against.subList(before, against.size()).clear();
        return;
      }
      Reductions.objection(touches).ifPresent(reason -> against.add(before, reason));
    }
    open.addAll(undecided);
  }

  private void judge(
      Touch first, Touch second, int dimension, List<String> against, Set<String> undecided) {
    if (shape.clamps() && !(first.proven() && second.proven())) {
      Touch loose = first.proven() ? second : first;
      against.add(
          Wording.access(loose) + " may be out of bounds, and clamping moves it into other chunks");
      return;
    }
    Meeting meeting = conflicts.meet(place(first), place(second), dimension, groups.visible());
    if (meeting == null) {
      return;
    }
    String unknown = unknown(first, second);
    if (unknown != null) {
      undecided.add("decided at launch: " + Wording.access(first) + " depends on " + unknown);
      return;
    }
    against.add(Objections.describe(first, second, meeting, dimension));
  }

  private static @Nullable String unknown(Touch first, Touch second) {
    String unknown = first.offset().unknown();
    return unknown != null ? unknown : second.offset().unknown();
  }

  /** Where the access lies in its piece of memory. */
  Place place(Touch touch) {
    Argument.Buffer argument = argument(touch);
    Form moved = touch.offset().plus(argument.start());
    return new Place(
        moved == null ? touch.offset() : moved, touch.box(), touch.facts(), touch.bytes());
  }

  private Argument.Buffer argument(Touch touch) {
    int parameter = ((Root.Buffer) touch.root()).parameter();
    return (Argument.Buffer) shape.arguments().get(parameter);
  }

  private List<BufferUse> uses(int dimension, Set<Integer> reduced) {
    List<BufferUse> uses = new ArrayList<>();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      if (kernel.parameters().get(i) instanceof Parameter.Pointer pointer
          && pointer.root() instanceof Root.Buffer) {
        uses.add(use(i, pointer.name(), dimension, reduced));
      }
    }
    return uses;
  }

  private BufferUse use(int parameter, String name, int dimension, Set<Integer> reduced) {
    if (!(shape.arguments().get(parameter) instanceof Argument.Buffer argument)) {
      return new ChunkUse(parameter, name, 0, List.of(), false, null, terms, dimension);
    }
    List<Touch> all = memories.getOrDefault(argument.memory(), List.of());
    List<Touch> mine =
        all.stream()
            .filter(touch -> ((Root.Buffer) touch.root()).parameter() == parameter)
            .toList();
    Reductions.Reduction reduction =
        reduced.contains(argument.memory()) && !mine.isEmpty() ? Reductions.of(mine) : null;
    long bytes = argument.bytes() == LaunchShape.UNKNOWN ? Long.MAX_VALUE >> 2 : argument.bytes();
    boolean written = all.stream().anyMatch(Touch::writes);
    return new ChunkUse(
        parameter, name, bytes, loosened(mine), written, reduction, terms, dimension);
  }

  /** With clamping, an access that may be out of bounds may be anywhere in the buffer. */
  private List<Touch> loosened(List<Touch> touches) {
    if (!shape.clamps()) {
      return touches;
    }
    return touches.stream().map(touch -> touch.proven() ? touch : touch.anywhere(terms)).toList();
  }

  private List<String> notes(List<BufferUse> uses, int dimension) {
    List<String> notes = new ArrayList<>();
    for (BufferUse use : uses) {
      String note = ((ChunkUse) use).note();
      if (!note.isEmpty()) {
        notes.add(note);
      }
    }
    if (notes.isEmpty()) {
      notes.add("no chunk along " + Wording.axis(dimension) + " touches what another one writes");
    }
    return notes;
  }
}
