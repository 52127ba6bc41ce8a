package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Term.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the box of an access into byte ranges of its buffer. */
final class Footprint {
  private static final Comparator<long[]> BY_STRIDE = Comparator.comparingLong(level -> level[0]);

  /** A row of more pieces that are only read is covered as a whole. */
  private static final int MOST_TIMES = 64;

  /** The same of pieces in rows of rows. */
  private static final long MOST_PIECES = 4096;

  private final Terms terms;

  /** Whether gaps may be covered: for what is only read. */
  private final boolean coarse;

  private final long bytes;
  private final List<ByteRange> ranges = new ArrayList<>();

  Footprint(Terms terms, long bytes, boolean coarse) {
    this.terms = terms;
    this.bytes = bytes;
    this.coarse = coarse;
  }

  /** The box of those work-items of a chunk. */
  static Box chunk(Terms terms, Box box, int dimension, long begin, long end) {
    long offset = terms.shape().offset()[dimension];
    long width = terms.shape().local()[dimension];
    Box cut = box.cut(terms.global(dimension), new Interval(offset + begin, offset + end - 1));
    return width == LaunchShape.UNKNOWN
        ? cut
        : cut.cut(
            terms.group(dimension), new Interval(begin / width, Math.ceilDiv(end, width) - 1));
  }

  /** Adds what the access touches within the box. */
  void add(Touch touch, Box box) {
    if (box.empty()) {
      return;
    }
    for (Box part : parts(touch.offset(), box)) {
      addPart(touch, part);
    }
  }

  void addAll() {
    if (bytes > 0) {
      ranges.add(ByteRange.of(0, bytes));
    }
  }

  /**
   * The box cut up so that quotient and remainder of an id take all values of their ranges
   * together: the first row, the full rows, the last row.
   */
  private List<Box> parts(Form form, Box box) {
    List<Box> boxes = List.of(box);
    for (Term term : form.terms) {
      boolean first =
          term.kind == Kind.QUOTIENT
              || (term.kind == Kind.REMAINDER && !form.contains(terms.parts(term).getFirst()));
      if (first && term.operands.getFirst().isGlobalId()) {
        List<Term> parts = terms.parts(term);
        boxes = boxes.stream().flatMap(each -> rows(each, parts).stream()).toList();
      }
    }
    return boxes;
  }

  private static List<Box> rows(Box box, List<Term> parts) {
    Term quotient = parts.get(0);
    Term remainder = parts.get(1);
    long by = quotient.by;
    Interval dividend = box.range(quotient.operands.getFirst());
    long first = Math.floorDiv(dividend.lo(), by);
    long last = Math.floorDiv(dividend.hi(), by);
    long from = Math.floorMod(dividend.lo(), by);
    long to = Math.floorMod(dividend.hi(), by);
    List<Box> rows = new ArrayList<>(3);
    if (first == last) {
      rows.add(row(box, quotient, remainder, first, last, from, to));
      return rows;
    }
    if (from > 0) {
      rows.add(row(box, quotient, remainder, first, first, from, by - 1));
      first++;
    }
    if (to < by - 1) {
      rows.add(row(box, quotient, remainder, last, last, 0, to));
      last--;
    }
    if (first <= last) {
      rows.add(row(box, quotient, remainder, first, last, 0, by - 1));
    }
    return rows;
  }

  private static Box row(
      Box box, Term quotient, Term remainder, long first, long last, long from, long to) {
    return box.cut(quotient, new Interval(first, last)).cut(remainder, new Interval(from, to));
  }

  private void addPart(Touch touch, Box box) {
    Form form = touch.offset();
    Interval all = box.range(form);
    if (all.empty()) {
      return;
    }
    if (Interval.infinite(all.lo()) || Interval.infinite(all.hi())) {
      addAll();
      return;
    }
    long[][] levels = new long[form.terms.length][];
    for (int i = 0; i < levels.length; i++) {
      Interval range = box.range(form.terms[i]);
      if (range.empty()) {
        return;
      }
      levels[i] = new long[] {Math.abs(form.coefficients[i]), range.count()};
    }
    Arrays.sort(levels, BY_STRIDE);
    nest(all.lo(), touch.bytes(), levels);
  }

  /** Adds the pieces of a nest of strides, the smallest first. */
  private void nest(long start, int width, long[][] levels) {
    long length = width;
    int level = 0;
    while (level < levels.length && levels[level][0] <= length) {
      length += levels[level][0] * (levels[level][1] - 1);
      level++;
    }
    if (level == levels.length) {
      clip(start, length);
      return;
    }
    long stride = levels[level][0];
    long count = levels[level][1];
    level++;
    while (level < levels.length && levels[level][0] == stride * count) {
      count *= levels[level][1];
      level++;
    }
    repeat(start, length, stride, count, levels, level);
  }

