package dev.heddle.compiler.ir;

import java.io.Serializable;
import java.util.Objects;

/**
 * A place in a source file.
 *
 * @param file name as the user gave it, empty if unknown
 * @param line from 1, 0 if unknown
 * @param column from 1, 0 if unknown
 */
public record Span(String file, int line, int column) implements Serializable {
  /** No known place. */
  public static final Span NONE = new Span("", 0, 0);

  public Span {
    Objects.requireNonNull(file);
  }

  @Override
  public String toString() {
    return this.equals(NONE) ? "?" : file + ":" + line + ":" + column;
  }
}
