package dev.heddle.compiler.frontend.opencl;

import java.util.Objects;

/**
 * One source text.
 *
 * @param name as the user gave it; diagnostics and spans show it
 * @param text the whole content
 */
public record SourceFile(String name, String text) {
  public SourceFile {
    Objects.requireNonNull(name);
    Objects.requireNonNull(text);
  }
}
