package dev.heddle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.RunOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cases cover the IR's tables, and the CPU device passes them. */
class ComputeCaseTest {
  private static final int RANDOM = 50;

  private static List<ComputeCase> all() {
    List<ComputeCase> cases = new ArrayList<>(ComputeCases.arithmetic(RANDOM));
    cases.addAll(ComputeCases.conversions(RANDOM));
    cases.addAll(ComputeCases.atomics(RANDOM));
    cases.addAll(ComputeCases.functions(RANDOM));
    return cases;
  }

  @Test
  void noRowOfTheTablesIsLeftOut() {
    Set<String> there =
        all().stream()
            .flatMap(rows -> rows.rows().stream())
            .map(row -> row.name().replaceFirst(" to .*|, .*", ""))
            .collect(Collectors.toSet());
    List<String> wanted = new ArrayList<>();
    Arrays.stream(UnaryOp.values()).map(UnaryOp::text).forEach(wanted::add);
    Arrays.stream(BinaryOp.values()).map(BinaryOp::text).forEach(wanted::add);
    Arrays.stream(CompareOp.values()).map(CompareOp::text).forEach(wanted::add);
    Arrays.stream(ConvertOp.values()).map(ConvertOp::text).forEach(wanted::add);
    Arrays.stream(BuiltinOp.values()).map(BuiltinOp::text).forEach(wanted::add);
    Arrays.stream(AtomicOp.values()).map(op -> "atomic " + op.text()).forEach(wanted::add);
    assertEquals(List.of(), wanted.stream().filter(name -> !there.contains(name)).toList());
  }

  @Test
  void theCpuDeviceGivesTheReferencesBits() {
    try (Session session = Session.open(SessionOptions.DEFAULT.forgetful())) {
      for (ComputeCase rows : all()) {
        Outcome outcome = rows.run(session, RunOptions.DEFAULT.on("cpu"), false);
        assertEquals(Outcome.Verdict.PASSED, outcome.verdict(), () -> rows.name() + outcome);
        assertTrue(outcome.checked() > 0, rows.name());
      }
    }
  }

  @Test
  void aRunOnOneDeviceIsNoSplit() {
    try (Session session = Session.open(SessionOptions.DEFAULT.forgetful())) {
      Outcome outcome =
          ComputeCases.arithmetic(RANDOM).getFirst().run(session, RunOptions.DEFAULT, true);
      assertEquals(Outcome.Verdict.SKIPPED, outcome.verdict());
    }
  }
}
