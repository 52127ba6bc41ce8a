package dev.heddle.testkit.ptx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed file. */
record ModuleText(String version, String target, List<Variable> variables, List<Kernel> kernels) {

  /**
   * A variable outside registers.
   *
   * @param bytes 0 for an array of unknown size, whose bytes the launch gives
   */
  record Variable(
      String name, Space space, int alignment, long bytes, byte @Nullable [] initial, int line) {}

  /** A kernel parameter, at its offset in the parameter space. */
  record Parameter(String name, PtxType type, int offset, int bytes) {}

  /**
   * An entry point.
   *
   * @param registers how many a thread has
   * @param variables its own and those of the file
   * @param labels the index of the statement that each stands before
   * @param required threads of a block by {@code .reqntid}, or none
   * @param most threads of a block by {@code .maxntid}, or 0
   */
  record Kernel(
      String name,
      int line,
      List<Parameter> parameters,
      int registers,
      List<Variable> variables,
      List<Statement> body,
      Map<String, Integer> labels,
      List<Integer> required,
      int most) {}
}
