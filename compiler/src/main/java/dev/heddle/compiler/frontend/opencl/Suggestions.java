package dev.heddle.compiler.frontend.opencl;

import java.util.Collection;

/** Finds what the user may have meant. */
final class Suggestions {
  private Suggestions() {}

  /** "; did you mean 'x'?", or nothing where no candidate is near. */
  static String didYouMean(String name, Collection<String> candidates) {
    String best = "";
    int bestDistance = Math.min(3, Math.max(1, name.length() / 3)) + 1;
    for (String candidate : candidates) {
      int distance = distance(name, candidate, bestDistance);
      boolean better =
          distance < bestDistance
              || distance == bestDistance && !best.isEmpty() && candidate.compareTo(best) < 0;
      if (better && !candidate.equals(name) && distance < candidate.length()) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
  }

  /** Edits (insert, delete, replace, swap of neighbours) between two words, at most {@code cap}. */
  static int distance(String a, String b, int cap) {
    if (Math.abs(a.length() - b.length()) > cap || a.length() > 100) {
      return cap + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (swapped(a, b, i, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean swapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
