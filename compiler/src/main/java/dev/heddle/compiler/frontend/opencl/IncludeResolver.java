package dev.heddle.compiler.frontend.opencl;

/** Finds what an {@code #include} names. The caller decides which folders may be read. */
@FunctionalInterface
public interface IncludeResolver {
  /** No include is allowed. */
  IncludeResolver NONE =
      (header, includingFile, angled) -> new Answer.Refused("includes are not available here");

  /**
   * Looks for a header.
   *
   * @param header the text between the quotes or angle brackets
   * @param includingFile name of the source file that contains the directive
   * @param angled whether it was written in angle brackets
   */
  Answer resolve(String header, String includingFile, boolean angled);

  /** What a resolver found. */
  sealed interface Answer {
    /** The header; its name should identify the file, since a file may include itself. */
    record Found(SourceFile file) implements Answer {}

    /**
     * No such header, or not one that may be read.
     *
     * @param reason completes "cannot include 'x': ..."
     */
    record Refused(String reason) implements Answer {}
  }
}
