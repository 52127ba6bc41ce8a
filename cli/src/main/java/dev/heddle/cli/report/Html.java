package dev.heddle.cli.report;

import java.util.List;

/** Pieces of HTML. Whatever comes from outside goes through {@link #text}. */
final class Html {
  private Html() {}

  /** Text that a browser shows as it is. */
  static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A table that scrolls by itself where it is too wide; the first column is text. */
  static String table(List<String> header, List<List<String>> rows) {
    return table("", header, rows);
  }

  /** A table of texts. */
  static String facts(List<String> header, List<List<String>> rows) {
    return table(" class=\"facts\"", header, rows);
  }

  private static String table(String kind, List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table" + kind + "><thead><tr>");
    header.forEach(cell -> html.append("<th>").append(text(cell)).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String tag = i == 0 ? "th" : "td";
        html.append('<').append(tag).append('>').append(text(row.get(i)));
        html.append("</").append(tag).append('>');
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  static String list(List<String> entries) {
    StringBuilder html = new StringBuilder("<ul>");
    entries.forEach(entry -> html.append("<li>").append(text(entry)).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  static String paragraph(String raw) {
    return "<p>" + text(raw) + "</p>\n";
  }

  /** A figure with what is drawn and what it says; nothing if nothing is drawn. */
  static String figure(String title, String drawing, String caption) {
    if (drawing.isEmpty()) {
      return "";
    }
    return "<figure><h3>"
        + text(title)
        + "</h3>"
        + drawing
        + (caption.isEmpty() ? "" : "<figcaption>" + text(caption) + "</figcaption>")
        + "</figure>\n";
  }
}
