package dev.heddle.spark.task;

import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.run.RunException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sets of bytes: spans in the order of their begins that neither overlap nor touch. */
public final class Spans {
  /** More pieces of one buffer for one part are refused. */
  private static final int MOST = 1 << 18;

  private Spans() {}

  /** The bytes of those ranges. */
  public static List<Span> of(String buffer, List<ByteRange> ranges) {
    long pieces = ranges.stream().mapToLong(ByteRange::count).sum();
    if (pieces > MOST) {
      throw RunException.usage(
          "a part touches %,d separate pieces of %s; cut the launch along another dimension, or store"
                  .formatted(pieces, buffer)
              + " the buffer so that neighbours in it are neighbours in the range");
    }
    List<Span> spans = new ArrayList<>();
    for (ByteRange range : ranges) {
      for (long piece = 0; piece < range.count(); piece++) {
        long start = range.start() + piece * range.stride();
        spans.add(new Span(start, start + range.length()));
      }
    }
    return normal(spans);
  }

  /** The same bytes in order, as few spans as can be. */
  public static List<Span> normal(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.removeIf(span -> span.bytes() == 0);
    sorted.sort(Comparator.comparingLong(Span::begin));
    List<Span> joined = new ArrayList<>();
    for (Span span : sorted) {
      Span last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && span.begin() <= last.end()) {
        joined.set(joined.size() - 1, new Span(last.begin(), Math.max(last.end(), span.end())));
      } else {
        joined.add(span);
      }
    }
    return List.copyOf(joined);
  }

  /** The bytes in either. */
  public static List<Span> union(List<Span> a, List<Span> b) {
    List<Span> all = new ArrayList<>(a);
    all.addAll(b);
    return normal(all);
  }

  /** The bytes in both. */
  public static List<Span> intersection(List<Span> a, List<Span> b) {
    List<Span> both = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      Span left = a.get(i);
      Span right = b.get(j);
      long begin = Math.max(left.begin(), right.begin());
      long end = Math.min(left.end(), right.end());
      if (begin < end) {
        both.add(new Span(begin, end));
      }
      if (left.end() < right.end()) {
        i++;
      } else {
        j++;
      }
    }
    return both;
  }

  /** The bytes of {@code a} that are not in {@code b}. */
  public static List<Span> difference(List<Span> a, List<Span> b) {
    List<Span> rest = new ArrayList<>();
    int j = 0;
    for (Span span : a) {
      long at = span.begin();
      while (j < b.size() && b.get(j).end() <= at) {
        j++;
      }
      for (int k = j; k < b.size() && b.get(k).begin() < span.end(); k++) {
        if (b.get(k).begin() > at) {
          rest.add(new Span(at, b.get(k).begin()));
        }
        at = Math.max(at, b.get(k).end());
      }
      if (at < span.end()) {
        rest.add(new Span(at, span.end()));
      }
    }
    return rest;
  }

  /** Whether both have bytes in common. */
  public static boolean meet(List<Span> a, List<Span> b) {
    return !intersection(a, b).isEmpty();
  }

  /** Number of bytes. */
  public static long bytes(List<Span> spans) {
    return spans.stream().mapToLong(Span::bytes).sum();
  }
}
