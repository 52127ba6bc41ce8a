package dev.heddle.testkit.random;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement of OpenCL C, with expressions and blocks in it. All variables are declared before any
 * statement, so that each can be left out.
 *
 * @param format the text, with {@code $0} and so on for the expressions and {@code #0} and so on
 *     for the blocks
 */
public record SourceStatement(
    String format, List<SourceExpression> expressions, List<List<SourceStatement>> blocks) {
  public SourceStatement {
    expressions = List.copyOf(expressions);
    blocks = blocks.stream().map(List::copyOf).toList();
  }

  static SourceStatement of(String format, SourceExpression... expressions) {
    return new SourceStatement(format, List.of(expressions), List.of());
  }

  String text(String indent) {
    String text = format;
    for (int i = 0; i < expressions.size(); i++) {
      text = text.replace("$" + i, expressions.get(i).text());
    }
    text = indent + text.replace("\n", "\n" + indent) + "\n";
    for (int i = 0; i < blocks.size(); i++) {
      text = text.replace("#" + i, "\n" + text(blocks.get(i), indent + "  ") + indent);
    }
    return text;
  }

  static String text(List<SourceStatement> block, String indent) {
    StringBuilder text = new StringBuilder();
    block.forEach(statement -> text.append(statement.text(indent)));
    return text.toString();
  }

  /** Blocks with something left out or made simpler, the boldest cuts first. */
  static List<List<SourceStatement>> smaller(List<SourceStatement> block) {
    List<List<SourceStatement>> smaller = new ArrayList<>();
    for (int length = block.size(); length >= 1; length /= 2) {
      for (int from = 0; from + length <= block.size(); from += length) {
        smaller.add(replaced(block, from, length, List.of()));
      }
    }
    for (int i = 0; i < block.size(); i++) {
      for (List<SourceStatement> inner : block.get(i).blocks()) {
        smaller.add(replaced(block, i, 1, inner));
      }
    }
    for (int i = 0; i < block.size(); i++) {
      for (SourceStatement one : block.get(i).simpler()) {
        smaller.add(replaced(block, i, 1, List.of(one)));
      }
    }
    return smaller;
  }

  private List<SourceStatement> simpler() {
    List<SourceStatement> simpler = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      for (List<SourceStatement> block : smaller(blocks.get(i))) {
        List<List<SourceStatement>> changed = new ArrayList<>(blocks);
        changed.set(i, block);
        simpler.add(new SourceStatement(format, expressions, changed));
      }
    }
    for (int i = 0; i < expressions.size(); i++) {
      for (SourceExpression expression : expressions.get(i).smaller()) {
        List<SourceExpression> changed = new ArrayList<>(expressions);
        changed.set(i, expression);
        simpler.add(new SourceStatement(format, changed, blocks));
      }
    }
    return simpler;
  }

  private static List<SourceStatement> replaced(
      List<SourceStatement> block, int from, int length, List<SourceStatement> by) {
    List<SourceStatement> changed = new ArrayList<>(block.subList(0, from));
    changed.addAll(by);
    changed.addAll(block.subList(from + length, block.size()));
    return changed;
  }
}