  private void repeat(
      long start, long length, long stride, long count, long[][] levels, int level) {
    if (level == levels.length) {
      clip(start, length, stride, count);
      return;
    }
    long step = levels[level][0];
    long times = levels[level][1];
    if (coarse && (times > MOST_TIMES || pieces(levels, level) > MOST_PIECES)) {
      // the gaps of a row of pieces are worth less than a list of them
      long reach = stride * (count - 1) + length;
      long[][] outer = Arrays.copyOfRange(levels, level, levels.length);
      nestReach(start, reach, outer);
      return;
    }
    for (long i = 0; i < times; i++) {
      repeat(start + i * step, length, stride, count, levels, level + 1);
    }
  }

  /** How many pieces the levels from one on make of each, or more than enough. */
  private static long pieces(long[][] levels, int level) {
    long pieces = 1;
    for (int i = level; i < levels.length && pieces <= MOST_PIECES; i++) {
      pieces *= Math.min(levels[i][1], MOST_PIECES + 1);
    }
    return pieces;
  }

  private void nestReach(long start, long reach, long[][] levels) {
    long length = reach;
    for (long[] level : levels) {
      length += level[0] * (level[1] - 1);
    }
    clip(start, length);
  }

  private void clip(long start, long length) {
    long from = Math.max(start, 0);
    long to = Math.min(start + length, bytes);
    if (from < to) {
      ranges.add(ByteRange.of(from, to - from));
    }
  }

  private void clip(long start, long length, long stride, long count) {
    if (count == 1) {
      clip(start, length);
      return;
    }
    if (coarse && length * 2 >= stride) {
      clip(start, stride * (count - 1) + length);
      return;
    }
    // whole pieces in range: from the first to the last
    long first = start >= 0 ? 0 : Math.ceilDiv(-start, stride);
    long last = Math.min(count - 1, Math.floorDiv(bytes - length - start, stride));
    if (last == first) {
      clip(start + first * stride, length);
    } else if (last > first) {
      ranges.add(new ByteRange(start + first * stride, length, stride, last - first + 1));
    }
    // a piece at either end may be cut
    if (first >= 1 && first <= count) {
      clip(start + (first - 1) * stride, length);
    }
    if (last >= -1 && last < count - 1 && last + 1 >= first) {
      clip(start + (last + 1) * stride, length);
    }
  }

  /** All that was added, as few ranges in the order of their starts. */
  List<ByteRange> ranges() {
    List<ByteRange> sorted = new ArrayList<>(ranges);
    sorted.sort(
        Comparator.comparingLong(ByteRange::stride)
            .thenComparingLong(ByteRange::count)
            .thenComparingLong(ByteRange::start)
            .thenComparing(Comparator.comparingLong(ByteRange::length).reversed()));
    List<ByteRange> joined = new ArrayList<>();
    for (ByteRange range : sorted) {
      ByteRange last = joined.isEmpty() ? null : joined.getLast();
      ByteRange both = last == null ? null : join(last, range);
      if (both == null) {
        joined.add(range);
      } else {
        joined.set(joined.size() - 1, both);
      }
    }
    return settled(joined);
  }

  /** One range in place of two that touch; null if they do not. */
  private static @Nullable ByteRange join(ByteRange a, ByteRange b) {
    long apart = b.start() - a.start();
    if (a.stride() != b.stride() || a.count() != b.count() || apart > a.length()) {
      return null;
    }
    long length = Math.max(a.length(), apart + b.length());
    if (a.count() == 1) {
      return ByteRange.of(a.start(), length);
    }
    if (length > a.stride()) {
      return null;
    }
    return length == a.stride()
        ? ByteRange.of(a.start(), length * a.count())
        : new ByteRange(a.start(), length, a.stride(), a.count());
  }

  /** Joins single pieces once more, and leaves out rows of pieces that lie within one of them. */
  private static List<ByteRange> settled(List<ByteRange> joined) {
    List<ByteRange> single = new ArrayList<>();
    joined.stream()
        .filter(range -> range.count() == 1)
        .sorted(Comparator.comparingLong(ByteRange::start))
        .forEach(
            range -> {
              ByteRange both = single.isEmpty() ? null : join(single.getLast(), range);
              if (both == null) {
                single.add(range);
              } else {
                single.set(single.size() - 1, both);
              }
            });
    List<ByteRange> result = new ArrayList<>(single);
    for (ByteRange range : joined) {
      boolean covered =
          single.stream()
              .anyMatch(whole -> whole.start() <= range.start() && whole.end() >= range.end());
      if (range.count() > 1 && !covered) {
        result.add(range);
      }
    }
    result.sort(Comparator.comparingLong(ByteRange::start));
    return List.copyOf(result);
  }
}
