package dev.heddle.conformance;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Type;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some rows in one kernel, with their operands. What they must give is computed once, by the
 * reference interpreter. Not for use from several threads at once.
 */
public final class ComputeCase {
  static final int SLOT = Long.BYTES;
  private static final int GROUP = 256;
  private static final int MOST_FINDINGS = 5;
  private static final ValueLayout.OfLong LITTLE_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final Type type;
  private final List<Row> rows;
  private final long[][] operands;
  private final Program program;
  private byte @Nullable [] expected;

  /**
   * @param type of all rows' operands
   * @param random operands beside the special ones
   */
  ComputeCase(String name, Type type, List<Row> rows, int random) {
    this.name = name;
    this.type = type;
    this.rows = List.copyOf(rows);
    this.operands = Operands.of(type, random);
    this.program = new Program(List.of(RowKernel.of(this.rows, type, items())));
  }

  /** What it computes, such as {@code arithmetic f32}. */
  public String name() {
    return name;
  }

  public List<Row> rows() {
    return rows;
  }

  /** Whether a device needs double precision for it. */
  public boolean usesDouble() {
    return type == Type.F64 || rows.stream().anyMatch(row -> row.result() == Type.F64);
  }

  private int items() {
    return operands[0].length;
  }

  /**
   * Runs it and compares.
   *
   * @param split whether a run by one device alone is to count as skipped
   * @throws dev.heddle.compiler.diagnostic.HeddleException if the device fails
   */
  public Outcome run(Session session, RunOptions options, boolean split) {
    Kernel kernel = session.program(program).kernel(program.functions().getFirst().name());
    int items = items();
    try (Buffer input = session.allocate(3L * items * SLOT);
        Buffer output = session.allocate((long) rows.size() * items * SLOT)) {
      fill(input.write());
      Arguments arguments = kernel.arguments().set(0, input).set(1, output);
      Execution execution = kernel.run(NDRange.of(items), arguments, options);
      Optional<String> alone = split ? SplitCheck.ranAlone(execution) : Optional.empty();
      return alone.map(Outcome::skipped).orElseGet(() -> compare(kernel, output.read()));
    }
  }

  private void fill(MemorySegment input) {
    for (int k = 0; k < operands.length; k++) {
      for (int i = 0; i < items(); i++) {
        input.setAtIndex(LITTLE_ENDIAN, (long) k * items() + i, operands[k][i]);
      }
    }
  }

  private Outcome compare(Kernel kernel, MemorySegment output) {
    MemorySegment wanted = MemorySegment.ofArray(expected(kernel));
    long checked = (long) rows.size() * items();
    if (output.mismatch(wanted) < 0) {
      return Outcome.passed(checked);
    }
    List<String> findings = new ArrayList<>();
    long mismatches = 0;
    for (int r = 0; r < rows.size(); r++) {
      boolean first = true;
      for (int i = 0; i < items(); i++) {
        long at = (long) r * items() + i;
        long found = output.getAtIndex(LITTLE_ENDIAN, at);
        long right = wanted.get(LITTLE_ENDIAN, at * SLOT);
        if (found != right) {
          mismatches++;
          if (first && findings.size() < MOST_FINDINGS) {
            findings.add(finding(rows.get(r), i, right, found));
          }
          first = false;
        }
      }
    }
    return Outcome.different(checked, mismatches, findings);
  }

  private String finding(Row row, int item, long right, long found) {
    List<String> inputs = new ArrayList<>();
    for (int k = 0; k < row.operands(); k++) {
      inputs.add(Operands.text(type, operands[k][item]));
    }
    return "%s of %s %s gives %s, the reference says %s"
        .formatted(
            row.name(),
            type.text(),
            String.join(", ", inputs),
            Operands.text(row.result(), Arithmetic.truncate(row.result(), found)),
            Operands.text(row.result(), Arithmetic.truncate(row.result(), right)));
  }

  private byte[] expected(Kernel kernel) {
    byte[] known = expected;
    if (known == null) {
      ArrayMemory input = new ArrayMemory(3 * items() * SLOT);
      fill(MemorySegment.ofArray(input.content()));
      ArrayMemory output = new ArrayMemory(rows.size() * items() * SLOT);
      InterpLaunch launch =
          InterpLaunch.linear(
              items(), GROUP, new InterpLaunch.Buffer(input), new InterpLaunch.Buffer(output));
      Interpreter.run(kernel.function(), launch, InterpOptions.DEFAULT);
      known = output.content();
      expected = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return name;
  }
}
