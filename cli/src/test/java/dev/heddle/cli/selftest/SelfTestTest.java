package dev.heddle.cli.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.cli.selftest.Check.Group;
import dev.heddle.cli.selftest.TargetResult.CheckResult;
import dev.heddle.compiler.ir.Function;
import dev.heddle.conformance.Outcome.Verdict;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.spi.BackendProvider;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The self-test passes on devices that are right and finds those that are not. */
class SelfTestTest {
  private static final List<Check> OPERATORS = of(Group.OPERATORS);

  private static List<Check> of(Group group) {
    return Checks.of(false, Optional.of(Path.of(".."))).stream()
        .filter(check -> check.group() == group)
        .toList();
  }

  private static List<TargetResult> onCpuAnd(UnaryOperator<Function> mistake, List<Check> checks) {
    BackendProvider cpu =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("cpu"))
            .findFirst()
            .orElseThrow();
    try (SelfTest test = SelfTest.on(List.of(cpu, new WrongProvider(mistake)))) {
      return test.run(checks, what -> {});
    }
  }

  private static TargetResult named(List<TargetResult> results, String name) {
    return results.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyGroupHasChecks() {
    EnumSet<Group> groups = EnumSet.noneOf(Group.class);
    Checks.of(false, Optional.of(Path.of(".."))).forEach(check -> groups.add(check.group()));
    assertEquals(EnumSet.allOf(Group.class), groups);
  }

  @Test
  void rightTiersPass() {
    try (SelfTest test = SelfTest.open(DeviceSelector.parse("cpu"))) {
      List<TargetResult> results = test.run(OPERATORS, what -> {});
      assertEquals(
          List.of("cpu:0 vector", "cpu:0 scalar"),
          results.stream().map(TargetResult::name).toList());
      for (TargetResult result : results) {
        assertEquals(List.of(), result.failures());
        assertEquals(OPERATORS.size(), result.count(Verdict.PASSED));
      }
    }
  }

  @Test
  void aWrongOperatorIsNamedWithItsInputsAndBothResults() {
    List<TargetResult> results = onCpuAnd(WrongProvider.replacing("fdiv", "fmul"), OPERATORS);
    assertEquals(List.of(), named(results, "cpu:0 vector").failures());
    List<CheckResult> found = named(results, "wrong:0").failures();
    assertEquals(
        List.of("arithmetic f32", "arithmetic f64"),
        found.stream().map(CheckResult::name).toList());
    String finding = found.getFirst().outcome().findings().getFirst();
    assertTrue(
        finding.matches("fdiv of f32 .*0x.*, .*0x.* gives .*0x.*, the reference says .*0x.*"),
        finding);
    assertFalse(named(results, "cpu:0 + wrong:0").failures().isEmpty());
  }

  @Test
  void everyConfusedOperatorIsFound() {
    for (List<String> pair :
        List.of(
            List.of("fmin", "fmax"),
            List.of("ashr", "lshr"),
            List.of("slt", "sle"),
            List.of("floor", "ftrunc"),
            List.of("umulhi", "smulhi"),
            List.of("urem", "srem"))) {
      List<TargetResult> results =
          onCpuAnd(WrongProvider.replacing(pair.getFirst(), pair.getLast()), OPERATORS);
      List<CheckResult> found = named(results, "wrong:0").failures();
      assertFalse(found.isEmpty(), pair.toString());
      for (CheckResult check : found) {
        String finding = check.outcome().findings().getFirst();
        assertTrue(finding.startsWith(pair.getFirst() + " of "), finding);
      }
    }
  }

  @Test
  void aWrongDeviceFailsInKernelFilesToo() {
    List<Check> library =
        of(Group.LIBRARY).stream().filter(check -> check.name().contains("black_scholes")).toList();
    assertEquals(1, library.size());
    List<TargetResult> results = onCpuAnd(WrongProvider.replacing("fdiv", "fmul"), library);
    assertEquals(1, named(results, "wrong:0").failures().size());
    assertEquals(List.of(), named(results, "cpu:0 vector").failures());
  }

  @Test
  void aDeviceThatDiesFailsAndEndsTheTest() {
    TargetResult dead = named(onCpuAnd(WrongProvider.dying(), OPERATORS), "wrong:0");
    assertEquals(OPERATORS.size(), dead.count(Verdict.FAILED) + dead.count(Verdict.SKIPPED));
    assertTrue(dead.toString().contains("fell off the bus"), dead.toString());
    assertFalse(dead.failures().isEmpty());
  }
}
