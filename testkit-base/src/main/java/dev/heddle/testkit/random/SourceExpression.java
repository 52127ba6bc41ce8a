package dev.heddle.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A typed expression of OpenCL C.
 *
 * @param type its C type
 * @param format the text, with {@code $0}, {@code $1} and so on for the parts
 */
public record SourceExpression(String type, String format, List<SourceExpression> parts) {
  public SourceExpression {
    parts = List.copyOf(parts);
  }

  static SourceExpression of(String type, String format, SourceExpression... parts) {
    return new SourceExpression(type, format, List.of(parts));
  }

  String text() {
    String text = format;
    for (int i = 0; i < parts.size(); i++) {
      text = text.replace("$" + i, parts.get(i).text());
    }
    return text;
  }

  private int size() {
    return 1 + parts.stream().mapToInt(SourceExpression::size).sum();
  }

  /** Smaller expressions of the same type, the smallest first. */
  List<SourceExpression> smaller() {
    List<SourceExpression> smaller = new ArrayList<>();
    if (size() > 1) {
      smaller.add(of(type, "((" + type + ")1)"));
    }
    below().filter(part -> part.type().equals(type)).forEach(smaller::add);
    for (int i = 0; i < parts.size(); i++) {
      for (SourceExpression part : parts.get(i).smaller()) {
        List<SourceExpression> changed = new ArrayList<>(parts);
        changed.set(i, part);
        smaller.add(new SourceExpression(type, format, changed));
      }
    }
    return smaller;
  }

  private Stream<SourceExpression> below() {
    return parts.stream().flatMap(part -> Stream.concat(Stream.of(part), part.below()));
  }
}
