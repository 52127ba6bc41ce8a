package dev.heddle.cli.run;

import dev.heddle.cli.data.Summary;
import java.util.Optional;

/**
 * A buffer after the run.
 *
 * @param width scalars in an element: more than 1 for vectors
 * @param file where it was saved
 */
public record OutputResult(String name, int width, Summary summary, Optional<String> file) {
  /** Type and count as {@code float[1024]}. */
  public String typeText() {
    String vector = width == 1 ? "" : Integer.toString(width);
    return summary.type().text() + vector + "[" + summary.count() / (width == 3 ? 4 : width) + "]";
  }
}
