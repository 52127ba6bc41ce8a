package dev.heddle.spark.plan;

import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.Part;
import java.util.ArrayList;
import java.util.List;

/** Where a launch is cut into parts. */
public final class Cuts {
  private Cuts() {}

  /** That many parts, or fewer if there are not so many units, as even as units allow. */
  public static List<Part> even(Cut cut, int parts) {
    double[] shares = new double[Math.max(1, parts)];
    java.util.Arrays.fill(shares, 1);
    return shared(cut, shares);
  }

  /** Parts whose sizes have those proportions, as far as units allow; none is empty. */
  public static List<Part> shared(Cut cut, double[] shares) {
    if (!cut.splittable()) {
      return List.of(new Part(0, cut.extent()));
    }
    long units = Math.ceilDiv(cut.extent(), cut.granule());
    double sum = java.util.Arrays.stream(shares).sum();
    List<Part> parts = new ArrayList<>();
    long begin = 0;
    double before = 0;
    for (double share : shares) {
      before += share;
      long end = before >= sum ? cut.extent() : Math.round(units * (before / sum)) * cut.granule();
      end = Math.min(end, cut.extent());
      if (end > begin) {
        parts.add(new Part(begin, end));
        begin = end;
      }
    }
    if (begin < cut.extent()) {
      // rounding of the shares left the end open
      Part last = parts.removeLast();
      parts.add(new Part(last.begin(), cut.extent()));
    }
    return parts;
  }

  /** Bytes in that many pieces that begin at multiples of 64. */
  public static List<Part> pieces(long bytes, int parts) {
    long each = Math.max(64, Math.ceilDiv(Math.ceilDiv(bytes, parts), 64) * 64);
    List<Part> pieces = new ArrayList<>();
    for (long at = 0; at < bytes; at += each) {
      pieces.add(new Part(at, Math.min(bytes, at + each)));
    }
    return pieces;
  }
}
