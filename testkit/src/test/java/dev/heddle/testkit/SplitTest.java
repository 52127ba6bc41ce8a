package dev.heddle.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.ReferenceCheck;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernels on the real devices of the machine, whole and split at random points: the bits must be
 * those of the reference interpreter.
 */
class SplitTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static Stream<SplitCase> cases() {
    return SplitCases.ALL.stream();
  }

  private static boolean has(String backend) {
    return session.devices().stream().anyMatch(info -> info.backend().equals(backend));
  }

  private static Kernel kernel(SplitCase test) {
    return session
        .compile(
            List.of(new SourceFile(test.name() + ".cl", test.source())), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  private static List<byte[]> run(SplitCase test, Kernel kernel, RunOptions options) {
    try (SplitCase.Bound bound = test.bind(session, kernel);
        ReferenceCheck check = kernel.referenceCheck(test.range(), bound.arguments(), options)) {
      Execution execution = kernel.run(test.range(), bound.arguments(), options);
      ReferenceCheck.Outcome outcome = check.compare();
      if (execution.reproducible()) {
        assertEquals(
            ReferenceCheck.Verdict.EQUAL, outcome.verdict(), () -> options + ": " + outcome);
      } else {
        assertNotEquals(ReferenceCheck.Verdict.DIFFERENT, outcome.verdict(), "a race is no error");
      }
      return execution.reproducible() ? bound.contents() : List.of();
    }
  }

  private static void same(List<byte[]> expected, List<byte[]> found, String what) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), what + ", buffer " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyDeviceGivesTheReferencesBits(SplitCase test) {
    Kernel kernel = kernel(test);
    List<byte[]> expected = run(test, kernel, RunOptions.DEFAULT.on("cpu"));
    for (var info : session.devices()) {
      same(expected, run(test, kernel, RunOptions.DEFAULT.on(info.id())), info.id());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void splitsGiveTheSameBitsOrAreRefused(SplitCase test) {
    assumeTrue(has("opencl"), "no OpenCL device");
    Kernel kernel = kernel(test);
    RunOptions both = RunOptions.DEFAULT.on("cpu,opencl:0");
    if (!test.splittable()) {
      refuses(test, kernel, both);
      return;
    }
    List<byte[]> expected = run(test, kernel, RunOptions.DEFAULT.on("cpu"));
    same(expected, run(test, kernel, both.withSplit(SplitPolicy.EVEN)), "even");
    same(expected, run(test, kernel, both), "auto");
    Random random = new Random(test.name().hashCode());
    for (int trial = 0; trial < 4; trial++) {
      Map<String, Double> shares = new LinkedHashMap<>();
      shares.put("cpu", random.nextDouble());
      shares.put("opencl:0", random.nextDouble());
      SplitPolicy policy = new SplitPolicy.Shares(shares);
      same(expected, run(test, kernel, both.withSplit(policy)), shares.toString());
    }
  }

  private static void refuses(SplitCase test, Kernel kernel, RunOptions both) {
    try (SplitCase.Bound bound = test.bind(session, kernel)) {
      RunOptions byHand = both.withSplit(SplitPolicy.parse("cpu=1,opencl:0=1"));
      RunException refusal =
          assertThrows(
              RunException.class, () -> kernel.run(test.range(), bound.arguments(), byHand));
      assertEquals(RunException.Kind.USAGE, refusal.kind());
      Execution even =
          kernel.run(test.range(), bound.arguments(), both.withSplit(SplitPolicy.EVEN));
      assertEquals(1, even.devices().size());
      assertFalse(even.split().proven());
      assertFalse(even.split().reasons().isEmpty(), "a reason is given");
    }
  }

  @Test
  void aliasedArgumentsAreOneBuffer() {
    SplitCase test =
        SplitCase.of(
            "shifted",
            true,
            NDRange.of(1000),
            """
            __kernel void shifted(__global const int *in, __global int *out) {
              size_t i = get_global_id(0);
              out[i] = in[i + 1];
            }
            """,
            "in",
            1001,
            "out",
            1001);
    Kernel kernel = kernel(test);
    try (SplitCase.Bound bound = test.bind(session, kernel)) {
      var apart = kernel.plan(test.range(), bound.arguments(), RunOptions.DEFAULT);
      assertEquals(true, apart.split().proven());
      bound.arguments().set("out", bound.buffers().getFirst());
      var alias = kernel.plan(test.range(), bound.arguments(), RunOptions.DEFAULT);
      assertEquals(false, alias.split().proven());
    }
  }
}
