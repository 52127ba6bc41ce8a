package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.heddle.conformance.ComputeCase;
import dev.heddle.conformance.ComputeCases;
import dev.heddle.conformance.Outcome;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.RunOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator on every type it takes, on the device, against the reference interpreter. */
class OperatorTest {
  private static final int RANDOM = 2000;

  private static Session session;

  static Stream<ComputeCase> cases() {
    return Stream.of(
            ComputeCases.arithmetic(RANDOM),
            ComputeCases.conversions(RANDOM),
            ComputeCases.atomics(RANDOM))
        .flatMap(List::stream);
  }

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful(), List.of(new OpenClProvider()));
    assumeFalse(session.devices().isEmpty(), () -> "no OpenCL device: " + session.notes());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesEveryOperatorAsTheReferenceDoes(ComputeCase rows) {
    Outcome outcome = rows.run(session, RunOptions.DEFAULT.on("opencl:0"), false);
    assertEquals(List.of(), outcome.findings());
    assertEquals(Outcome.Verdict.PASSED, outcome.verdict());
  }
}
