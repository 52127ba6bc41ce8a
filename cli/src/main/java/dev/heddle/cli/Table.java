package dev.heddle.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest cell; figures to the right. */
final class Table {
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /** A letter for each column: {@code l} left, {@code r} right. */
  Table(String columns) {
    right = new boolean[columns.length()];
    for (int i = 0; i < right.length; i++) {
      right[i] = columns.charAt(i) == 'r';
    }
  }

  void row(String... cells) {
    rows.add(cells);
  }

  /** The lines, each indented. */
  String render(String indent) {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.length; i++) {
        String padding = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? "" : "  ");
        line.append(right[i] ? padding + row[i] : row[i] + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
