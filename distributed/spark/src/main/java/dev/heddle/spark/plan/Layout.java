package dev.heddle.spark.plan;

import dev.heddle.spark.task.Span;
import dev.heddle.spark.task.Spans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which partition has which bytes of a buffer: each byte is owned by one.
 *
 * @param owned for each partition its bytes, in order
 */
public record Layout(List<List<Span>> owned) {
  public Layout {
    owned = owned.stream().map(List::copyOf).toList();
  }

  /** Bytes to bring from one partition to another. */
  public record Route(int from, int to, Span span) {}

  private record Owned(Span span, int owner) {}

  public int partitions() {
    return owned.size();
  }

  /**
   * A layout where each part owns what it writes, and what lies behind that up to what another part
   * writes.
   *
   * @param writes for each part what it writes; no two write one byte
   */
  public static Layout byWrites(List<List<Span>> writes, long bytes) {
    List<Owned> all = sorted(writes);
    List<List<Span>> owned = new ArrayList<>();
    writes.forEach(part -> owned.add(new ArrayList<>()));
    long at = 0;
    for (int i = 0; i < all.size(); i++) {
      long end = i + 1 < all.size() ? all.get(i + 1).span().begin() : bytes;
      if (end > at) {
        owned.get(all.get(i).owner()).add(new Span(at, end));
        at = end;
      }
    }
    if (all.isEmpty() && bytes > 0) {
      owned.getFirst().add(new Span(0, bytes));
    }
    return new Layout(owned.stream().map(Spans::normal).toList());
  }

  /** What must be brought where, so that each part has what it needs. */
  public List<Route> routes(List<List<Span>> needs) {
    List<Owned> all = sorted(owned);
    List<Route> routes = new ArrayList<>();
    for (int to = 0; to < needs.size(); to++) {
      for (Span need : needs.get(to)) {
        for (int i = first(all, need.begin()); i < all.size(); i++) {
          Span span = all.get(i).span();
          if (span.begin() >= need.end()) {
            break;
          }
          Span both =
              new Span(Math.max(span.begin(), need.begin()), Math.min(span.end(), need.end()));
          routes.add(new Route(all.get(i).owner(), to, both));
        }
      }
    }
    return routes;
  }

  private static List<Owned> sorted(List<List<Span>> parts) {
    List<Owned> all = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      for (Span span : parts.get(part)) {
        all.add(new Owned(span, part));
      }
    }
    all.sort(Comparator.comparingLong(owned -> owned.span().begin()));
    return all;
  }

  /** The first span that ends after that byte. */
  private static int first(List<Owned> all, long begin) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).span().end() <= begin) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
